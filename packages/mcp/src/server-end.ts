import type { Id, Line } from './message.ts'

/** Where a server is: a process to start, or an address. */
export type ServerEnd = {
  /** Rejects with an `HttpRefusal` or the error of the connection where the message is not taken over. */
  send(line: Line): void | Promise<void>
  /** The client has no more to say: the end comes when everything is answered. */
  finish(): void
  /** Resolves when the server is gone, or knows that its client is. */
  close(): Promise<void>
}

export type ServerEvents = {
  /** `relatedTo`: the request in answer to which it came, where the transport tells. */
  line(line: Line, relatedTo?: Id): void
  /** The server is gone, with this exit code; or it could not be started. */
  ended(how: number | Error): void
}

/** A message that was answered by an HTTP status other than success. */
export class HttpRefusal extends Error {
  readonly status: number
  /** Those that say what the client can do about it. */
  readonly headers: Record<string, string>
  readonly body: string
  readonly retryAfterMs?: number
  constructor(status: number, headers: Record<string, string>, body: string) {
    super(`HTTP ${status}${body === '' ? '' : `: ${body}`}`)
    this.name = 'HttpRefusal'
    this.status = status
    this.headers = headers
    this.body = body
    const seconds = Number(headers['retry-after'])
    if (Number.isFinite(seconds)) this.retryAfterMs = seconds * 1_000
  }
}
