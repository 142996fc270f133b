import { type ArgumentPath, isJsonObject, type Json } from '../json.ts'
import { jsonType } from '../schema.ts'
import { looseShape } from '../shape.ts'
import { type Tool, toolKey } from '../tool.ts'
import type { Trajectory } from '../trajectory.ts'
import type { JudgedStep } from './judge.ts'
import type { Mined } from './mine.ts'
import { childPath } from './profile.ts'
import { keyHash, mergeSamples, offer, openSample, type Sample } from './sample.ts'
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
}

/** What became of the calls of one tool over time. Bounded, and mergeable in any order. */
export type DriftWatch = {
  looks: Map<string, Look>
  /** Greatest rank of a look that stayed, once looks had to go. */
  ceiling: number
  /** When the last episodes had their last success, latest first. */
  worked: number[]
}

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

type Seen = { look: CallLook; accepted?: number; refused?: number }

/**
 * Notes one episode, in place. Only what says its time counts: the order of a file need not be that of its episodes.
 */
export function watchEpisode(
  trajectory: Trajectory,
  judged: readonly JudgedStep[],
  watchOf: (tool: Tool) => DriftWatch,
): void {
  const seen = new Map<DriftWatch, Map<string, Seen>>()
  const worked = new Map<DriftWatch, number>()
  for (const one of judged) {
    const { at, executed } = one.step
    const outcome = one.succeeded ? 'accepted' : isRefused(one) ? 'refused' : undefined
    if (at === undefined || outcome === undefined || executed.input === undefined) continue
    const watch = watchOf(executed.tool)
    if (one.succeeded) worked.set(watch, Math.max(at, worked.get(watch) ?? at))
    const own = seen.get(watch) ?? new Map<string, Seen>()
    seen.set(watch, own)
    const group = groupOf(trajectory, one)
    for (const look of looksIn(executed.input)) {
      const key = `${group}\n${look.key}`
      const known = own.get(key)
      const time = known?.[outcome]
      const moved = time === undefined ? at : outcome === 'accepted' ? Math.max(time, at) : Math.min(time, at)
      if (known) known[outcome] = moved
      else own.set(key, { look, [outcome]: moved })
    }
  }
  for (const [watch, own] of seen)
    for (const [key, one] of own) noteLook(watch, key.slice(0, key.indexOf('\n')), one)
  for (const [watch, at] of worked) watch.worked = latest([...watch.worked, at])
}

/** What an outage or the state of the world refuses today it may accept tomorrow: only what speaks of the call counts. */
function isRefused({ failed, failure }: JudgedStep): boolean {
  if (!failed || !failure || failure.dead) return false
  return failure.category.startsWith('contract.') || failure.category === 'unknown'
}

/** Users, models and contracts differ: only what changes for one of them is a change of the tool. */
function groupOf({ family, agent, subject, scope }: Trajectory, { contract }: JudgedStep): string {
  return JSON.stringify([family, agent, subject, scope, variantKey(contract)])
}

function noteLook(watch: DriftWatch, group: string, { look, accepted, refused }: Seen): void {
  const known = lookAt(watch, look)
  if (!known) return
  known.acceptedUntil = Math.max(known.acceptedUntil, accepted ?? known.acceptedUntil)
  known.refusedFrom = Math.min(known.refusedFrom, refused ?? known.refusedFrom)
  if (accepted !== undefined && refused !== undefined) return
  const outcomes: Outcomes = {
    accepted: accepted === undefined ? 0 : 1,
    refused: refused === undefined ? 0 : 1,
  }
  addOutcomes(known.episodes, group, outcomes)
}

function addOutcomes(episodes: Sample<Outcomes>, group: string, added: Outcomes): void {
  offer(episodes, group, () => ({ accepted: 0, refused: 0 }))
  const member = episodes.members.get(group)?.member
  if (!member) return
  member.accepted += added.accepted
  member.refused += added.refused
}

type CallLook = { key: string; path: ArgumentPath; form?: string }

