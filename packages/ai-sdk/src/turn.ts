import type { ActionType, Applied, Episode, Json, LifeHarness, ToolCall } from '@lifeharness/core'
import { newResults, placeOf, requestIn } from './conversation.ts'
import {
  type Answer,
  allowsExecution,
  asksWithoutCall,
  type EmittedCall,
  isEmittedCall,
  type Model,
  type Params,
  type Part,
  reasonOf,
  tokenCounts,
  withCalls,
} from './host.ts'
import { type EpisodeId, episodeOf, givenEpisode, type Memory, remember } from './memory.ts'
import {
  actedIn,
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

/** Who runs, where the caller knows it; all optional. */
export type LifeHarnessMiddlewareOptions = {
  /** The caller's id of the run; `providerOptions.lifeharness.episode` of a call goes first. */
  episode?: EpisodeId
  /** The name of the agent, for reports. */
  agent?: string
  /** On whose behalf. */
  subject?: string
  /** The tenant. */
  scope?: string
}

/** What this host can do. An inserted call would go past its approval. */
export const HOST_ACTIONS: readonly ActionType[] = [
  'add-context',
  'emit-calls',
  'replace-call',
  'respond',
  'retry',
  'replace-result',
  'stop',
]

/** An emitted call, and what the host's own check says of it: undefined where it has none. */
export type Noted = { part: EmittedCall; call: ToolCall; accepted: boolean | undefined }

/** One call of the model: which episode it belongs to, what it is shown, and what it emits. */
export type ModelTurn = {
  /** The parameters as the model should see them. */
  present(): Params
  /** The result of a tool that the provider ran. */
  settle(part: Part): void
  /** Whether a dead call of this tool may come out repaired. `callId`: of the call that is about to be emitted. */
  mayRepair(name: string, callId: string): boolean
  /** Whether calls may be made of what the model writes as text in this turn. */
  mayRescue(): boolean
  note(part: EmittedCall): Promise<Noted>
  /** Nothing executes this call: the turn did not end as it should. */
  left(noted: Noted): void
  /** A dead call as the host should see it; the same part where nothing is done. */
  repaired(noted: Noted): Promise<EmittedCall>
  /** The calls that a text of this turn holds, as the host should see them. */
  rescued(text: string): EmittedCall[]
  ended(answer: Omit<Answer, 'content'>): void
}

export function modelTurn(
  lifeHarness: LifeHarness,
  memory: Memory,
  options: LifeHarnessMiddlewareOptions,
  params: Params,
  model: Model,
): ModelTurn {
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
    if (!episode && id !== undefined) episode = opened(id)
    return episode
  }

  function opened(id: string): Episode {
    const { agent, subject, scope } = options
    const own = lifeHarness.episode({
      id,
      model: identity,
      // Tools are chosen at the first model call and then fixed; without the caller's id that call has no episode yet.
      actions: given === undefined ? HOST_ACTIONS : ['replace-tools', ...HOST_ACTIONS],
      ...(agent === undefined ? {} : { agent }),
      ...(subject === undefined ? {} : { subject }),
      ...(scope === undefined ? {} : { scope }),
    })
    presentTools(own)
    return own
  }

  /** The episode of a turn that may turn out to have none; what is only asked of it leaves no trace. */
  let trial: { id: string; episode: Episode } | undefined
  function asked(): { id: string; episode: Episode } {
    const own = open()
    if (own) return { id: `text-${globalThis.crypto.randomUUID()}`, episode: own }
    if (!trial) {
      const id = `text-${globalThis.crypto.randomUUID()}`
      trial = { id, episode: opened(id) }
    }
    return trial
  }

  let shown: { to: Episode; tools: Params['tools'] } | undefined
  function presentTools(own: Episode): Params['tools'] {
    if (shown?.to !== own) shown = { to: own, tools: toolsFor(own) }
    return shown.tools
  }

  function toolsFor(own: Episode): Params['tools'] {
    // What was shown already is no contract of the host's: calls are held against the original.
    if (!params.tools || memory.presented.has(params.tools)) return params.tools
    const contracts = contractsOf(memory, params.tools)
    const presented = own.presentTools(contracts)
    if (presented === contracts) return params.tools
    const byName = new Map(presented.map((contract) => [contract.tool.name, contract]))
    const tools = params.tools.map((tool) => {
      const contract = tool.type === 'function' ? byName.get(tool.name) : undefined
      if (!contract) return tool
      const { description, inputSchema = tool.inputSchema } = contract
      return { ...tool, inputSchema, ...(description === undefined ? {} : { description }) }
    })
    memory.presented.add(tools)
    return tools
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
    const texts = own.context(requestIn(prompt))
    if (texts.length === 0) return
    const placed = memory.placed.get(own.id) ?? remember(memory.placed, own.id, new Set<string>())
    const anchor = newestAnchor(prompt, own.id)
    for (const text of texts) {
      if (anchor === undefined || placed.has(text)) continue
      placed.add(text)
      remember(memory.additions, anchor, [...(memory.additions.get(anchor) ?? []), { text }])
    }
  }

  function toolOf(name: string): ToolCall['tool'] {
    return { origin: originOf(memory, name), name }
  }

  function toolCall(
    callId: string,
    name: string,
    place: { turn: number; index: number },
    input: Pick<ToolCall, 'input' | 'rawInput'>,
  ): ToolCall {
    return { id: callId, tool: toolOf(name), ...place, attempt: 1, approved: false, ...input }
  }

  /** Notes a call, so that its execution and its result find the episode. */
  function record(own: Episode, call: ToolCall): void {
    const toldInPrompt = asksWithoutCall(model)
    remember(memory.calls, call.id, { episode: own.id, model: identity, toldInPrompt, call })
  }

  /** The episode of this turn, once it has made a call: the first one names it. */
  function named(callId: string): Episode {
    id ??= callId
    return open() as Episode
  }

  function settle(part: Part): void {
    const noted = memory.calls.get(part.toolCallId ?? '')
    if (!noted?.call) return
    open()?.observe(noted.call, providerResult(part))
    delete noted.call
  }

  return {
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

    settle,

    mayRepair: (name: string, callId: string) => named(callId).mayRepair(toolOf(name)),

    mayRescue: () => readsText() && asked().episode.mayRescue(),

    async note(part: EmittedCall): Promise<Noted> {
      const own = named(part.toolCallId)
      const place = { turn, index: emittedCalls++ }
      const call = toolCall(part.toolCallId, part.toolName, place, emittedInput(part.input))
      record(own, call)
      if (part.providerExecuted) return { part, call, accepted: true }
      // The host's own check decides what is dead: schemas may accept more than their JSON Schema says.
      const schema = memory.tools.get(part.toolName)?.inputSchema
      const checked = call.input === undefined ? undefined : await validateInput(schema, call.input)
      return { part, call, accepted: checked?.success }
    },

    left({ part, call }: Noted): void {
      if (!part.providerExecuted) unrun.push(call)
    },

    async repaired({ part, call, accepted }: Noted): Promise<EmittedCall> {
      if (accepted) return part
      const own = named(part.toolCallId)
      const { call: repaired, applied } = own.repairEmitted(call, accepted === false ? 'refused' : undefined)
      if (repaired === call || repaired.input === undefined) return part
      // A name may have been put right: its own tool checks then.
      const schema = memory.tools.get(repaired.tool.name)?.inputSchema
      if ((await validateInput(schema, repaired.input))?.success === false) return part
      record(own, repaired)
      const original = { toolName: part.toolName, input: part.input }
      return emittedPart(repaired, reportOf(original, applied), part)
    },

    rescued(text: string): EmittedCall[] {
      if (!readsText() || emittedCalls > 0) return []
      const { id: callId, episode: own } = asked()
      const { calls, applied, found } = own.rescueText(text, { id: callId, turn, index: 0 })
      if (!found) return []
      if (own === trial?.episode) {
        id = trial.id
        episode = own
      }
      emittedCalls += calls.length
      for (const call of calls) record(own, call)
      const report = reportOf({ text }, applied)
      return calls.map((call) => emittedPart(call, report))
    },

    ended({ finishReason, usage, response }: Omit<Answer, 'content'>): void {
      const own = open()
      if (trial && trial.episode !== own) trial.episode.end()
      if (!own) return
      const reason = reasonOf(finishReason)
      own.observeModel({
        provider: model.provider,
        modelId: response?.modelId ?? model.modelId,
        finishReason: reason,
        usage: tokenCounts(usage),
      })
      // Nothing will be executed, and no later prompt tells of it.
      if (!allowsExecution(finishReason)) {
        for (const call of unrun) own.observe(call, refusedResult(reason))
        for (const { id } of unrun) remember(memory.calls, id, { episode: own.id, model: identity })
      }
      // Who names an episode also ends it: only he knows whether it went well, and an episode ends once.
      if (given === undefined && emittedCalls === 0 && reason === 'stop') own.end()
    },
  }

  /** Only what could have been a call can be one written as text. */
  function readsText(): boolean {
    const functions = params.tools?.some(({ type }) => type === 'function') ?? false
    return functions && params.toolChoice?.type !== 'none'
  }
}

