import { type CallRepeats, callRepeats } from '../call-repeats.ts'
import { classifyStep } from '../classify.ts'
import { factsOf, type LifeHarnessConfig, type ToolSettings, toolSettings } from '../config.ts'
import type { Classifier, ClassifyContext, Failure } from '../failure.ts'
import { isRefusal } from '../refusal.ts'
import { type SchemaIssue, schemaCheck } from '../schema.ts'
import { type Tool, type ToolContract, type ToolFacts, toolKey } from '../tool.ts'
import type { Step, ToolStep, Trajectory } from '../trajectory.ts'
import { plainlyValid } from './plainly-valid.ts'
import { variantKey } from './variant.ts'

export type JudgeOptions = {
  classifiers: readonly Classifier[]
  config?: LifeHarnessConfig
  /** A classifier that threw. Default: it is passed over in silence. */
  fault?: (where: string, error: unknown) => void
}

/** One tool step of a recording, judged as the runtime would have judged it when it happened. */
export type JudgedStep = {
  step: ToolStep
  /** Index of the step in its episode, model steps counted. */
  index: number
  /** Key of the tool that was executed. */
  key: string
  contract: ToolContract | undefined
  /** Of its contract, see `variantKey`. */
  variant: string
  settings: ToolSettings
  failure: Failure | undefined
  /** It counts as a failure: an expected negative does not. */
  failed: boolean
  /** The tool did what the call asked. Neither an interruption nor an expected negative is proof of that. */
  succeeded: boolean
}

/** Judges recorded episodes; what it learns of a tool's settings it keeps from one episode to the next. */
export function episodeJudge(options: JudgeOptions): (trajectory: Trajectory) => JudgedStep[] {
  const config = options.config ?? {}
  const fault = options.fault ?? (() => {})
  const known = new Map<string, KnownTool>()
  const settle = (tool: Tool, contracts: readonly ToolContract[]): KnownTool => {
    const key = toolKey(tool)
    const contract = contractsOf(contracts).get(key)
    const entry = known.get(key)
    if (entry && entry.contract === contract) return entry
    const settings = toolSettings(config, tool, contract)
    const made = { origin: tool.origin, key, contract, variant: variantKey(contract), settings }
    known.set(key, made)
    return made
  }
  /** By contracts, name and origin: no key is put together and hashed for each of many steps. */
  const settled = new WeakMap<readonly ToolContract[], Map<string, KnownTool[]>>()
  const toolsAmong = (contracts: readonly ToolContract[]) => {
    const tools = settled.get(contracts) ?? new Map<string, KnownTool[]>()
    if (tools.size === 0) settled.set(contracts, tools)
    return (tool: Tool): KnownTool => {
      const named = tools.get(tool.name)
      const found = named?.find(({ origin }) => origin === tool.origin)
      if (found) return found
      const made = settle(tool, contracts)
      if (named) named.push(made)
      else tools.set(tool.name, [made])
      return made
    }
  }
  return (trajectory) => {
    const { contracts } = trajectory
    const known = toolsAmong(contracts)
    const course = new RecordedCourse()
    const judged: JudgedStep[] = []
    const { steps } = trajectory
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index] as Step
      if (step.type !== 'tool') continue
      const { executed, result } = step
      const { key, contract, variant, settings } = known(executed.tool)
      const context = new RecordedContext(step, contract, settings, contracts, course)
      const failure = classifyStep(step, context, options.classifiers, fault)
      course.add(step)
      judged.push({
        step,
        index,
        key,
        contract,
        variant,
        settings,
        failure,
        failed: failure !== undefined && !failure.expectedNegative,
        succeeded: failure === undefined && result.outcome === 'ok',
      })
    }
    return judged
  }
}

type KnownTool = Pick<JudgedStep, 'key' | 'contract' | 'variant' | 'settings'> & Pick<Tool, 'origin'>

const MAX_HISTORY = 16

/** The steps before the one that is judged, shown to classifiers as the runtime would have shown them. */
class RecordedCourse {
  readonly calls: CallRepeats = callRepeats()
  private readonly steps: ToolStep[] = []
  private readonly shown: ToolStep[] = []

  add(step: ToolStep): void {
    this.steps.push(step)
    if (step.result.outcome !== 'interrupted' && !isRefusal(step)) this.calls.add(step.executed, step.result)
  }

  /** Few ask for it, so nothing is made before. The runtime has let go of the host's result objects. */
  history(): readonly ToolStep[] {
    for (let at = this.shown.length; at < this.steps.length; at++) {
      const step = this.steps[at] as ToolStep
      this.shown.push({ ...step, result: { ...step.result, value: undefined } })
    }
    return this.shown.slice(-MAX_HISTORY)
  }
}

/** A class and no object of functions: one is made for each of many steps, and few of its members are asked for. */
class RecordedContext implements ClassifyContext {
  readonly contract: ToolContract | undefined
  readonly facts: ToolFacts
  readonly contracts: readonly ToolContract[]
  private readonly step: ToolStep
  private readonly settings: ToolSettings
  private readonly course: RecordedCourse

  constructor(
    step: ToolStep,
    contract: ToolContract | undefined,
    settings: ToolSettings,
    contracts: readonly ToolContract[],
    course: RecordedCourse,
  ) {
    this.contract = contract
    this.facts = factsOf(settings, step.executed)
    this.contracts = contracts
    this.step = step
    this.settings = settings
    this.course = course
  }

  issues(): readonly SchemaIssue[] {
    const schema = this.contract?.inputSchema
    const { input } = this.step.executed
    return schema && input !== undefined && !plainlyValid(schema, input) ? schemaCheck(schema)(input) : []
  }

  get history(): readonly ToolStep[] {
    return this.course.history()
  }

  repeats(): number {
    return this.course.calls.repeats(this.step.executed) + 1
  }

  succeeded(): boolean | undefined {
    return this.settings.succeeded?.(this.step.result, this.step.executed)
  }

  expected(): boolean {
    return this.settings.expected?.(this.step.result, this.step.executed) ?? false
  }
}

const contractMaps = new WeakMap<readonly ToolContract[], Map<string, ToolContract>>()

function contractsOf(contracts: readonly ToolContract[]): Map<string, ToolContract> {
  const known = contractMaps.get(contracts)
  if (known) return known
  const made = new Map(contracts.map((contract) => [toolKey(contract.tool), contract]))
  contractMaps.set(contracts, made)
  return made
}
