import type { Category, Failure, Json, ToolCall, ToolStep, Trajectory } from '@lifeharness/core'
import { toolResult } from '@lifeharness/core'
import { builtinClassifiers } from '@lifeharness/core/builtins'
import { clusterTemplates, episodeJudge, mergeTemplates, mine, templateOf } from '@lifeharness/core/learn'
import type { Labelled } from './collect.ts'

export type Classified = Labelled & {
  category: Category
  found: Category
  signature: string
  text: string
  failure: Failure | undefined
}

/** `call`: the result as the host hands it over, with the arguments. `text`: nothing but what was printed. */
export type Sight = 'call' | 'text'

/** What the runtime makes of each message, one episode each, without a contract of the tool. */
export function classify(labelled: readonly Labelled[], sight: Sight): Classified[] {
  const judge = episodeJudge({
    classifiers: builtinClassifiers,
    fault: (where, error) => {
      throw new Error(where, { cause: error })
    },
  })
  return labelled.map((one) => {
    const [judged] = judge(episodeOf(one, sight))
    const failure = judged?.failure
    return {
      ...one,
      category: one.category as Category,
      // What is no failure has no group either: each such message stands alone.
      found: failure && !failure.expectedNegative ? failure.category : ('none' as Category),
      signature: failure?.signature ?? `none:${Math.random()}`,
      text: textOf(one),
      failure,
    }
  })
}

/** By signature: the template that the slow loop puts it into, after it has seen all these messages. */
export async function learntTemplates(labelled: readonly Labelled[]): Promise<ReadonlyMap<string, string>> {
  const mined = await mine(async function* () {
    for (const one of labelled) yield episodeOf(one, 'call')
  }, {})
  const counted = [...mined.signatures.values()].map(({ signature, template, count }) => ({
    signature,
    text: template,
    count,
  }))
  const state = clusterTemplates(mergeTemplates([], counted))
  return new Map(counted.map(({ signature }) => [signature, templateOf(state, signature)?.id ?? signature]))
}

function episodeOf(one: Labelled, sight: Sight): Trajectory {
  const { tool, input, rawInput } = one
  const call: ToolCall = {
    ...{
      id: 'call-1',
      tool: { origin: 'local', name: tool },
      turn: 0,
      index: 0,
      attempt: 1,
      approved: false,
    },
    ...(sight === 'call' && input !== undefined ? { input } : {}),
    ...(sight === 'call' && rawInput !== undefined ? { rawInput } : {}),
  }
  const message = textOf(one) || 'exited'
  const result = sight === 'call' ? one.result : toolResult('error', message, { error: { message } })
  const step: ToolStep = { type: 'tool', call, executed: call, result, applied: [] }
  return { id: 'episode-1', family: 'bench', contracts: [], steps: [step] }
}

/** What a person would read: the error's message, what was printed, or the body of the answer. */
export function textOf({ result }: Labelled): string {
  if (result.error) return result.error.message
  const { stderr, stdout, body } = result.value as { stderr?: string; stdout?: string; body?: Json }
  if (body !== undefined) return typeof body === 'string' ? body : JSON.stringify(body)
  return `${stderr || stdout || ''}`.trim()
}
