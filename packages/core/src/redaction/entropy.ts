/**
 * Random-looking runs that no format names. There is no sharp line between a key and an id, so the rule is narrow:
 * what it misses is still caught by the name of its field, and what it takes is only hidden, never lost, since equal
 * values keep equal tokens. Left alone: UUIDs and all hexadecimal (hashes and object ids; a key in hexadecimal cannot
 * be told from a digest), base64 content, paths, words joined in any case style, and what is introduced as an id.
 */
export function looksRandom(run: string): boolean {
  const { length } = run
  if (length < 32 || length > LONGEST_KEY) return false
  const body = run.replace(/={1,2}$/, '')
  // With a slash it is a path or base64 content, except at the two lengths that cloud providers issue.
  if (/[/=]/.test(body) && !/^(?:[A-Za-z\d+/]{40}|[A-Za-z\d+/]{86}==)$/.test(run)) return false
  if (KNOWN_IDS.test(run)) return false
  if (!/[a-z]/.test(body) || !/[A-Z]/.test(body) || !/\d/.test(body)) return false
  return changesClassOften(body) && entropy(body) >= 4.1
}

/** Files and folders of Google Drive, playlists and channels of YouTube: everyday arguments of tools. */
const KNOWN_IDS = /^(?:1[\w-]{32}|1[\w-]{43}|0[AB][\w-]{17,30}|(?:PL|UU|UC|OL)[\w-]{22,40})$/

/** Keys are shorter; what is longer is content: an image, an archive, a signature block. */
const LONGEST_KEY = 200

/** Bits for each character (Shannon), from the frequencies inside the text itself. */
export function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

/**
 * How often neighbours differ in class (lower, upper, digit, other), not counting a capital before its word. In random
 * base 62 about half of them do; in words joined in any case style a fifth.
 */
function changesClassOften(text: string): boolean {
  let changes = 0
  for (let index = 1; index < text.length; index++) {
    const [here, before] = [
      characterClass(text.charCodeAt(index)),
      characterClass(text.charCodeAt(index - 1)),
    ]
    const isCapitalised =
      before === UPPER && here === LOWER && characterClass(text.charCodeAt(index - 2)) !== UPPER
    if (here !== before && !isCapitalised) changes++
  }
  return changes / (text.length - 1) >= 0.33
}

const LOWER = 0
const UPPER = 1
const DIGIT = 2
const OTHER = 3

function characterClass(code: number): number {
  if (code >= 97 && code <= 122) return LOWER
  if (code >= 65 && code <= 90) return UPPER
  return code >= 48 && code <= 57 ? DIGIT : OTHER
}

/** What may stand before a value that is no secret by its own account: `id: …`, `"sha256": "…`, `base64,…`. */
const INTRODUCED =
  /(?:(?:^|[^A-Za-z])(?:[A-Za-z_-]{0,24}_)?|[a-z])(?:id|ids|ID|Id|IDs|uuid|hash|Hash|sha\d*|digest|etag|checksum|commit|[Cc]ursor|integrity|fingerprint|page[_-]?token|[Pp]ageToken)["'`\\]{0,4}\s{0,2}[:=]?\s{0,2}["'`\\]{0,4}$|base64,$|sha\d{3}[-:]$|[./]$/

/** Whether the text before a run says that it is an id, a digest, a cursor, content or a part of a path. */
export function isIntroducedAsPlain(before: string): boolean {
  return INTRODUCED.test(before)
}

/** The same for the name of the field in which a value stands. */
export function isPlainName(name: string): boolean {
  return isIntroducedAsPlain(`${name}:`)
}
