import { type ArgumentPath, isJsonObject, type Json } from '../json.ts'
import { jsonType } from '../schema.ts'
import { looseShape } from '../shape.ts'
import { type Tool, toolKey } from '../tool.ts'
import type { Trajectory } from '../trajectory.ts'
import type { JudgedStep } from './judge.ts'
import type { Mined } from './mine.ts'
import { childPath, rank } from './profile.ts'
import {
  hashUnder,
  type KeyPrefix,
  keyPrefix,
  memberAt,
  offerUnder,
  openSample,
  type Sample,
  sampled,
} from './sample.ts'
import { variantKey } from './variant.ts'

/**
 * A tool has changed and its contract does not show it: calls that had one thing in common, an argument or the form of
 * its value, succeeded until a time, and have been refused ever since, while other calls of the tool succeed.
 */
export type Drift = {
  tool: Tool
  path: ArgumentPath
  /** Loose shape of a text, else the JSON type, of what stood there; absent: whatever stood there. */
  form?: string
  /** Last success and first refusal, in milliseconds since the epoch. */
  acceptedUntil: number
  refusedFrom: number
  /** Episodes on either side that the test rests on; at most those. */
  episodes: Outcomes
  /** Probability that outcomes which do not depend on time fall apart like this. */
  chance: number
}

type Outcomes = { accepted: number; refused: number }

/** What became over time of the calls of one tool that have one thing in common. */
type Look = {
  path: ArgumentPath
  form?: string
  acceptedUntil: number
  refusedFrom: number
  /** Episodes by who ran them under which contract: one whose calls went both ways counts for neither. */
  episodes: Sample<Outcomes>
  /** What the last episode showed so far. */
  last: { episode?: WatchedEpisode; counts: Outcomes | undefined } & Record<keyof Outcomes, boolean>
}

/** What became of the calls of one tool over time. Bounded, and mergeable in any order. */
export type DriftWatch = {
  looks: Map<string, Look>
  /** Greatest rank of a look that stayed, once looks had to go. */
  ceiling: number
  /** The last success of each of the last episodes that had one: those of the latest, and a few more. */
  worked: { at: number; episode: WatchedEpisode }[]
}

/** One episode while it is mined. */
export type WatchedEpisode = {
  /** Family, agent, subject and scope. */
  who: readonly (string | undefined)[]
  /** Users, models and contracts differ: only what changes for one of them is a change of the tool. By contract. */
  groups: Map<string, KeyPrefix>
}

const MAX_WORKED = 16
const MAX_LOOKS = 128
const MAX_GROUPS = 16
/** Things that one call is looked at for, how deep, and how many elements of an array. */
const MAX_PER_CALL = 64
const MAX_DEPTH = 5
const MAX_ELEMENTS = 8
/** Longer forms are those of prose, of which there is one for each text. */
const MAX_FORM = 24

/** Probability of a false drift that is accepted for each tool, shared by all that could be one. */
const LEVEL = 0.001
/** Episodes that must have been accepted before, refused since, and successful with other calls since. */
const LEAST = { accepted: 5, refused: 3, worked: 3 }

export function openWatch(): DriftWatch {
  return { looks: new Map(), ceiling: Number.POSITIVE_INFINITY, worked: [] }
}

export function watchedEpisode({ family, agent, subject, scope }: Trajectory): WatchedEpisode {
  return { who: [family, agent, subject, scope], groups: new Map() }
}

/**
 * Notes one call, in place; those of one episode come one after the other. Only what says its time counts: the order of
 * a file need not be that of its episodes.
 */
export function watchCall(watch: DriftWatch, episode: WatchedEpisode, one: JudgedStep): void {
  const { at, executed } = one.step
  const outcome = one.succeeded ? 'accepted' : isRefused(one) ? 'refused' : undefined
  if (at === undefined || outcome === undefined || executed.input === undefined) return
  if (one.succeeded) noteWorked(watch, episode, at)
  const group = groupOf(episode, one)
  eachLook(executed.input, (key, path, form) => {
    const look = lookAt(watch, key, path, form)
    if (!look) return
    if (outcome === 'accepted') look.acceptedUntil = Math.max(look.acceptedUntil, at)
    else look.refusedFrom = Math.min(look.refusedFrom, at)
    countEpisode(look, episode, group, outcome)
  })
}

