import { isDeepStrictEqual } from 'node:util'
import type { Intervention, Json, Kind } from '@lifeharness/core'
import { builtinKinds } from '@lifeharness/core/builtins'
import { conflictsOf } from '@lifeharness/core/learn'
import { type BoundEntry, bindPack } from './bind-pack.ts'
import type { Pack, PackEntry, PackExpectation, PackFixture } from './pack.ts'
import { ownBinding, type Tried, tryFixture } from './try-fixture.ts'

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
 * played through the runtime, that what must stay as it is does so, that risk is stated, and that no two entries make
 * different things of one argument.
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
  for (const { entry, intervention } of bound) {
    for (const found of stated(entry, intervention, kinds)) problems.push({ entry: entry.name, ...found })
    for (const role of ['fixes', 'leaves'] as const)
      for (const [index, fixture] of entry.fixtures[role].entries()) {
        counts[role].all++
        const problem = await shortcoming(pack, entry, intervention, fixture, kinds)
        if (problem === undefined) counts[role].held++
        else problems.push({ entry: entry.name, where: `fixtures.${role}[${index}]`, problem })
      }
  }
  for (const [index, { entry, intervention }] of bound.entries()) {
    const earlier = bound.slice(0, index)
    for (const { other, argument } of conflictsOf(
      intervention,
      earlier.map((one) => one.intervention),
      kinds,
    ))
      problems.push({
        ...{ entry: entry.name, where: 'options' },
        problem: `${nameOf(other, earlier)} makes something else of ${argument}; two entries must not want the same argument`,
      })
  }
  return { problems, ...counts }
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

/** Why a fixture does not come out as it says, or undefined. */
async function shortcoming(
  pack: Pack,
  entry: PackEntry,
  intervention: Intervention,
  fixture: PackFixture & { expect?: PackExpectation },
  kinds: readonly Kind[],
): Promise<string | undefined> {
  const faults: string[] = []
  const fault = (where: string, error: unknown) => faults.push(`${where}: ${(error as Error).message}`)
  const tried = await tryFixture(pack, entry.slot, intervention, fixture, { kinds, fault })
  if (faults.length > 0) return faults[0]
  if (fixture.expect) return unmet(entry.slot, fixture.expect, tried)
  if (tried.executed.length !== 1 || !isDeepStrictEqual(tried.executed[0]?.input, fixture.input))
    return `it must stay as it is, and ${show(tried.executed)} was executed`
  return tried.acted ? `it must stay as it is, and the model was told ${show(tried.told)}` : undefined
}

function unmet(slot: string, expect: PackExpectation, tried: Tried): string | undefined {
  const executed = expect.executed?.map((call) => ({
    slot: 'slot' in call && call.slot !== undefined ? call.slot : slot,
    input: call.input,
  }))
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
