import type { ActionType, Episode, LifeHarness, ToolCall } from '@lifeharness/core'
import type { LanguageModelMiddleware } from 'ai'
import { newResults, placeOf } from './conversation.ts'
import { type EpisodeId, episodeOf, givenEpisode, type Memory, memoryOf, remember } from './memory.ts'
import {
  contractsOf,
  emittedInput,
  isRefusal,
  originOf,
  type PromptOutput,
  providerResult,
  refusedResult,
  resultInPrompt,
} from './observe.ts'
import { newestAnchor, tellInPrompt } from './tell.ts'
import { validateInput } from './validate.ts'

export type LifeHarnessMiddlewareOptions = {
  /** The caller's id of the run; `providerOptions.lifeharness.episode` of a call goes first. */
  episode?: EpisodeId
  agent?: string
  subject?: string
  scope?: string
}

type GenerateArguments = Parameters<NonNullable<LanguageModelMiddleware['wrapGenerate']>>[0]
type Params = GenerateArguments['params']
type Model = GenerateArguments['model']
type Content = Awaited<ReturnType<GenerateArguments['doGenerate']>>['content'][number]
type EmittedCall = Extract<Content, { type: 'tool-call' }>
type ModelResult = Pick<
  Awaited<ReturnType<GenerateArguments['doGenerate']>>,
  'finishReason' | 'usage' | 'response'
>

/** What this host can do. Inserted calls would go past its approval, and rescued text past its parser. */
export const HOST_ACTIONS: readonly ActionType[] = [
  'add-context',
  'replace-call',
  'respond',
  'retry',
  'replace-result',
  'stop',
]

/** The host executes the calls of a turn that ended in one of these ways only. */
const EXECUTING = new Set(['stop', 'tool-calls'])

/**
 * The half that sits at the model, for `wrapLanguageModel`: shows and tells the model what the life harness has to
 * say, repairs dead calls where they are emitted, and observes the calls that never reach a tool's `execute`. Streams
 * are only observed.
 */
export function lifeHarnessMiddleware(
  lifeHarness: LifeHarness,
  options: LifeHarnessMiddlewareOptions = {},
): LanguageModelMiddleware {
  const memory = memoryOf(lifeHarness)
  const turnOf = (params: Params, model: Model) => modelTurn(lifeHarness, memory, options, params, model)
  return {
    specificationVersion: 'v4',
    async transformParams({ params, model }) {
      try {
        return turnOf(params, model).present()
      } catch (error) {
        lifeHarness.report('ai-sdk transformParams', error)
        return params
      }
    },
    async wrapGenerate({ doGenerate, params, model }) {
      const result = await doGenerate()
      try {
        const turn = turnOf(params, model)
        const content: Content[] = []
        for (const part of result.content) content.push(await turn.emitted(part, result.finishReason.unified))
        turn.ended(result)
        return content.some((part, index) => part !== result.content[index]) ? { ...result, content } : result
      } catch (error) {
        lifeHarness.report('ai-sdk wrapGenerate', error)
        return result
      }
    },
    async wrapStream({ doStream, params, model }) {
      const { stream, ...rest } = await doStream()
      let turn: ReturnType<typeof turnOf> | undefined
      let modelId: string | undefined
      const observe = new TransformStream<StreamPart, StreamPart>({
        transform(part, controller) {
          try {
            turn ??= turnOf(params, model)
            if (part.type === 'tool-call' || part.type === 'tool-result') turn.seen(part)
            if (part.type === 'response-metadata') modelId = part.modelId
            if (part.type === 'finish') turn.ended({ ...part, response: { ...(modelId ? { modelId } : {}) } })
          } catch (error) {
            lifeHarness.report('ai-sdk wrapStream', error)
          }
          controller.enqueue(part)
        },
      })
      return { ...rest, stream: stream.pipeThrough(observe) }
    },
  }
}