function noteWorked(watch: DriftWatch, episode: WatchedEpisode, at: number): void {
  const known = watch.worked.find((one) => one.episode === episode)
  if (known) known.at = Math.max(known.at, at)
  else {
    watch.worked.push({ at, episode })
    // Not at every call: who reads it sorts it first.
    if (watch.worked.length > MAX_WORKED) watch.worked = latest(watch.worked)
  }
}

function countEpisode(look: Look, episode: WatchedEpisode, group: KeyPrefix, outcome: keyof Outcomes): void {
  const { last } = look
  if (last.episode !== episode) {
    last.episode = episode
    last.counts = countsOf(look.episodes, group)
    last.accepted = false
    last.refused = false
  }
  if (last[outcome]) return
  last[outcome] = true
  if (!last.counts) return
  const other = outcome === 'accepted' ? 'refused' : 'accepted'
  if (last[other]) last.counts[other]--
  else last.counts[outcome]++
}

/** The counts of a group, where it is among those that are kept. */
function countsOf(episodes: Sample<Outcomes>, group: KeyPrefix): Outcomes | undefined {
  const hash = hashUnder(group, '')
  const known = memberAt(episodes, group.text, hash)
  if (known) return known.member
  const made = { accepted: 0, refused: 0 }
  offerUnder(episodes, group, '', () => made)
  return hash <= episodes.ceiling ? made : undefined
}

/** What an outage or the state of the world refuses today it may accept tomorrow: only what speaks of the call counts. */
function isRefused({ failed, failure }: JudgedStep): boolean {
  if (!failed || !failure || failure.dead) return false
  return failure.category.startsWith('contract.') || failure.category === 'unknown'
}

function groupOf({ who, groups }: WatchedEpisode, { contract }: JudgedStep): KeyPrefix {
  const variant = variantKey(contract)
  const known = groups.get(variant)
  if (known) return known
  const made = keyPrefix(JSON.stringify([...who, variant]))
  groups.set(variant, made)
  return made
}

/** What a call may have in common with others: each argument that is there, and the form of its value. */
function eachLook(input: Json, note: (key: string, path: ArgumentPath, form?: string) => void): void {
  let left = MAX_PER_CALL
  const below = (value: Json, path: ArgumentPath, depth: number): void => {
    if (Array.isArray(value))
      for (const element of value.slice(0, MAX_ELEMENTS)) visit(element, childPath(path, '*'), depth)
    else if (isJsonObject(value))
      for (const name of Object.keys(value)) visit(value[name] as Json, childPath(path, name), depth)
  }
  const visit = (value: Json, path: ArgumentPath, depth: number): void => {
    if (left-- <= 0) return
    note(path, path)
    const form = typeof value === 'string' ? looseShape(value) : jsonType(value)
    if (form.length <= MAX_FORM) note(`${path} ${form}`, path, form)
    if (depth < MAX_DEPTH) below(value, path, depth + 1)
  }
  below(input, '', 0)
}

function openLook(path: ArgumentPath, form: string | undefined): Look {
  return {
    path,
    ...(form === undefined ? {} : { form }),
    acceptedUntil: Number.NEGATIVE_INFINITY,
    refusedFrom: Number.POSITIVE_INFINITY,
    episodes: openSample<Outcomes>(MAX_GROUPS),
    last: { counts: undefined, accepted: false, refused: false },
  }
}

/** The look, made when there is room: those of the lowest ranks stay, whatever the order they came in. */
function lookAt(watch: DriftWatch, key: string, path: ArgumentPath, form?: string): Look | undefined {
  const known = watch.looks.get(key)
  if (known) return known
  if (watch.ceiling !== Number.POSITIVE_INFINITY && rank(key) > watch.ceiling) return undefined
  watch.looks.set(key, openLook(path, form))
  if (watch.looks.size >= 2 * MAX_LOOKS) trimLooks(watch)
  return watch.looks.get(key)
}

