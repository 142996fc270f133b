import type { Readable, Writable } from 'node:stream'
import { type HttpClients, serveHttp } from './http-clients.ts'
import { readLines, writeLine } from './lines.ts'
import { type ClientEnd, type LinkOptions, openLink } from './link.ts'
import { answeredId, errorFor, isRequest, type Line, readLine } from './message.ts'
import { HttpRefusal } from './server-end.ts'

export type ProxyOptions = LinkOptions & {
  /** Where the client is: at a pair of streams, by default standard input and output; or it comes over HTTP. */
  client?: ClientStreams | HttpClients
  /** Stops the servers and with them the proxy. */
  signal?: AbortSignal
  /** One line for the developer. Default: standard error, since standard output is the protocol. */
  log?(line: string): void
}

type ClientStreams = { input?: Readable; output?: Writable }

/**
 * Stands between MCP clients and a server, over stdio or Streamable HTTP on either side. Everything is passed on as it
 * came; only `tools/call` goes through the layer. Each client session gets a server, or a session of a remote server, of
 * its own. Resolves when both sides are closed and every event is recorded, with the exit code of the server; rejects when
 * the server cannot be started, or the address for clients cannot be had.
 */
export async function runProxy(options: ProxyOptions): Promise<{ exitCode: number }> {
  const { client = {}, signal, lifeHarness } = options
  const log = options.log ?? ((line) => process.stderr.write(`lifeharness: ${line}\n`))
  try {
    if (!('port' in client)) return { exitCode: await serveStreams(client, options) }
    const open = (end: ClientEnd) =>
      openLink(options, {
        ...end,
        ended(how) {
          if (how instanceof Error) log(`the server cannot be started: ${how.message}`)
          end.ended(how)
        },
      })
    await serveHttp(client, open, signal)
    return { exitCode: 0 }
  } finally {
    await lifeHarness.flush().catch((error) => log(`events were not recorded: ${error}`))
  }
}

/** Serves the one client at the other end of the streams. Resolves with the exit code of the server. */
async function serveStreams(
  { input = process.stdin, output = process.stdout }: ClientStreams,
  { signal, ...options }: ProxyOptions,
): Promise<number> {
  // A side that is gone shows itself by its end; writing to it is no error of ours.
  output.on('error', () => {})
  const done = Promise.withResolvers<number>()
  const link = openLink(options, {
    toClient: (line) => writeLine(output, line),
    refused({ message }, error) {
      if (isRequest(message)) writeLine(output, ownAnswer(message.id, error) ?? errorFor(message.id, error))
    },
    ended: (how) => (typeof how === 'number' ? done.resolve(how) : done.reject(how)),
  })
  readLines(input, link.fromClient)
  const stop = () => void link.close()
  input.once('end', link.finish)
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted) stop()
  try {
    return await done.promise
  } finally {
    signal?.removeEventListener('abort', stop)
    input.off('end', link.finish)
    input.removeAllListeners('data')
    input.pause()
  }
}

/** The JSON-RPC answer that a server over HTTP gave beside a status, which streams do not have. */
function ownAnswer(id: string | number, error: unknown): Line | undefined {
  if (!(error instanceof HttpRefusal)) return undefined
  const line = readLine(error.body.replace(/[\r\n]+/g, ' '))
  return answeredId(line.message) === id ? line : undefined
}