function reportOf(original: Json, applied: readonly Applied[]): Json {
  return { original, interventions: actedIn(applied) }
}

function emittedPart(call: ToolCall, lifeharness: Json, part?: EmittedCall): EmittedCall {
  return {
    ...part,
    type: 'tool-call',
    toolCallId: call.id,
    toolName: call.tool.name,
    input: JSON.stringify(call.input),
    providerMetadata: { ...part?.providerMetadata, lifeharness },
  }
}

/** A whole answer as the host should see it; the same one where nothing is done. */
export async function repairedAnswer<Own extends Answer>(turn: ModelTurn, answer: Own): Promise<Own> {
  const executes = allowsExecution(answer.finishReason)
  let content: Part[] = []
  for (const part of answer.content) {
    if (part.type === 'tool-result') turn.settle(part)
    if (!isEmittedCall(part)) {
      content.push(part)
      continue
    }
    const noted = await turn.note(part)
    if (!executes) turn.left(noted)
    content.push(executes ? await turn.repaired(noted) : part)
  }
  let rescued = 0
  if (executes)
    content = content.flatMap((part) => {
      const calls = part.type === 'text' && rescued === 0 ? turn.rescued(part.text ?? '') : []
      rescued += calls.length
      return calls.length > 0 ? calls : [part]
    })
  turn.ended(answer)
  if (content.every((part, index) => part === answer.content[index])) return answer
  return rescued > 0
    ? { ...answer, content, finishReason: withCalls(answer.finishReason) }
    : { ...answer, content }
}
