import { ACTION_TYPES, type ActionType, type Applied, type CallPlan } from './action.ts'
import { episodeMemory } from './episode-memory.ts'
import type { Event } from './event.ts'
import type { Failure } from './failure.ts'
import { hasMetaTool, type Unfolded, unfoldCall } from './meta-tool.ts'
import type { HostVerdict } from './proposal-context.ts'
import type { Rescued } from './rescue.ts'
import type { Restraint } from './restraint.ts'
import type { RunOptions, RunResult } from './run.ts'
import type { RuntimeContext } from './runtime.ts'
import type { Snapshot } from './snapshot.ts'
import { contractsHash, type Tool, type ToolContract, toolKey } from './tool.ts'
import type { EpisodeInfo, ModelStep, ToolCall, ToolResult, ToolStep } from './trajectory.ts'

/** Who runs: all of it is optional, and recorded with each event. */
export type EpisodeInit = {
  /** By default drawn at random: one run, one episode. */
  id?: string
  /** The name of the agent, for reports. */
  agent?: string
  /** Its family decides which stages count; without one it is `unknown`. */
  model?: { provider?: string; modelId?: string }
  /** On whose behalf. */
  subject?: string
  /** The tenant. */
  scope?: string
  /** What the host can do; everything by default. */
  actions?: readonly ActionType[]
  /**
   * The host may leave out arguments that the contract does not know instead of refusing the call. Such arguments alone
   * make no call dead. Default false.
   */
  strips?: boolean
}

/** One run of one agent on one task. All decisions are synchronous and in memory; nothing here throws into the host. */
export type Episode = {
  readonly id: string
  readonly info: EpisodeInfo
  /**
   * Contract layer: the tools as the model should see them. The same array comes back when nothing changes. `more`: these
   * are the first pages of a list, and a tool that is missing may be on the next.
   */
  presentTools(contracts: readonly ToolContract[], options?: { more?: boolean }): readonly ToolContract[]
  /**
   * Skill layer: all texts that the model input must hold from now on, in the order in which they came. `request`: the
   * newest text that the model was asked with, where the host can say; without it no skill is looked up.
   */
  context(request?: string): readonly string[]
  /**
   * Trajectory layer where the model ends with an answer: what it must be told instead of ending, for hosts that can go
   * on. Undefined: let it end.
   */
  holdAnswer(): string | undefined
  observeModel(step: Omit<ModelStep, 'type'>): void
  /**
   * Action layer where a call is emitted: only a dead call is edited, so that history and execution agree. `verdict`:
   * what the host's own check says, where it has one; otherwise the contract decides what is dead.
   */
  repairEmitted(call: ToolCall, verdict?: HostVerdict): { call: ToolCall; applied: readonly Applied[] }
  /**
   * Action layer where a model wrote text and emitted no call: the calls that its text holds, where an intervention makes
   * calls of it, with this id and place for the first. Otherwise none; a text that does hold calls is recorded as a
   * failure then. Each call is recorded at its execution with the text that it was made of.
   */
  rescueText(text: string, first: Pick<ToolCall, 'id' | 'turn' | 'index'>): Rescued
  /** Whether a dead call of this tool may come out repaired: a stream of it is to be held until it is whole. */
  mayRepair(tool: Tool): boolean
  /** Whether calls may be made of a text: a stream that may be one is to be held until it is whole. */
  mayRescue(): boolean
  /** Action layer: what to execute instead of, before and after a call. */
  planCall(call: ToolCall): CallPlan
  /** Plans, executes (with retries and inserted calls) and settles one call. Throws control flow of the host only. */
  run(call: ToolCall, execute: (call: ToolCall) => unknown, options?: RunOptions): Promise<RunResult>
  /**
   * Trajectory layer: records a call that was refused or executed out of reach. Where the host can still tell the model
   * more (`tells`, default false), hints are computed.
   */
  observe(call: ToolCall, result: ToolResult, options?: { tells?: boolean }): RunResult
  end(outcome?: { success?: boolean }): void
}

