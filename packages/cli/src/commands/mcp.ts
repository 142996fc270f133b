import { createLifeHarness, type Mode } from '@lifeharness/core'
import { createLearner } from '@lifeharness/core/learn'
import { runProxy } from '@lifeharness/mcp'
import { Option } from 'commander'
import { CliError, EXIT, usageError } from '../cli-error.ts'
import type { Command } from '../command.ts'
import { loadConfig } from '../config-file.ts'
import { STORE_HELP, STORE_OPTION, withStore } from '../store-file.ts'

type Options = { store?: string; config?: string; mode: Mode; origin?: string; agent?: string }

export const mcp: Command = {
  name: 'mcp',
  define: (program, terminal) => {
    program
      .description(
        'Stand between an MCP client and a server over stdio: `lifeharness mcp -- npx some-mcp-server`.',
      )
      .argument('[command...]', 'after `--`: the server to start, with its arguments')
      .addOption(
        new Option(
          '--mode <mode>',
          'observe changes nothing, progressive learns and acts by stage, frozen only acts',
        )
          .choices(['observe', 'progressive', 'frozen'])
          .default('observe'),
      )
      .option('--origin <name>', 'the origin of its tools (default: what the server calls itself)')
      .option('--agent <name>', 'the agent that calls, for the record')
      .option('--config <file>', 'configuration (default: lifeharness.config.ts|js|json here)')
      .option(STORE_OPTION, STORE_HELP)
      .action(async (words: string[], options: Options) => {
        const [command, ...args] = words
        if (command === undefined)
          throw usageError('name the server to start after `--`: lifeharness mcp -- npx some-mcp-server')
        const config = await loadConfig(options.config)
        // Standard output is the protocol: everything else goes to standard error.
        const log = (line: string) => terminal.err(`lifeharness: ${line}`)
        const exitCode = await withStore(options.store, 'may-be-new', async (store) => {
          const lifeHarness = await createLifeHarness({
            store,
            mode: options.mode,
            config,
            ...(options.mode === 'progressive' ? { learner: createLearner({ config }) } : {}),
            onFault: ({ where, error }) => log(`fault in ${where}: ${error}`),
          })
          const stop = new AbortController()
          for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
          try {
            const done = await runProxy({
              lifeHarness,
              command,
              args,
              signal: stop.signal,
              log,
              ...(options.origin === undefined ? {} : { origin: options.origin }),
              ...(options.agent === undefined ? {} : { episode: { agent: options.agent } }),
            })
            return done.exitCode
          } catch (cause) {
            if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
            throw new CliError(`${command} cannot be started: there is no such command`, { cause })
          } finally {
            await lifeHarness.flush().catch((error) => log(`events were not recorded: ${error}`))
          }
        })
        // What the server ended with is what the client is to see.
        if (exitCode !== EXIT.ok) process.exitCode = exitCode
      })
  },
}
