import type { Action, ActionType } from '../action.ts'
import { anchorHolds } from '../anchor.ts'
import { builtinClassifiers } from '../classifiers/index.ts'
import { factsOf, type LifeHarnessConfig } from '../config.ts'
import { episodeMemory } from '../episode-memory.ts'
import type { Classifier } from '../failure.ts'
import { guardPasses } from '../guard.ts'
import type { Kind } from '../intervention.ts'
import { builtinKinds } from '../interventions/index.ts'
import type { Json } from '../json.ts'
import { isRefusal } from '../refusal.ts'
import { type RegistryEntry, type RegistryState, type StageRecord, stageFor } from '../registry.ts'
import { type Tool, toolKey } from '../tool.ts'
import type { ToolResult, Trajectory } from '../trajectory.ts'
import { describeGuard } from './describe.ts'
import { episodeJudge, type JudgedStep } from './judge.ts'
import { replayable } from './replay.ts'

export type ExplainQuestion = {
  trajectory: Trajectory
  /** Index of the tool step in `trajectory.steps`. */
  step: number
  /** The registry as it stood then, or as it stands now. */
  registry: RegistryState
  config?: LifeHarnessConfig
  /** Default: those that come with the library. */
  kinds?: readonly Kind[]
  classifiers?: readonly Classifier[]
  /** An extension that threw. Default: it is passed over in silence. */
  fault?: (where: string, error: unknown) => void
}

/** What one registered intervention makes of a recorded call. */
export type Asked = {
  entry: RegistryEntry
  /** As it counts for the episode's model family. */
  record: StageRecord
  /** What it proposes, whatever its stage; `after` are arguments, or a result; `tool` is that of the call it makes. */
  action?: { type: ActionType; after?: Json; tool?: Tool }
  /** Why it does not act, in one sentence; absent where it does. */
  because?: string
}

export type ExplainedStep = {
  judged: JudgedStep
  /** Those registered for this tool, in the order of the registry. */
  asked: readonly Asked[]
}

/** A recorded call, judged, with what each intervention registered for its tool makes of it. Pure. */
export function explainStep(question: ExplainQuestion): ExplainedStep {
  const { trajectory, step, registry, config = {}, kinds = builtinKinds, fault = () => {} } = question
  const judge = episodeJudge({ classifiers: question.classifiers ?? builtinClassifiers, config, fault })
  const steps = judge(trajectory)
  const judged = steps.find(({ index }) => index === step)
  if (!judged) throw new RangeError(`step ${step} of the episode ${trajectory.id} is no tool call`)
  const memory = episodeMemory()
  for (const earlier of steps) {
    if (earlier === judged) break
    memory.add(earlier.step, isRefusal(earlier.step))
  }
  const key = toolKey(judged.step.call.tool)
  const concerned = registry.entries.filter(({ intervention }) => toolKey(intervention.tool) === key)
  const asked = concerned.map((entry): Asked => {
    const record = stageFor(entry, trajectory.family)
    const { action, because } = ask(entry, judged, memory, kinds, fault)
    const held = because ?? notActing(entry, record, judged, question)
    return {
      ...{ entry, record },
      ...(action ? { action: told(action, judged.step.result) } : {}),
      ...(held === undefined ? {} : { because: held }),
    }
  })
  return { judged, asked }
}

type Answer = { action?: Action; because?: string }

/** What it proposes, or why nothing; its stage is left out of account. */
function ask(
  { intervention }: RegistryEntry,
  judged: JudgedStep,
  memory: ReturnType<typeof episodeMemory>,
  kinds: readonly Kind[],
  fault: (where: string, error: unknown) => void,
): Answer {
  const { step, contract, settings, failure } = judged
  const { call, result } = step
  const { id, signatures, category, when } = intervention
  const kind = kinds.find((one) => one.kind === intervention.kind)
  if (!kind) return { because: `the kind ${intervention.kind} is not known here` }
  if (!anchorHolds(intervention, contract))
    return { because: 'the part of the contract that it touches is not the one it was validated under' }
  if (kind.phase === 'result') {
    if (!failure) return { because: 'the call did not fail' }
    const answers =
      signatures.length > 0 ? signatures.includes(failure.signature) : failure.category === category
    if (!answers) return { because: `it answers other failures (${category})` }
  }
  if (when && !guardPasses(when, call.input))
    return { because: `its guard does not hold: only where ${describeGuard(when)}` }
  try {
    const action = replayable(intervention, kind).ask({ call, result, contract, settings, failure, memory })
    if (action) return { action }
  } catch (error) {
    fault(`intervention ${id}`, error)
    return { because: `it threw: ${error instanceof Error ? error.message : String(error)}` }
  }
  const { readOnly, idempotent } = factsOf(settings, call)
  if (kind.validation === 'retry' && !readOnly && !idempotent)
    return { because: 'the tool is declared neither read-only nor idempotent, so its calls are not repeated' }
  if (kind.validation === 'edit' && kind.actions.includes('retry') && !readOnly)
    return { because: 'the call is not declared read-only, so it is not corrected and sent again' }
  return { because: NOTHING[kind.validation] }
}

const NOTHING: Readonly<Record<Kind['validation'], string>> = {
  edit: 'it finds nothing to change in these arguments',
  retry: 'it sees no use in calling again',
  hint: 'it has nothing to say to this result',
  block: 'it finds nothing to stop',
}

/** Why what is proposed does not act. */
function notActing(
  { intervention }: RegistryEntry,
  { stage, reason, deadOnly }: StageRecord,
  { step, failure }: JudgedStep,
  { trajectory, registry, config = {} }: ExplainQuestion,
): string | undefined {
  const { category, kind, scope } = intervention
  const { killed, disabled = [] } = registry.settings
  if (killed) return 'the kill switch is on'
  if ([...disabled, ...(config.off?.categories ?? [])].includes(category))
    return `the category ${category} is switched off`
  if (config.off?.kinds?.includes(kind)) return `the kind ${kind} is switched off`
  if (scope !== undefined && scope !== trajectory.scope) return `it belongs to the scope ${scope}`
  if (stage === 'proposed') return `it is only a draft: ${reason}`
  if (stage === 'shadow') return `it is only computed, in shadow: ${reason}`
  if (stage === 'suspended' || stage === 'retired') return `it is ${stage}: ${reason}`
  if (step.call.approved) return 'a person approved the call as it is'
  if (deadOnly && !failure?.dead) return 'it acts on dead calls only, and this one was live'
  return undefined
}

function told(action: Action, result: ToolResult): NonNullable<Asked['action']> {
  const { type } = action
  switch (type) {
    case 'replace-call':
    case 'insert-call':
      return {
        ...{ type, tool: action.call.tool },
        ...(action.call.input === undefined ? {} : { after: action.call.input }),
      }
    case 'respond':
      return { type, after: action.result.view() }
    case 'stop':
      return { type, after: action.reason }
    case 'retry':
      return { type, ...(action.call?.input === undefined ? {} : { after: action.call.input }) }
    case 'replace-result':
      return { type, after: action.edit(result.view()) }
    default:
      return { type }
  }
}