type StreamResult = Awaited<ReturnType<GenerateArguments['doStream']>>
type StreamPart = StreamResult['stream'] extends ReadableStream<infer Chunk> ? Chunk : never

/** One call of the model: which episode it belongs to, what it is shown, and what it emits. */
function modelTurn(
  lifeHarness: LifeHarness,
  memory: Memory,
  options: LifeHarnessMiddlewareOptions,
  params: Params,
  model: Model,
) {
  const { prompt } = params
  const said = params.providerOptions?.lifeharness?.episode
  const given = typeof said === 'string' ? said : givenEpisode(options.episode)
  const identity = { provider: model.provider, modelId: model.modelId }
  const { turn } = placeOf(prompt, '')
  let id = given ?? episodeOf(memory, prompt)
  let episode: Episode | undefined
  const unrun: ToolCall[] = []
  let emittedCalls = 0

  function open(): Episode | undefined {
    if (episode || id === undefined) return episode
    const { agent, subject, scope } = options
    episode = lifeHarness.episode({
      id,
      model: identity,
      // Tools are chosen at the first model call and then fixed; without the caller's id that call has no episode yet.
      actions: given === undefined ? HOST_ACTIONS : ['replace-tools', ...HOST_ACTIONS],
      ...(agent === undefined ? {} : { agent }),
      ...(subject === undefined ? {} : { subject }),
      ...(scope === undefined ? {} : { scope }),
    })
    return episode
  }

  function presentTools(own: Episode): Params['tools'] {
    if (!params.tools) return undefined
    const contracts = contractsOf(memory, params.tools)
    const presented = own.presentTools(contracts)
    if (presented === contracts) return params.tools
    const byName = new Map(presented.map((contract) => [contract.tool.name, contract]))
    return params.tools.map((tool) => {
      const contract = tool.type === 'function' ? byName.get(tool.name) : undefined
      if (!contract || tool.type !== 'function') return tool
      const { description, inputSchema = tool.inputSchema } = contract
      return { ...tool, inputSchema, ...(description === undefined ? {} : { description }) } as typeof tool
    })
  }

  /** Results of calls that were refused, denied, or executed by something else than our tools. */
  function observeResults(own: Episode): void {
    for (const { toolCallId = '', toolName = '', output } of newResults(prompt)) {
      const record = memory.calls.get(toolCallId)
      if (record && !record.call) continue
      const said = output as PromptOutput
      const elsewhere = said.type === 'execution-denied' || isRefusal(said) || !memory.tools.has(toolName)
      if (!elsewhere) continue
      const { call: part, ...place } = placeOf(prompt, toolCallId)
      const call =
        record?.call ?? toolCall(toolCallId, toolName, place, { input: part?.input as ToolCall['input'] })
      remember(memory.calls, toolCallId, { episode: own.id, model: identity })
      const { edited, notes } = own.observe(call, resultInPrompt(said), { tells: true })
      const additions = [
        ...(typeof edited === 'string' ? [{ text: edited, replaces: true }] : []),
        ...notes.map((text) => ({ text })),
      ]
      if (additions.length > 0) remember(memory.additions, toolCallId, additions)
    }
  }

  function placeContext(own: Episode): void {
    const texts = own.context()
    if (texts.length === 0) return
    const placed = memory.placed.get(own.id) ?? remember(memory.placed, own.id, new Set<string>())
    const anchor = newestAnchor(prompt, own.id)
    for (const text of texts) {
      if (anchor === undefined || placed.has(text)) continue
      placed.add(text)
      remember(memory.additions, anchor, [...(memory.additions.get(anchor) ?? []), { text }])
    }
  }

  function toolCall(
    callId: string,
    name: string,
    place: { turn: number; index: number },
    input: Pick<ToolCall, 'input' | 'rawInput'>,
  ): ToolCall {
    return {
      id: callId,
      tool: { origin: originOf(memory, name), name },
      ...place,
      attempt: 1,
      approved: false,
      ...input,
    }
  }

  /** Notes a call, so that its execution and its result find the episode. The first call names it. */
  function note(part: EmittedCall): { own: Episode; call: ToolCall } {
    id ??= part.toolCallId
    const first = episode === undefined
    const own = open() as Episode
    if (first) presentTools(own)
    const place = { turn, index: emittedCalls++ }
    const call = toolCall(part.toolCallId, part.toolName, place, emittedInput(part.input))
    remember(memory.calls, part.toolCallId, { episode: own.id, model: identity, call })
    return { own, call }
  }

  function settle(part: { toolCallId: string; result?: unknown; isError?: boolean }): void {
    const record = memory.calls.get(part.toolCallId)
    if (!record?.call) return
    open()?.observe(record.call, providerResult(part))
    delete record.call
  }

  return {
    /** The parameters as the model should see them. */
    present(): Params {
      const own = open()
      if (!own) return params
      const tools = presentTools(own)
      observeResults(own)
      placeContext(own)
      const told = tellInPrompt(prompt, own.id, memory.additions)
      if (tools === params.tools && told === prompt) return params
      return { ...params, prompt: told, ...(tools ? { tools } : {}) }
    },

    /** A part as the host should see it: a dead call that can be repaired is, before the host looks at it. */
    async emitted(part: Content, finishReason: string): Promise<Content> {
      if (part.type === 'tool-result') settle(part)
      if (part.type !== 'tool-call') return part
      const { own, call } = note(part)
      if (part.providerExecuted) return part
      if (!EXECUTING.has(finishReason)) {
        unrun.push(call)
        return part
      }
      const schema = memory.tools.get(part.toolName)?.inputSchema
      // The host's own check decides what is dead: schemas may accept more than their JSON Schema says.
      const checked = call.input === undefined ? undefined : await validateInput(schema, call.input)
      if (checked?.success) return part
      const { call: repaired, applied } = own.repairEmitted(call, checked && 'refused')
      if (repaired === call || repaired.input === undefined) return part
      if ((await validateInput(schema, repaired.input))?.success === false) return part
      remember(memory.calls, part.toolCallId, { episode: own.id, model: identity, call: repaired })
      const original = { toolName: part.toolName, input: part.input }
      const interventions = applied.flatMap(({ arm, intervention }) =>
        arm === 'applied' ? intervention : [],
      )
      return {
        ...part,
        toolName: repaired.tool.name,
        input: JSON.stringify(repaired.input),
        providerMetadata: { ...part.providerMetadata, lifeharness: { original, interventions } },
      }
    },

    /** A part of a stream, which passes as it is. */
    seen(part: Extract<Content, { type: 'tool-call' | 'tool-result' }>): void {
      if (part.type === 'tool-result') {
        settle(part)
        return
      }
      const { call } = note(part)
      if (!part.providerExecuted) unrun.push(call)
    },

    ended({ finishReason, usage, response }: ModelResult): void {
      const own = open()
      if (!own) return
      own.observeModel({
        provider: model.provider,
        modelId: response?.modelId ?? model.modelId,
        finishReason: finishReason.unified,
        usage: tokenCounts(usage),
      })
      // Nothing will be executed, and no later prompt tells of it.
      if (!EXECUTING.has(finishReason.unified)) {
        for (const call of unrun) own.observe(call, refusedResult(finishReason.unified))
        for (const { id } of unrun) remember(memory.calls, id, { episode: own.id, model: identity })
      }
      // Who names an episode also ends it: only he knows whether it went well, and an episode ends once.
      if (given === undefined && emittedCalls === 0 && finishReason.unified === 'stop') own.end()
    },
  }
}

function tokenCounts({ inputTokens, outputTokens }: ModelResult['usage']): {
  inputTokens?: number
  outputTokens?: number
} {
  return {
    ...(inputTokens.total === undefined ? {} : { inputTokens: inputTokens.total }),
    ...(outputTokens.total === undefined ? {} : { outputTokens: outputTokens.total }),
  }
}