function trimLooks(watch: DriftWatch): void {
  if (watch.looks.size <= MAX_LOOKS) return
  const order = [...watch.looks.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  for (const key of order.slice(MAX_LOOKS)) watch.looks.delete(key)
  watch.ceiling = rank(order[MAX_LOOKS - 1] as string)
}

function latest(worked: DriftWatch['worked']): DriftWatch['worked'] {
  return worked.sort((a, b) => b.at - a.at).slice(0, LEAST.worked)
}

/** What one pass over all episodes would have left, from passes over disjoint ones. */
export function mergeWatches(watches: readonly DriftWatch[]): DriftWatch {
  const merged = openWatch()
  merged.worked = latest(watches.flatMap(({ worked }) => worked))
  merged.ceiling = Math.min(merged.ceiling, ...watches.map(({ ceiling }) => ceiling))
  for (const { looks } of watches)
    for (const [key, look] of looks) {
      const into =
        rank(key) > merged.ceiling ? undefined : (merged.looks.get(key) ?? openLook(look.path, look.form))
      if (!into) continue
      merged.looks.set(key, into)
      into.acceptedUntil = Math.max(into.acceptedUntil, look.acceptedUntil)
      into.refusedFrom = Math.min(into.refusedFrom, look.refusedFrom)
      // Of groups that have to go, none is counted in part: what stays was kept by each.
      for (const { key: group, member } of look.episodes.members) addCounts(into.episodes, group, member)
    }
  trimLooks(merged)
  return merged
}

/** The drifts of all tools, in the order in which they show. */
export function driftsIn({ tools }: Pick<Mined, 'tools'>): Drift[] {
  return [...tools.values()]
    .flatMap(({ tool, watch }) => driftsOf(tool, watch))
    .sort((a, b) => a.refusedFrom - b.refusedFrom || (a.path < b.path ? -1 : 1))
}

function addCounts(episodes: Sample<Outcomes>, group: string, { accepted, refused }: Outcomes): void {
  const counts = countsOf(episodes, keyPrefix(group))
  if (!counts) return
  counts.accepted += accepted
  counts.refused += refused
}

/**
 * The drifts of a tool; of looks that imply each other the plainest. Within each group the order of outcomes is held
 * against all their orders (an exact permutation test, its unit the episode): that a split as clean as this falls at
 * this place by chance has the probability `1 / C(accepted + refused, refused)`, and for all groups the product.
 */
function driftsOf(tool: Tool, watch: DriftWatch): Drift[] {
  const tested = [...watch.looks.values()].filter(
    ({ acceptedUntil, refusedFrom }) => Number.isFinite(acceptedUntil) && Number.isFinite(refusedFrom),
  )
  const found = tested.flatMap((look): Drift[] => {
    const { path, form, acceptedUntil, refusedFrom } = look
    if (acceptedUntil >= refusedFrom) return []
    // A tool of which nothing has succeeded since is down; what else it may want nobody knows.
    if (watch.worked.filter(({ at }) => at > refusedFrom).length < LEAST.worked) return []
    const groups = sampled(look.episodes)
    const sum = (outcome: keyof Outcomes) => groups.reduce((total, group) => total + group[outcome], 0)
    const episodes = { accepted: sum('accepted'), refused: sum('refused') }
    if (episodes.accepted < LEAST.accepted || episodes.refused < LEAST.refused) return []
    const chance = groups.reduce((product, group) => product * chanceOf(group), 1)
    if (chance > LEVEL / tested.length) return []
    return [
      { tool, path, ...(form === undefined ? {} : { form }), acceptedUntil, refusedFrom, episodes, chance },
    ]
  })
  const whole = new Set(found.filter(({ form }) => form === undefined).map(({ path }) => path))
  const isImplied = ({ path, form }: Drift) =>
    (form !== undefined && whole.has(path)) || [...whole].some((other) => path.startsWith(`${other}/`))
  return found.filter((drift) => !isImplied(drift))
}

/** Of one order among all of so many outcomes of either sort. */
function chanceOf({ accepted, refused }: Outcomes): number {
  let chance = 1
  const few = Math.min(accepted, refused)
  for (let index = 1; index <= few && chance > 0; index++)
    chance *= index / (accepted + refused - few + index)
  return chance
}

const NONE: Drift[] = []

/** The drifts that a call was made before, and would fall under today. */
export function driftsAfter(drifts: readonly Drift[], { executed, at }: JudgedStep['step']): Drift[] {
  if (drifts.length === 0 || at === undefined || executed.input === undefined) return NONE
  const key = toolKey(executed.tool)
  const later = drifts.filter(({ tool, refusedFrom }) => at < refusedFrom && toolKey(tool) === key)
  if (later.length === 0) return []
  const looks = new Set<string>()
  eachLook(executed.input, (look) => looks.add(look))
  return later.filter(({ path, form }) => looks.has(form === undefined ? path : `${path} ${form}`))
}
