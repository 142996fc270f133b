import { createInterface } from 'node:readline/promises'
import { usageError } from './cli-error.ts'

/**
 * Asks a person; without one, his word must have been given on the command line.
 * @throws CliError where nobody can answer.
 */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw usageError('nothing was changed: nobody is here to confirm it; add --yes')
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(?:es)?$/i.test((await asking.question(`${question} [y/N] `)).trim())
  } finally {
    asking.close()
  }
}
