/** Exit codes: done, could not be done, called wrongly. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const

/** What a person reads when a command cannot go on: what was wrong, where, and what to do. No stack without `--debug`. */
export class CliError extends Error {
  readonly code = 'LIFEHARNESS_CLI'
  readonly exitCode: number

  constructor(message: string, options: { exitCode?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.name = 'CliError'
    this.exitCode = options.exitCode ?? EXIT.failed
  }
}

/** Wrong usage: exit code 2. */
export function usageError(message: string): CliError {
  return new CliError(message, { exitCode: EXIT.usage })
}
