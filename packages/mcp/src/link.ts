import type { Line } from './message.ts'
import { createRelay, type RelayOptions, type Wire } from './relay.ts'
import { type RemoteServer, remoteServer } from './remote-server.ts'
import { type ServerProcess, startServer } from './server-process.ts'

export type LinkOptions = RelayOptions & {
  /** A server to start, or the address of one. */
  server: ServerProcess | RemoteServer
}

/** What one client's end is told. */
export type ClientEnd = Omit<Wire, 'toServer'> & {
  /** The server is gone, with this exit code; or it could not be started. */
  ended(how: number | Error): void
}

/** A client's connection to a server of its own, through the layer. */
export type Link = {
  fromClient(line: Line): void
  /** The client has no more to say: the link ends when everything is answered. */
  finish(): void
  /** Resolves when the server is gone. */
  close(): Promise<void>
}

export function openLink(options: LinkOptions, { ended, ...client }: ClientEnd): Link {
  const events = {
    line: (line: Line, relatedTo?: string | number) => relay.fromServer(line, relatedTo),
    ended: (how: number | Error) => void relay.close().then(() => ended(how)),
  }
  const server =
    'url' in options.server ? remoteServer(options.server, events) : startServer(options.server, events)
  const relay = createRelay(options, { toServer: server.send, ...client })
  return { fromClient: relay.fromClient, finish: server.finish, close: server.close }
}
