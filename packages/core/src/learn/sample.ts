/**
 * A bounded set of the members whose keys hash lowest (a bottom-k sketch). Which members stay depends on the members
 * alone, not on the order they came in or how the work was divided, so samples merge associatively, and the count of
 * every member that stays is exact.
 */
export type Sample<Member> = {
  /** Members that stay; only ever lowered, by `narrow`. */
  limit: number
  readonly members: Map<string, { hash: number; count: number; member: Member }>
  /** How often a member was offered. */
  offered: number
  /** Greatest hash that stayed, once members had to go. */
  ceiling: number
}

export function openSample<Member>(limit: number): Sample<Member> {
  return { limit, members: new Map(), offered: 0, ceiling: Number.POSITIVE_INFINITY }
}

/** Offers a member; `make` is only called when it stays. */
export function offer<Member>(sample: Sample<Member>, key: string, make: () => Member, count = 1): void {
  sample.offered += count
  // What recurs need not be hashed anew.
  const known = sample.members.get(key)
  if (known) known.count += count
  else keep(sample, key, keyHash(key), make, count)
}

/** The same with a key in two parts, of which the first recurs: hashed once, and joined only for what stays. */
export function offerUnder<Member>(
  sample: Sample<Member>,
  prefix: KeyPrefix,
  rest: string,
  make: () => Member,
): void {
  sample.offered++
  const hash = hashUnder(prefix, rest)
  // Once a sample is full most offers end here.
  if (hash > sample.ceiling) return
  const key = prefix.text + rest
  const known = sample.members.get(key)
  if (known) known.count++
  else keep(sample, key, hash, make, 1)
}

/** Of the key that both parts make. */
export function hashUnder(prefix: KeyPrefix, rest: string): number {
  return finished(mixed(prefix.state, rest))
}

export type KeyPrefix = { readonly text: string; readonly state: number }

export function keyPrefix(text: string): KeyPrefix {
  return { text, state: mixed(OFFSET, text) }
}

/** Keeps a member that is not there yet, if its hash is low enough: for who has counted the offer and knows the hash. */
export function keep<Member>(
  sample: Sample<Member>,
  key: string,
  hash: number,
  make: () => Member,
  count: number,
): void {
  if (hash > sample.ceiling) return
  sample.members.set(key, { hash, count, member: make() })
  // More room than that, so that sorting is rare; who reads a sample trims it first.
  if (sample.members.size > sample.limit + SPARE + sample.limit / 4) trim(sample)
}

const SPARE = 2

/** Keeps no more than `limit` members from now on. */
export function narrow(sample: Sample<unknown>, limit: number): void {
  sample.limit = Math.min(sample.limit, limit)
  trim(sample)
}

function trim<Member>(sample: Sample<Member>): void {
  if (sample.members.size <= sample.limit) return
  const hashes = new Float64Array(sample.members.size)
  let at = 0
  for (const { hash } of sample.members.values()) hashes[at++] = hash
  hashes.sort()
  const ceiling = hashes[sample.limit - 1]
  // As many of those that share the greatest hash stay as there is room for: nearly always all.
  let room = sample.limit
  for (const hash of hashes) if (ceiling === undefined || hash < ceiling) room--
  const last: string[] = []
  sample.members.forEach(({ hash }, key) => {
    if (ceiling === undefined || hash > ceiling) sample.members.delete(key)
    else if (hash === ceiling) last.push(key)
  })
  if (last.length > room) for (const key of last.sort().slice(room)) sample.members.delete(key)
  sample.ceiling = ceiling ?? Number.POSITIVE_INFINITY
}

/** A new sample of the members of all, as large as the smallest of them; `limit` is that of a sample of nothing. */
export function mergeSamples<Member>(samples: readonly Sample<Member>[], limit: number): Sample<Member> {
  const merged = openSample<Member>(Math.min(limit, ...samples.map((sample) => sample.limit)))
  for (const sample of samples) {
    trim(sample)
    merged.offered += sample.offered
    for (const [key, { hash, count, member }] of sample.members) {
      const known = merged.members.get(key)
      if (known) known.count += count
      else keep(merged, key, hash, () => member, count)
    }
  }
  trim(merged)
  return merged
}

/** The members, in an order that depends on their keys alone. */
export function sampled<Member>(sample: Sample<Member>): Member[] {
  trim(sample)
  return [...sample.members.values()].sort((a, b) => a.hash - b.hash).map(({ member }) => member)
}

/** About how many distinct keys were offered; exact while the sample is not full. */
export function distinctKeys(sample: Sample<unknown>): number {
  trim(sample)
  const { size } = sample.members
  return size < sample.limit ? size : Math.max(size, Math.round((size - 1) / (sample.ceiling || 1)))
}

/** In [0, 1): FNV-1a with an avalanche; quick, not safe against an adversary, whose worst is a poor sample. */
export function keyHash(key: string): number {
  return finished(mixed(OFFSET, key))
}

const OFFSET = 0x811c9dc5

function mixed(state: number, text: string): number {
  let hash = state
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash
}

function finished(state: number): number {
  let hash = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
