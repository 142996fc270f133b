/**
 * A bounded set of the members whose keys hash lowest (a bottom-k sketch). Which members stay depends on the members
 * alone, not on the order they came in or how the work was divided, so samples merge associatively, and the count of
 * every member that stays is exact.
 */
export type Sample<Member> = {
  /** Members that stay; only ever lowered, by `narrow`. */
  limit: number
  /** In the order of their hashes. There are thousands of samples, most of them small: a list takes the least room. */
  members: readonly Kept<Member>[]
  /** How often a member was offered. */
  offered: number
  /** Greatest hash that stayed, once members had to go. */
  ceiling: number
}

export type Kept<Member> = {
  readonly key: string
  readonly hash: number
  count: number
  readonly member: Member
}

export function openSample<Member>(limit: number): Sample<Member> {
  return { limit, members: [], offered: 0, ceiling: Number.POSITIVE_INFINITY }
}

/** Offers a member; `make` is only called when it stays. */
export function offer<Member>(sample: Sample<Member>, key: string, make: () => Member, count = 1): void {
  sample.offered += count
  countOrKeep(sample, key, keyHash(key), make, count)
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
  if (hash <= sample.ceiling) countOrKeep(sample, prefix.text + rest, hash, make, 1)
}

/** Of the key that both parts make. */
export function hashUnder(prefix: KeyPrefix, rest: string): number {
  return finished(mixed(prefix.state, rest))
}

export type KeyPrefix = { readonly text: string; readonly state: number }

export function keyPrefix(text: string): KeyPrefix {
  return { text, state: mixed(OFFSET, text) }
}

/**
 * Counts a member, or keeps it if its hash is low enough; for who has counted the offer and knows the hash. Whether the
 * member was there.
 */
export function countOrKeep<Member>(
  sample: Sample<Member>,
  key: string,
  hash: number,
  make: () => Member,
  count: number,
): boolean {
  if (hash > sample.ceiling) return false
  const { members, limit } = sample
  let at = placeOf(members, hash)
  for (; members[at]?.hash === hash; at++) {
    const one = members[at] as Kept<Member>
    if (one.key === key) {
      one.count += count
      return true
    }
    if (one.key > key) break
  }
  if (at >= limit) sample.ceiling = members[limit - 1]?.hash ?? sample.ceiling
  else {
    sample.members = members.toSpliced(at, 0, { key, hash, count, member: make() })
    trim(sample)
  }
  return false
}

/** The member that was kept under a key. */
export function memberAt<Member>(
  { members }: Sample<Member>,
  key: string,
  hash: number = keyHash(key),
): Kept<Member> | undefined {
  for (let at = placeOf(members, hash); members[at]?.hash === hash; at++)
    if (members[at]?.key === key) return members[at]
  return undefined
}

/** The place of the first member with no lower hash. */
function placeOf(members: readonly Kept<unknown>[], hash: number): number {
  let low = 0
  let high = members.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((members[middle] as Kept<unknown>).hash < hash) low = middle + 1
    else high = middle
  }
  return low
}

/** Keeps no more than `limit` members from now on. */
export function narrow(sample: Sample<unknown>, limit: number): void {
  sample.limit = Math.min(sample.limit, limit)
  trim(sample)
}

function trim(sample: Sample<unknown>): void {
  if (sample.members.length <= sample.limit) return
  sample.members = sample.members.slice(0, sample.limit)
  sample.ceiling = sample.members.at(-1)?.hash ?? sample.ceiling
}

/** A new sample of the members of all, as large as the smallest of them; `limit` is that of a sample of nothing. */
export function mergeSamples<Member>(samples: readonly Sample<Member>[], limit: number): Sample<Member> {
  const merged = openSample<Member>(Math.min(limit, ...samples.map((sample) => sample.limit)))
  const kept: Kept<Member>[] = []
  for (const { offered } of samples) merged.offered += offered
  for (const one of samples.flatMap(({ members }) => members).sort(inOrder)) {
    const last = kept.at(-1)
    if (last && inOrder(last, one) === 0) last.count += one.count
    else kept.push({ ...one })
  }
  merged.members = kept
  trim(merged)
  return merged
}

function inOrder(a: Kept<unknown>, b: Kept<unknown>): number {
  if (a.hash !== b.hash) return a.hash - b.hash
  return a.key === b.key ? 0 : a.key < b.key ? -1 : 1
}

/** The members, in an order that depends on their keys alone. */
export function sampled<Member>(sample: Sample<Member>): Member[] {
  return sample.members.map(({ member }) => member)
}

/** About how many distinct keys were offered; exact while the sample is not full. */
export function distinctKeys({ members, limit, ceiling }: Sample<unknown>): number {
  const { length } = members
  return length < limit ? length : Math.max(length, Math.round((length - 1) / (ceiling || 1)))
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
