import { isDeepStrictEqual } from 'node:util'
import type { Intervention, Json, Kind } from '@lifeharness/core'
import { builtinKinds } from '@lifeharness/core/builtins'
import { conflictsOf } from '@lifeharness/core/learn'
import { type BoundEntry, bindPack, inputFor } from './bind-pack.ts'
import type { Binding, Pack, PackEntry, PackExpectation, PackFixture, SlotBinding } from './pack.ts'
import {
  closeOpened,
  type OpenedLayers,
  otherBinding,
  ownBinding,
  type Tried,
  type TryOptions,
  tryFixture,
} from './try-fixture.ts'

/** Something that a pack says and that is not so. */
export type PackProblem = {
  entry: string
  /** Where in the entry, e.g. `fixtures.leaves[2]`. */
  where: string
  problem: string
}

export type PackVerdict = {
  problems: readonly PackProblem[]
  /** Fixtures that hold, and all of them. */
  fixes: { held: number; all: number }
  leaves: { held: number; all: number }
}

export type VerifyOptions = {
  /** Default: those that come with the library. */
  kinds?: readonly Kind[]
  /** Entries to look at, by name; all by default. */
  only?: readonly string[]
}

/**
 * Proves what a pack says: that the options of each entry are valid, that each fixture comes out as it states when it is
 * played through the runtime, alone, beside the other entries and for a tool whose arguments are called otherwise, that what
 * must stay as it is does so, that risk is stated, and that no two entries make different things of one argument.
 */
export async function verifyPack(pack: Pack, options: VerifyOptions = {}): Promise<PackVerdict> {
  const { kinds = builtinKinds, only } = options
  const problems: PackProblem[] = []
  const counts = { fixes: { held: 0, all: 0 }, leaves: { held: 0, all: 0 } }
  const bound: BoundEntry[] = []
  for (const entry of pack.entries) {
    if (only && !only.includes(entry.name)) continue
    const found = boundAlone(pack, entry, kinds)
    if ('problem' in found) problems.push({ entry: entry.name, ...found })
    else bound.push(found)
  }
  const conflicts = conflictsAmong(bound, kinds)
  const rivals = new Set(conflicts.flatMap(({ pair: [a, b] }) => [`${a} ${b}`, `${b} ${a}`]))
  const opened = new Map<string, OpenedLayers>()
  for (const { entry, intervention } of bound) {
    for (const found of stated(entry, intervention, kinds)) problems.push({ entry: entry.name, ...found })
    for (const role of ['fixes', 'leaves'] as const)
      for (const [index, fixture] of entry.fixtures[role].entries()) {
        counts[role].all++
        const where = `fixtures.${role}[${index}]`
        const alone = await shortcoming(pack, entry, intervention, fixture, { kinds })
        const problem =
          alone ??
          (await shortcomingElsewhere(pack, { entry, intervention }, fixture, {
            all: bound,
            rivals,
            kinds,
            opened,
          }))
        if (problem === undefined) counts[role].held++
        else problems.push({ entry: entry.name, where, problem })
      }
  }
  for (const layers of opened.values()) await closeOpened(layers)
  problems.push(...conflicts.map(({ problem }) => problem))
  return { problems, ...counts }
}

/** Entries that make something else of an argument than an earlier one, and the names of both. */
function conflictsAmong(
  bound: readonly BoundEntry[],
  kinds: readonly Kind[],
): { pair: readonly [string, string]; problem: PackProblem }[] {
  return bound.flatMap(({ entry, intervention }, index) => {
    const earlier = bound.slice(0, index)
    const others = earlier.map((one) => one.intervention)
    return conflictsOf(intervention, others, kinds).map(({ other, argument }) => {
      const rival = nameOf(other, earlier)
      const problem = `${rival} makes something else of ${argument}; two entries must not want the same argument`
      return {
        pair: [entry.name, rival] as const,
        problem: { entry: entry.name, where: 'options', problem },
      }
    })
  })
}

function nameOf(id: string, entries: readonly BoundEntry[]): string {
  return entries.find(({ intervention }) => intervention.id === id)?.entry.name ?? id
}

type Found = Omit<PackProblem, 'entry'>

function boundAlone(pack: Pack, entry: PackEntry, kinds: readonly Kind[]): BoundEntry | Found {
  try {
    const [bound] = bindPack({ ...pack, entries: [entry] }, ownBinding(pack), { kinds })
    return bound ?? { where: 'options', problem: 'it speaks of a slot that the pack does not have' }
  } catch (error) {
    return { where: 'kind', problem: (error as Error).message }
  }
}

/** What can be said without playing anything. */
function stated(entry: PackEntry, { risk, options }: Intervention, kinds: readonly Kind[]): Found[] {
  const { fixes, leaves } = entry.fixtures
  const kind = kinds.find((one) => one.kind === entry.kind)
  const needsPerson = risk === 'effect' || kind?.inserts !== undefined
  const found: Found[] = []
  if (leaves.length < fixes.length)
    found.push({
      where: 'fixtures.leaves',
      problem: `${leaves.length} calls that must stay as they are for ${fixes.length} that are mended; give as many at least`,
    })
  if (needsPerson && entry.approval === undefined)
    found.push({
      where: 'approval',
      problem: 'its risk is effect, which a person must approve; state "approval": "needed"',
    })
  try {
    kind?.compile(options)
  } catch (error) {
    found.push({ where: 'options', problem: (error as Error).message })
  }
  return found
}