/** What a call may have in common with others: each argument that is there, and the form of its value. */
function looksIn(input: Json): CallLook[] {
  const looks = new Map<string, CallLook>()
  const collect = (value: Json, path: ArgumentPath, depth: number): void => {
    if (looks.size >= MAX_PER_CALL) return
    const form = typeof value === 'string' ? looseShape(value) : jsonType(value)
    looks.set(path, { key: path, path })
    if (form.length <= MAX_FORM) looks.set(`${path} ${form}`, { key: `${path} ${form}`, path, form })
    if (depth >= MAX_DEPTH) return
    if (Array.isArray(value))
      for (const element of value.slice(0, MAX_ELEMENTS)) collect(element, childPath(path, '*'), depth + 1)
    else if (isJsonObject(value))
      for (const [name, member] of Object.entries(value)) collect(member, childPath(path, name), depth + 1)
  }
  collect(input, '', 0)
  return [...looks.values()]
}

function openLook({ path, form }: Pick<CallLook, 'path' | 'form'>): Look {
  return {
    path,
    ...(form === undefined ? {} : { form }),
    acceptedUntil: Number.NEGATIVE_INFINITY,
    refusedFrom: Number.POSITIVE_INFINITY,
    episodes: openSample<Outcomes>(MAX_GROUPS),
  }
}

/** The look, made when there is room: those of the lowest ranks stay, whatever the order they came in. */
function lookAt(watch: DriftWatch, look: CallLook): Look | undefined {
  const known = watch.looks.get(look.key)
  if (known) return known
  if (rank(look.key) > watch.ceiling) return undefined
  watch.looks.set(look.key, openLook(look))
  if (watch.looks.size >= 2 * MAX_LOOKS) trimLooks(watch)
  return watch.looks.get(look.key)
}

function trimLooks(watch: DriftWatch): void {
  if (watch.looks.size <= MAX_LOOKS) return
  const order = [...watch.looks.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  for (const key of order.slice(MAX_LOOKS)) watch.looks.delete(key)
  watch.ceiling = rank(order[MAX_LOOKS - 1] as string)
}

/** Shallow arguments first: they are the tool's own, deep ones often the data's. */
function rank(key: string): number {
  return key.split('/').length + keyHash(key)
}

function latest(times: readonly number[]): number[] {
  return [...times].sort((a, b) => b - a).slice(0, LEAST.worked)
}

/** What one pass over all episodes would have left, from passes over disjoint ones. */
export function mergeWatches(watches: readonly DriftWatch[]): DriftWatch {
  const merged = openWatch()
  merged.worked = latest(watches.flatMap(({ worked }) => worked))
  merged.ceiling = Math.min(merged.ceiling, ...watches.map(({ ceiling }) => ceiling))
  for (const { looks } of watches)
    for (const [key, look] of looks) {
      const into = rank(key) > merged.ceiling ? undefined : (merged.looks.get(key) ?? openLook(look))
      if (!into) continue
      merged.looks.set(key, into)
      into.acceptedUntil = Math.max(into.acceptedUntil, look.acceptedUntil)
      into.refusedFrom = Math.min(into.refusedFrom, look.refusedFrom)
      // Of groups that have to go, none is counted in part: what stays was kept by each.
      for (const [group, { member }] of mergeSamples([look.episodes], MAX_GROUPS).members)
        addOutcomes(into.episodes, group, member)
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
    if (watch.worked.filter((at) => at > refusedFrom).length < LEAST.worked) return []
    const groups = [...mergeSamples([look.episodes], MAX_GROUPS).members.values()].map(({ member }) => member)
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

/** The drifts that a call was made before, and would fall under today. */
export function driftsAfter(drifts: readonly Drift[], { executed, at }: JudgedStep['step']): Drift[] {
  if (drifts.length === 0 || at === undefined || executed.input === undefined) return []
  const key = toolKey(executed.tool)
  const later = drifts.filter(({ tool, refusedFrom }) => at < refusedFrom && toolKey(tool) === key)
  if (later.length === 0) return []
  const looks = new Set(looksIn(executed.input).map((look) => look.key))
  return later.filter(({ path, form }) => looks.has(form === undefined ? path : `${path} ${form}`))
}
