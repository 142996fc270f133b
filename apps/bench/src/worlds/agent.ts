import { isDeepStrictEqual } from 'node:util'
import type { EnvironmentTool, SolutionCall } from '../../environments/environment.ts'
import type { Habit, Profile, Written } from './habit.ts'
import type { hostOf, Told } from './host.ts'
import { chance, type Key } from './luck.ts'
import { namesCorrection, namesStep } from './reading.ts'

/** One turn of the agent: what it meant, what it wrote, and what came of it. */
export type Turn = { meant: SolutionCall; written: Written; habit: string | undefined; told: Told }

export type Work = {
  profile: Profile
  plan: readonly SolutionCall[]
  tools: readonly EnvironmentTool[]
  host: Pick<ReturnType<typeof hostOf>, 'run'>
  /** Which episode this is. Luck depends on nothing else, and not on what happened before. */
  keys: readonly Key[]
}

export function isSame(a: SolutionCall, b: SolutionCall): boolean {
  return a.tool === b.tool && isDeepStrictEqual(a.input, b.input)
}

type Mistake = { habit: Habit; written: Written }

/**
 * Works through a plan with the habits of a profile. The agent is never told what it got wrong: after a failed call it
 * reads what came back, and is corrected with the probabilities of its profile. What was corrected once stays so.
 */
export async function work({ profile, plan, tools, host, keys }: Work): Promise<Turn[]> {
  const { inclinations, rates } = profile
  const turns: Turn[] = []
  const cured = new Set<string>()
  const leftOut: SolutionCall[] = []
  let failures = 0
  let over = false
  const hasHabit = (habit: Habit, probability: number, tool: string) =>
    !cured.has(`${habit.name} ${tool}`) && chance('has', habit.name, tool, ...keys) < probability

  function leavesOut({ role, tool }: SolutionCall): boolean {
    return inclinations.some(
      ({ habit, probability }) =>
        'skips' in habit && habit.skips === role && hasHabit(habit, probability, tool),
    )
  }

  function mistakeIn(meant: SolutionCall): Mistake | undefined {
    const contract = tools.find(({ name }) => name === meant.tool)
    for (const { habit, probability } of inclinations) {
      if (!('write' in habit) || !hasHabit(habit, probability, meant.tool)) continue
      const written = habit.write(meant, {
        contract,
        chance: (...own) => chance('write', habit.name, meant.tool, ...own, ...keys),
      })
      if (written) return { habit, written }
    }
    return undefined
  }

  async function perform(meant: SolutionCall, step: string): Promise<void> {
    for (let attempt = 1; attempt <= rates.attempts && !over; attempt++) {
      const mistake = mistakeIn(meant)
      const written = mistake?.written ?? { tool: meant.tool, input: meant.input }
      const told = await host.run(written, turns.length)
      turns.push({ meant, written, habit: mistake?.habit.name, told })
      if (told.noCall) over = true
      if (told.noCall || !told.failed) return
      over = ++failures >= rates.failures
      if (over) return
      const luck = (what: string) => chance(what, step, attempt, ...keys)
      // What the layer has put right is no mistake any more: the failure is about something else.
      const left = told.executed.some((call) => isSame(call, meant)) ? undefined : mistake
      const corrected = correction(meant, left, told, luck)
      if (corrected === 'habit') cured.add(`${(mistake as Mistake).habit.name} ${meant.tool}`)
      else if (corrected) {
        leftOut.splice(leftOut.indexOf(corrected), 1)
        await perform(corrected, `${step} after all`)
      } else if (luck('repeat') >= rates.repeat) return
    }
  }

  /** What it does otherwise now, if anything. */
  function correction(
    meant: SolutionCall,
    mistake: Mistake | undefined,
    { raw, hint }: Extract<Told, { noCall: false }>,
    luck: (what: string) => number,
  ): 'habit' | SolutionCall | undefined {
    const written = mistake?.written ?? { tool: meant.tool, input: meant.input }
    const named = (text: string) =>
      mistake && namesCorrection(text, meant, mistake.written)
        ? ('habit' as const)
        : leftOut.find((step) => namesStep(text, step, written))
    const byHint = named(hint)
    if (byHint && luck('hint') < rates.hint) return byHint
    const byError = named(raw)
    if (byError && luck('error') < rates.error) return byError
    if (luck('blind') >= rates.blind) return undefined
    const thinkable = [...(mistake ? ['habit' as const] : []), ...leftOut.slice(-1)]
    return thinkable[Math.floor(luck('which') * thinkable.length)]
  }

  for (const [index, step] of plan.entries()) {
    if (over) break
    if (step.role !== undefined && leavesOut(step)) {
      if (step.role === 'prerequisite') leftOut.push(step)
    } else await perform(step, String(index))
  }
  return turns
}
