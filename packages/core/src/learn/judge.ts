import { classifyStep } from '../classify.ts'
import { factsOf, type LifeHarnessConfig, type ToolSettings, toolSettings } from '../config.ts'
import { episodeMemory } from '../episode-memory.ts'
import type { Classifier, Failure } from '../failure.ts'
import { schemaCheck } from '../schema.ts'
import { type Tool, type ToolContract, toolKey } from '../tool.ts'
import type { ToolStep, Trajectory } from '../trajectory.ts'

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
  contract: ToolContract | undefined
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
  const known = new Map<string, { contract: ToolContract | undefined; settings: ToolSettings }>()
  const settingsOf = (tool: Tool, contract: ToolContract | undefined): ToolSettings => {
    const key = toolKey(tool)
    const entry = known.get(key)
    if (entry && entry.contract === contract) return entry.settings
    const settings = toolSettings(config, tool, contract)
    known.set(key, { contract, settings })
    return settings
  }
  return (trajectory) => {
    const contracts = contractsOf(trajectory.contracts)
    const memory = episodeMemory()
    const judged: JudgedStep[] = []
    for (const [index, step] of trajectory.steps.entries()) {
      if (step.type !== 'tool') continue
      const { executed, result } = step
      const contract = contracts.get(toolKey(executed.tool))
      const settings = settingsOf(executed.tool, contract)
      const schema = contract?.inputSchema
      const failure = classifyStep(
        step,
        {
          contract,
          facts: factsOf(settings, executed),
          contracts: trajectory.contracts,
          issues: () => (schema && executed.input !== undefined ? schemaCheck(schema)(executed.input) : []),
          history: memory.history,
          repeats: () => memory.repeats(executed) + 1,
          succeeded: () => settings.succeeded?.(result, executed),
          expected: () => settings.expected?.(result, executed) ?? false,
        },
        options.classifiers,
        fault,
      )
      memory.add(step)
      judged.push({
        step,
        index,
        contract,
        settings,
        failure,
        failed: failure !== undefined && !failure.expectedNegative,
        succeeded: failure === undefined && result.outcome === 'ok',
      })
    }
    return judged
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
