import { createLifeHarness, type Mode } from '@lifeharness/core'
import { createLearner } from '@lifeharness/core/learn'
import { type HttpClients, type ProxyOptions, runProxy } from '@lifeharness/mcp'
import { InvalidArgumentError, Option } from 'commander'
import { CliError, EXIT, usageError } from '../cli-error.ts'
import type { Command } from '../command.ts'
import { loadConfig } from '../config-file.ts'
import { STORE_HELP, STORE_OPTION, withStore } from '../store-file.ts'

type Options = {
  store?: string
  config?: string
  mode: Mode
  origin?: string
  agent?: string
  url?: string
  header?: Record<string, string>
  listen?: Pick<HttpClients, 'port' | 'host'>
  allowHost?: string[]
}

export const mcp: Command = {
  name: 'mcp',
  define: (program, terminal) => {
    program
      .description(
        'Stand between MCP clients and a server: `lifeharness mcp -- npx some-mcp-server`, or `lifeharness mcp --url …`.',
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
      .option('--url <url>', 'the address of a server over Streamable HTTP, instead of one to start')
      .option(
        '--header <name: value>',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what the user is to write.
        'sent to that server with every request; ${NAME} is taken from the environment; may be repeated',
        header,
      )
      .option(
        '--listen <[host:]port>',
        'serve clients over Streamable HTTP there, on 127.0.0.1 by default, instead of over stdio',
        address,
      )
      .option(
        '--allow-host <name...>',
        'names beside localhost by which clients, and the web pages they run in, may call this machine',
      )
      .option('--origin <name>', 'the origin of its tools (default: what the server calls itself)')
      .option('--agent <name>', 'the agent that calls, for the record')
      .option('--config <file>', 'configuration (default: lifeharness.config.ts|js|json here)')
      .option(STORE_OPTION, STORE_HELP)
      .action(async (words: string[], options: Options) => {
        const server = serverOf(words, options)
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
              server,
              signal: stop.signal,
              log,
              ...(options.listen ? { client: clientsAt(options.listen, options.allowHost, log) } : {}),
              ...(options.origin === undefined ? {} : { origin: options.origin }),
              ...(options.agent === undefined ? {} : { episode: { agent: options.agent } }),
            })
            return done.exitCode
          } catch (cause) {
            const { code } = cause as NodeJS.ErrnoException
            if (code === 'ENOENT')
              throw new CliError(`${words[0]} cannot be started: there is no such command`, { cause })
            if (options.listen && (code === 'EADDRINUSE' || code === 'EACCES' || code === 'EADDRNOTAVAIL'))
              throw new CliError(`cannot listen at port ${options.listen.port}: ${code}`, { cause })
            throw cause
          } finally {
            await lifeHarness.flush().catch((error) => log(`events were not recorded: ${error}`))
          }
        })
        // What the server ended with is what the client is to see.
        if (exitCode !== EXIT.ok) process.exitCode = exitCode
      })
  },
}

function serverOf([command, ...args]: string[], { url, header }: Options): ProxyOptions['server'] {
  if ((command === undefined) === (url === undefined))
    throw usageError(
      'name the server to start after `--`, or its address by --url: lifeharness mcp -- npx some-mcp-server',
    )
  if (command !== undefined) return { command, args }
  if (!URL.canParse(url ?? '') || !/^https?:/.test(url ?? ''))
    throw usageError(`${url} is no address of a server over HTTP`)
  return { url: url as string, ...(header ? { headers: header } : {}) }
}

function clientsAt(
  at: Pick<HttpClients, 'port' | 'host'>,
  allowedHosts: string[] = [],
  log: (line: string) => void,
): HttpClients {
  return { ...at, allowedHosts, onListening: (url) => log(`listening at ${url}`) }
}

/** Secrets stay in the environment: an argument is seen by everyone on the machine. */
function header(text: string, earlier: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(text) ?? []
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Write it as `name: value`.')
  const filled = value.replace(/\$\{(\w+)\}/g, (_, variable: string) => {
    const found = process.env[variable]
    if (found === undefined) throw new InvalidArgumentError(`There is no ${variable} in the environment.`)
    return found
  })
  return { ...earlier, [name.toLowerCase()]: filled }
}

function address(text: string): Pick<HttpClients, 'port' | 'host'> {
  const [, host, port] = /^(?:(.+):)?(\d{1,5})$/.exec(text) ?? []
  if (port === undefined || Number(port) > 65_535)
    throw new InvalidArgumentError('Write it as `port` or `host:port`.')
  return { port: Number(port), ...(host === undefined ? {} : { host: host.replace(/^\[(.*)\]$/, '$1') }) }
}
