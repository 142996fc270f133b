import { isDeepStrictEqual } from 'node:util'
import type { ActionType, Json, ToolResult } from '@lifeharness/core'
import { toolResult } from '@lifeharness/core'
import type { Environment, SolutionCall } from '../../environments/environment.ts'
import { type VirtualClock, virtualClock } from '../../environments/virtual-clock.ts'
import { isSame, type Turn } from './agent.ts'
import { wrongIdea } from './contract-habits.ts'
import { type Executed, isFailure } from './host.ts'
import type { EpisodeReport } from './run-episode.ts'
import type { World } from './world.ts'

/** What changes, blocks or adds to a call before it has run. */
const BEFORE: ReadonlySet<ActionType> = new Set(['replace-call', 'respond', 'insert-call'])
/** What may make something run that the agent has not written. */
const RUNNING: ReadonlySet<ActionType> = new Set([...BEFORE, 'emit-calls', 'retry'])

export type Wrong = {
  episode: string
  interventions: readonly string[]
  why: 'would have succeeded as it was written' | 'did something else than was meant'
  turn: Turn
}

export type Audit = {
  /** Calls of which the layer made something else, or something more, than the agent wrote. */
  touched: number
  wrong: Wrong[]
}

/** Another instance of an environment, with a clock that nobody else looks at. */
export type Elsewhere = { environment: Environment; clock: VirtualClock }

export function openElsewhere(world: Pick<World, 'open'>): Elsewhere {
  const clock = virtualClock(0)
  return { environment: world.open(clock), clock }
}

/**
 * Looks at each call that was touched, on two counts: would it have succeeded as it was written, and does what ran
 * instead come to the same as what the agent meant. Both are tried elsewhere, at the state and the time of the call.
 */
export async function audit(elsewhere: Elsewhere, report: EpisodeReport): Promise<Audit> {
  const found: Audit = { touched: 0, wrong: [] }
  const before: Executed[] = []
  for (const turn of report.turns) {
    const { written, told } = turn
    if (told.noCall) continue
    const acting = told.applied.filter(({ arm, action }) => arm === 'applied' && RUNNING.has(action))
    if (acting.length > 0) {
      found.touched++
      const place = { ...report, before, at: told.at }
      const changed = acting.some(({ action }) => BEFORE.has(action))
      const add = (why: Wrong['why']) =>
        found.wrong.push({
          ...{ episode: report.id, why, turn },
          interventions: acting.map(({ intervention }) => intervention),
        })
      if (changed && told.runnable && 'input' in written) {
        const result = await resultOf(elsewhere, place, [written])
        if (!isFailure(result)) add('would have succeeded as it was written')
      }
      if (await differs(elsewhere, place, turn)) add('did something else than was meant')
    }
    before.push(...told.executed)
  }
  return found
}

type Place = Pick<EpisodeReport, 'seed' | 'began'> & { before: readonly Executed[]; at: number }

/** Whether what ran in the end succeeded and is not what the agent meant, by what both answer. */
async function differs(
  elsewhere: Elsewhere,
  place: Place,
  { meant, written, habit, told }: Turn,
): Promise<boolean> {
  // Who has the wrong idea gets what was written.
  if (told.noCall || told.failed || habit === wrongIdea.name) return false
  const last = told.executed.at(-1)
  if (!last || isSame(last, meant) || ('input' in written && isSame(last, written))) return false
  const earlier = told.executed.slice(0, -1)
  const [done, wanted] = [
    await resultOf(elsewhere, place, [...earlier, last]),
    await resultOf(elsewhere, place, [...earlier, { ...meant, at: last.at }]),
  ]
  return !isDeepStrictEqual(withoutTime(done.view()), withoutTime(wanted.view()))
}

/** The last result of calls that are made where an episode stood. */
async function resultOf(
  { environment, clock }: Elsewhere,
  { seed, began, before, at }: Place,
  calls: readonly (SolutionCall & { at?: number })[],
): Promise<ToolResult> {
  clock.advance(began - clock.now())
  const { tools } = await environment.reset(seed)
  let result = toolResult('ok', undefined)
  for (const { tool, input, at: when = at } of [...before, ...calls]) {
    clock.advance(Math.max(0, when - clock.now()))
    try {
      result = toolResult('ok', await tools.find(({ name }) => name === tool)?.execute(input))
    } catch (error) {
      result = toolResult('error', error)
    }
  }
  return result
}

/** Programs say how long they took. */
function withoutTime(view: Json): unknown {
  return JSON.parse(JSON.stringify(view ?? null).replace(/\b\d+\.\d+(?= ?s\b)/g, '0'))
}
