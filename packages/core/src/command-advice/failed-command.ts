import { failureFacts } from '../failure-facts.ts'
import type { ResultContext } from '../intervention.ts'
import { valuesAt } from '../json.ts'
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
  // A view is cut at its end, where a program that lists all it knows says what was wrong.
  const output = printedIn(result.value) ?? printedIn(result.view()) ?? facts?.message ?? ''
  return { command, output, exitCode: facts?.exitCode }
}

/** What a result holds of what was printed, errors first. */
export function printedIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return undefined
  const { stderr, stdout, output } = value as { stderr?: unknown; stdout?: unknown; output?: unknown }
  const texts = [stderr, stdout, output].filter((text) => typeof text === 'string' && text !== '')
  return texts.length === 0 ? undefined : texts.join('\n')
}