/** What the parts of an episode share. */
export type EpisodeContext = {
  info: EpisodeInfo
  runtime: RuntimeContext
  snapshot: Snapshot
  actions: ReadonlySet<ActionType>
  memory: ReturnType<typeof episodeMemory>
  contract(tool: Tool): ToolContract | undefined
  contracts(): readonly ToolContract[]
  /** All tools that the model may call; empty where not all of them are known. */
  knownTools(): readonly ToolContract[]
  strips: boolean
  /** The inner call of a meta-tool's, and the way back. */
  unfold(call: ToolCall): Unfolded
  restraint: Restraint
  /** Records one tool step. An answer of the layer's own (`isAnswer`) says nothing of the tool. */
  record(step: ToolStep, failure: Failure | undefined, isAnswer?: boolean): void
}

/** Sets of contracts of a process that are not recorded again. */
const RECORDED_CONTRACTS = 10_000

export function createEpisode(init: EpisodeInit & { id: string }, runtime: RuntimeContext): Episode {
  const info: EpisodeInfo = {
    id: init.id,
    family: runtime.modelFamily(init.model?.provider, init.model?.modelId),
    ...(init.agent === undefined ? {} : { agent: init.agent }),
    ...(init.subject === undefined ? {} : { subject: init.subject }),
    ...(init.scope === undefined ? {} : { scope: init.scope }),
  }
  let contracts: readonly ToolContract[] = []
  let known: readonly ToolContract[] = []
  let byKey = new Map<string, ToolContract>()
  const shown = new Set<string>()
  const memory = episodeMemory()

  // An episode in which nothing happened leaves no record: hosts must open one to ask whether something would.
  // Of each type only the last is kept: clients may list their tools for days before they call one.
  let unsaid: Map<Event['type'], () => Event> | undefined = new Map()
  const announce = (type: Event['type'], make: (id: string, at: number) => Event) => {
    const at = runtime.clock.now()
    if (unsaid) unsaid.set(type, () => make(runtime.nextEventId(), at))
    else emit(make)
  }
  const emit = (make: (id: string, at: number) => Event) => {
    if (runtime.off) return
    for (const earlier of unsaid?.values() ?? []) runtime.queue.push(() => runtime.redact(earlier()))
    unsaid = undefined
    const at = runtime.clock.now()
    runtime.queue.push(() => runtime.redact(make(runtime.nextEventId(), at)))
  }

  const context: EpisodeContext = {
    info,
    runtime,
    snapshot: runtime.snapshot(),
    actions: new Set(init.actions ?? ACTION_TYPES),
    memory,
    contract: (tool) => byKey.get(toolKey(tool)),
    contracts: () => contracts,
    knownTools: () => known,
    strips: init.strips === true,
    unfold(call) {
      try {
        return unfoldCall(call, runtime.config)
      } catch (error) {
        runtime.faults.report('metaTools', error)
        return { call, refold: (same) => same }
      }
    },
    restraint: runtime.loaded.restraint(),
    record(step, failure, isAnswer = false) {
      const earlier = guide.unrecorded(step.call.tool)
      const whole = earlier.length > 0 ? { ...step, applied: [...earlier, ...step.applied] } : step
      memory.add(whole, isAnswer)
      const { executed, result } = whole
      if (result.outcome !== 'interrupted' && !isAnswer) {
        if (result.outcome === 'ok' && !failure) context.restraint.succeeded(executed.tool)
        memory.judged(executed.tool, failure?.attribution === 'environment', runtime.clock.monotonic())
      }
      emit((id, at) => toolEvent(id, at, info.id, whole, failure))
    },
  }
  const plans = runtime.loaded.planner(context)
  const guide = runtime.loaded.guide(context, plans)

  announce('episode', (id, at) => ({
    type: 'episode',
    id,
    at,
    episode: info.id,
    family: info.family,
    ...(info.agent === undefined ? {} : { agent: info.agent }),
    ...(info.subject === undefined ? {} : { subject: info.subject }),
    ...(info.scope === undefined ? {} : { scope: info.scope }),
    ...(ACTION_TYPES.every((action) => context.actions.has(action)) ? {} : { actions: [...context.actions] }),
  }))

  return {
    id: info.id,
    info,
    presentTools(presented, { more = false } = {}) {
      if (presented !== contracts) {
        try {
          byKey = new Map(presented.map((contract) => [toolKey(contract.tool), contract]))
          known = more || hasMetaTool(presented, runtime.config) ? [] : presented
        } catch (error) {
          runtime.faults.report('presentTools', error)
          return presented
        }
        contracts = presented
        if (!more)
          announce('contracts', (id, at) => {
            const hash = contractsHash(presented)
            const known = shown.has(hash) || runtime.contractsRecorded.has(hash)
            shown.add(hash)
            // Some hosts describe their tools anew for each user.
            if (runtime.contractsRecorded.size >= RECORDED_CONTRACTS) runtime.contractsRecorded.clear()
            runtime.contractsRecorded.add(hash)
            return {
              type: 'contracts',
              id,
              at,
              episode: info.id,
              hash,
              ...(known ? {} : { contracts: [...presented] }),
            }
          })
      }
      return runtime.off ? presented : guide.present(presented)
    },
    context: (request) => (runtime.off ? [] : guide.context(request)),
    holdAnswer: () => (runtime.off ? undefined : guide.holdAnswer()),
    observeModel(step) {
      emit((id, at) => ({
        type: 'model',
        id,
        at,
        episode: info.id,
        ...(step.finishReason === undefined ? {} : { finishReason: step.finishReason }),
        ...(step.usage === undefined ? {} : { usage: step.usage }),
        ...(step.text === undefined ? {} : { text: step.text }),
      }))
    },
    repairEmitted: plans.repairEmitted,
    rescueText(text, first) {
      if (runtime.off) return { found: false, calls: [], applied: [] }
      try {
        return runtime.loaded.rescueText(context, plans, text, first)
      } catch (error) {
        runtime.faults.report('rescueText', error)
        return { found: false, calls: [], applied: [] }
      }
    },
    mayRepair: (tool) => plans.mayAct(tool, 'replace-call'),
    mayRescue: () => known.some(({ tool }) => plans.mayAct(tool, 'emit-calls')),
    planCall: (call) => plans.planCall(call),
    run: (call, execute, options = {}) => runtime.loaded.runCall({ context, plans }, call, execute, options),
    observe(call, result, { tells = false } = {}) {
      if (runtime.off) return { result, thrown: false, executed: call, notes: [], applied: [] }
      const { call: inner } = context.unfold(call)
      const planned = plans.emitted(inner) ?? { call: inner, applied: [] }
      const engine = tells ? { plans, mayRetry: () => false, writes: () => true } : undefined
      return runtime.loaded.settle(context, planned, inner, result, engine).outcome
    },
    end(outcome) {
      runtime.forget(info.id)
      if (unsaid && outcome === undefined) return
      emit((id, at) => ({
        type: 'end',
        id,
        at,
        episode: info.id,
        ...(outcome?.success === undefined ? {} : { success: outcome.success }),
      }))
    },
  }
}

function toolEvent(
  id: string,
  at: number,
  episode: string,
  step: ToolStep,
  failure: Failure | undefined,
): Event {
  const { call, executed, result, applied, state } = step
  return {
    type: 'tool',
    id,
    at,
    episode,
    call,
    ...(executed === call ? {} : { executed }),
    outcome: result.outcome,
    view: result.view(),
    ...(result.error ? { error: result.error } : {}),
    ms: result.ms,
    ...(failure ? { failure } : {}),
    applied,
    ...(state === undefined ? {} : { state }),
  }
}
