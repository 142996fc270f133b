import { failureFacts } from '../failure-facts.ts'
import type { ResultContext } from '../intervention.ts'
import { isJsonObject, type Json, valuesAt } from '../json.ts'
import type { FailedCommand } from './advise.ts'

/** The command of a call that failed, and what it printed on both its outputs, errors first. */
export function failedCommand(
  { call, failure, result }: ResultContext,
  path: string,
): FailedCommand | undefined {
  if (!failure || failure.expectedNegative || result.outcome === 'interrupted') return undefined
  const [command] = valuesAt(call.input, path)
  if (typeof command !== 'string') return undefined
  const facts = failureFacts(result)
  return { command, output: printedBy(result.view(), facts?.message ?? ''), exitCode: facts?.exitCode }
}

function printedBy(view: Json, message: string): string {
  if (!isJsonObject(view)) return typeof view === 'string' ? view : message
  const { stderr, stdout, output } = view
  const texts = [stderr, stdout, output].filter((text) => typeof text === 'string' && text !== '')
  return texts.length === 0 ? message : texts.join('\n')
}
