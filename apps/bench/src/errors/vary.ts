/** What differs from one occurrence of a failure to the next: the same for the same seed. */
export type Vary = {
  /** Counts the occurrences of one template from 0. */
  index: number
  integer(from: number, to: number): number
  pick<T>(list: readonly T[]): T
  word(): string
  /** An identifier as programmers write them: one word, two joined in some way, or with a number. */
  name(): string
  /** `word.ext`, with and without digits, dashes and capitals. */
  file(): string
  /** An absolute path of two to four parts. */
  path(): string
  /** An identifier of a record: with prefix and digits, hexadecimal, or a UUID. */
  id(): string
  /** A few words. */
  phrase(): string
}

const WORDS = (
  'customer budget report invoice notes summary draft backup archive product region account profile ' +
  'payment shipment ticket comment review setting session metric dashboard contract employee salary project ' +
  'schedule meeting photo album playlist recipe garden harbour library museum station airport flight hotel ' +
  'booking passenger luggage weather forecast river mountain forest island village bridge market bakery ' +
  'teacher student lesson exam grade semester doctor patient clinic pharmacy insurance claim policy premium'
).split(' ')
const ENDINGS = ['txt', 'csv', 'json', 'md', 'log', 'xlsx', 'py', 'yaml', 'pdf', 'tar.gz']

export function vary(seed: string, index: number): Vary {
  const next = randomFrom(`${seed} ${index}`)
  const integer = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const pick = <T>(list: readonly T[]): T => list[integer(0, list.length - 1)] as T
  const word = () => pick(WORDS)
  const hex = (length: number) => Array.from({ length }, () => integer(0, 15).toString(16)).join('')
  const capital = (text: string) => text[0]?.toUpperCase() + text.slice(1)
  const name = () =>
    pick([
      () => word(),
      () => `${word()}_${word()}`,
      () => word() + capital(word()),
      () => `${word()}${integer(2, 40)}`,
      () => `${word()}_${integer(1, 99)}`,
    ])()
  const file = () => {
    const base = pick([() => word(), () => `${word()}-${integer(1, 31)}`, name, () => capital(word())])()
    return `${base}.${pick(ENDINGS)}`
  }
  const path = () =>
    `/${pick(['srv', 'data', 'home/ada', 'mnt'])}/${Array.from({ length: integer(0, 1) }, word)
      .map((part) => `${part}/`)
      .join('')}${word()}/${file()}`
  const id = () =>
    pick([
      () => `${word().slice(0, 3).toUpperCase()}-${integer(1_000, 99_999)}`,
      () => `#W${integer(1_000_000, 9_999_999)}`,
      () => `${word()}_${integer(100, 9_999)}`,
      () => hex(24),
      () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    ])()
  const phrase = () => Array.from({ length: integer(2, 5) }, word).join(' ')
  return { index, integer, pick, word, name, file, path, id, phrase }
}

/** Mulberry32, seeded with FNV-1a of a text. */
function randomFrom(seed: string): () => number {
  let state = 0x811c9dc5
  for (let at = 0; at < seed.length; at++) state = Math.imul(state ^ seed.charCodeAt(at), 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