type Fixture = PackFixture & { expect?: PackExpectation }

/** The entries of the pack, and what was opened for those that are played together. */
type Neighbourhood = {
  all: readonly BoundEntry[]
  /** Two names of entries that are known to be in conflict. */
  rivals: ReadonlySet<string>
  kinds: readonly Kind[]
  opened: Map<string, OpenedLayers>
}

/**
 * Why a fixture that holds by itself does not with the other entries of the pack, or for a tool whose arguments are called
 * otherwise. What must stay as it is may be mended by another entry, and stays by itself where nothing is said of it.
 */
async function shortcomingElsewhere(
  pack: Pack,
  { entry, intervention }: BoundEntry,
  fixture: Fixture,
  { all, rivals, kinds, opened }: Neighbourhood,
): Promise<string | undefined> {
  if (!fixture.expect) return undefined
  const binding = otherBinding(pack)
  const [other] = bindPack({ ...pack, entries: [entry] }, binding, { kinds })
  // What is told may name the argument; what is done shows that it was found.
  const { executed } = fixture.expect
  const done = { ...fixture, expect: executed ? { executed } : {} }
  const elsewhere = { kinds, binding, opened: layersOf(opened, `${entry.name} elsewhere`) }
  if (other && (await shortcoming(pack, entry, other.intervention, done, elsewhere)) !== undefined)
    return `it holds only for a tool whose arguments are called as in the slot; write ${referencesOf(pack, entry)} where one is meant`
  const others = all.filter(
    (one) =>
      one.entry !== entry && one.entry.slot === entry.slot && !rivals.has(`${entry.name} ${one.entry.name}`),
  )
  if (others.length === 0) return undefined
  const names = [entry, ...others.map((one) => one.entry)].map(({ name }) => name)
  const together = { kinds, beside: others.map((one) => one.intervention) }
  // One layer serves all fixtures; what it remembers of their tool is no fault of an entry, so one of its own confirms it.
  for (const options of [{ ...together, opened: layersOf(opened, names.sort().join(' ')) }, together])
    if ((await shortcoming(pack, entry, intervention, fixture, options)) === undefined) return undefined
  for (const one of others) {
    const problem = await shortcoming(pack, entry, intervention, fixture, {
      kinds,
      beside: [one.intervention],
    })
    if (problem !== undefined) return `beside ${one.entry.name}: ${problem}`
  }
  return 'beside all other entries of the pack it does not hold; leave fewer of them to one argument'
}

function layersOf(opened: Neighbourhood['opened'], key: string): OpenedLayers {
  const known: OpenedLayers = opened.get(key) ?? new Map()
  opened.set(key, known)
  return known
}

function referencesOf({ slots }: Pack, { slot }: PackEntry): string {
  return Object.keys(slots[slot]?.arguments ?? {})
    .map((argument) => `"$${argument}"`)
    .join(' or ')
}

/** Why a fixture does not come out as it says, or undefined. */
async function shortcoming(
  pack: Pack,
  entry: PackEntry,
  intervention: Intervention,
  fixture: Fixture,
  options: TryOptions,
): Promise<string | undefined> {
  const faults: string[] = []
  const fault = (where: string, error: unknown) => faults.push(`${where}: ${(error as Error).message}`)
  const tried = await tryFixture(pack, entry.slot, intervention, fixture, { ...options, fault })
  const { binding = ownBinding(pack) } = options
  if (faults.length > 0) return faults[0]
  if (fixture.expect) return unmet(entry.slot, fixture.expect, tried, binding)
  if (tried.executed.length !== 1 || !isDeepStrictEqual(tried.executed[0]?.input, fixture.input))
    return `it must stay as it is, and ${show(tried.executed)} was executed`
  return tried.acted ? `it must stay as it is, and the model was told ${show(tried.told)}` : undefined
}

function unmet(slot: string, expect: PackExpectation, tried: Tried, binding: Binding): string | undefined {
  const executed = expect.executed?.map((call) => {
    const called = 'slot' in call && call.slot !== undefined ? call.slot : slot
    return { slot: called, input: inputFor(call.input, binding[called] as SlotBinding) }
  })
  if (executed && !isDeepStrictEqual(executed, tried.executed))
    return `expected ${show(executed)} to be executed, and it was ${show(tried.executed)}`
  if (expect.told !== undefined && !tried.told.includes(expect.told))
    return `expected the model to be told ${show(expect.told)}, and it was told ${show(tried.told)}`
  if (expect.result !== undefined && !isDeepStrictEqual(expect.result, tried.result))
    return `expected the result ${show(expect.result)}, and it was ${show(tried.result)}`
  return tried.acted ? undefined : 'it did not act'
}

function show(value: unknown): string {
  const text = JSON.stringify(value as Json) ?? 'nothing'
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}
