import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { CliError, EXIT } from './cli-error.ts'
import { commands } from './commands/index.ts'
import { wrap } from './table.ts'
import { openTerminal, type Terminal } from './terminal.ts'

/** Runs the command line and gives back the exit code: 0 done, 1 could not be done, 2 called wrongly. */
export async function run(args: readonly string[]): Promise<number> {
  // Read by `| head`: what nobody reads any more need not be written.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(EXIT.ok)
      throw error
    })
  const terminal = openTerminal()
  const program = programFor(terminal)
  try {
    await program.parseAsync([...args], { from: 'user' })
    // A command may end with a code of its own, like that of a process it stood in for.
    return typeof process.exitCode === 'number' ? process.exitCode : EXIT.ok
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    return tell(error, terminal, program.opts<{ debug?: boolean }>().debug === true)
  }
}

function programFor(terminal: Terminal): Command {
  const program = new Command('lifeharness')
    .description(
      'Learns from the failing tool calls of agents, and mends what it can without making anything worse.',
    )
    .version(version(), '--version')
    .option('--debug', 'errors with their stack')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      outputError: (text, write) =>
        write(`${terminal.paintErr('red', 'lifeharness:')} ${text.replace(/^error: /, '')}`),
    })
  for (const command of commands) {
    const sub = program.command(command.name)
    command.define(sub, terminal)
    // Subcommands do not take these over from their program.
    sub.showHelpAfterError(`(\`lifeharness ${command.name} --help\` says more)`)
  }
  return program
}

function version(): string {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return manifest.version
}

function tell(error: unknown, terminal: Terminal, debug: boolean): number {
  const message = error instanceof Error ? error.message : String(error)
  terminal.err(`${terminal.paintErr('red', 'lifeharness:')} ${wrap(message, terminal.width - 2, '  ')}`)
  if (debug && error instanceof Error) terminal.err(stackOf(error))
  else if (!isExpected(error)) terminal.err('  This should not happen; `--debug` shows where it did.')
  return error instanceof CliError ? error.exitCode : EXIT.failed
}

/** Errors whose message was written for people. */
function isExpected(error: unknown): boolean {
  if (error instanceof CliError) return true
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && code.startsWith('LIFEHARNESS_')
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by: ${stackOf(error.cause)}` : ''
  return `${error.stack ?? error.message}${cause}`
}
