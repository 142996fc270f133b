import type { Episode, LifeHarness, RunResult, ToolCall } from '@lifeharness/core'
import { type CallParams, isWritable, ownAnswer, paramsFor, toldResult } from './act.ts'
import { codecFor, isRefusal } from './observe.ts'

export type ToolRun = {
  params: CallParams
  signal: AbortSignal | undefined
  /** Executes a call in the host; throws the host's JSON-RPC errors. */
  execute(params: CallParams, executed: ToolCall): unknown
}

/**
 * Runs one call through the layer.
 * @returns the host's own result with what the layer has to say in it, or an answer that no server gave.
 * @throws the host's JSON-RPC error as it came, where it is not answered as a result.
 */
export async function runTool(
  lifeHarness: LifeHarness,
  episode: Episode,
  emitted: ToolCall,
  { params, signal, execute }: ToolRun,
): Promise<unknown> {
  let ran = false
  const outcome: RunResult = await episode.run(
    emitted,
    (executed) => {
      if (executed.id === emitted.id) ran = true
      return execute(paramsFor(params, emitted, executed), executed)
    },
    { host: codecFor(signal, isWritable), ...(signal ? { signal } : {}) },
  )
  const { value } = outcome.result
  const told = outcome.edited !== undefined || (outcome.notes.length > 0 && isRefusal(value))
  if (!ran || (outcome.thrown && told)) return ownAnswer(emitted, outcome)
  if (outcome.thrown) throw value
  return toldResult(value, emitted, outcome, (error) => lifeHarness.report('mcp tools/call', error))
}
