import type { Json, ToolContract, Trajectory } from '@lifeharness/core'
import { toolResult } from '@lifeharness/core'
import { type Emitted, learn, repairFromContract, type Validated } from '@lifeharness/core/learn'
import type { Answer, Case, System } from './case.ts'
import { fits } from './valid.ts'

function answerWith({ emitted, tools }: Case, learnt: Parameters<typeof repairFromContract>[2]): Answer {
  const repair = repairFromContract(emittedOf(emitted), tools, learnt)
  return repair.type === 'abstain'
    ? undefined
    : repair.calls.map(({ tool, input }) => ({ name: tool.name, input }))
}

function emittedOf(emitted: Case['emitted']): Emitted {
  return emitted
}

/** The contract alone. */
export const cold: System = { name: 'lifeharness, cold', answer: (of) => answerWith(of, []) }

/** The contract, and what the learner made of five episodes of other tasks with the same habit. */
export function warmSystem(): System {
  const known = new Map<string, readonly Validated['intervention'][]>()
  return {
    name: 'lifeharness, warm',
    async prepare(cases) {
      for (const one of cases) {
        const learnt = one.lessons && one.lessons.length > 0 ? await learntFrom(one) : []
        if (learnt.length > 0) known.set(one.id, learnt)
      }
    },
    answer: (of) => answerWith(of, known.get(of.id) ?? []),
  }
}

async function learntFrom({ lessons = [], tools }: Case): Promise<Validated['intervention'][]> {
  const episodes = lessons.map((lesson, at) => episodeOf(lesson, at, tools))
  const { validated } = await learn(async function* () {
    yield* episodes
  })
  return validated.filter(({ passes }) => passes).map(({ intervention }) => intervention)
}

/** One task of another day: calls fail as the host's validator says, and the last one succeeds. */
function episodeOf(
  { attempts, truth }: NonNullable<Case['lessons']>[number],
  at: number,
  tools: readonly ToolContract[],
): Trajectory {
  const tool = { origin: 'local', name: truth.name }
  const step = (
    turn: number,
    call: object,
    result: ReturnType<typeof toolResult>,
  ): Trajectory['steps'][number] => {
    const made = { id: `${at}-${turn}`, turn, index: 0, attempt: 1, approved: false, tool, ...call }
    return { type: 'tool', call: made, executed: made, applied: [], result }
  }
  // Text instead of a call is no call: nothing was executed, and nothing is recorded.
  const calls = attempts.filter((emitted) => 'name' in emitted)
  const failing = calls.map((emitted, turn) => {
    const message = messageFor(emitted, tools)
    const named = { tool: { ...tool, name: emitted.name }, ...written(emitted) }
    return step(turn, named, toolResult('error', message, { error: { message } }))
  })
  const succeeding = step(failing.length, { input: truth.input }, toolResult('ok', { done: true }))
  return {
    id: `lesson-${at}`,
    family: 'unknown',
    subject: `subject-${at}`,
    contracts: tools,
    success: true,
    steps: [...failing, succeeding],
  }
}

function written(emitted: Case['emitted']): { input?: Json; rawInput?: string } {
  if ('text' in emitted) return { rawInput: emitted.text }
  try {
    return { input: JSON.parse(emitted.rawInput) as Json }
  } catch {
    return { rawInput: emitted.rawInput }
  }
}

function messageFor(emitted: Case['emitted'], tools: readonly ToolContract[]): string {
  if ('text' in emitted) return 'no tool was called'
  const contract = tools.find(({ tool }) => tool.name === emitted.name)
  if (!contract) return `Tool not found: ${emitted.name}`
  const { input } = written(emitted)
  if (input === undefined) return 'Invalid JSON in tool arguments'
  return fits(contract.inputSchema, input)
    ? 'The request was rejected: invalid value'
    : 'Input validation error: arguments do not match the schema'
}
