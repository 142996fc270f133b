import type { JsonObject } from '@lifeharness/core'
import { localServer } from './local-server.ts'

/** What an HTTP API answers to one call; `never` is no answer at all. */
export type Answer =
  | { status: number; body?: JsonObject | string; headers?: Record<string, string> }
  | 'never'

/** A client's call of an API, and what the API answers to it. */
type Call = { input: JsonObject; act: () => Promise<unknown> }

/** An HTTP API on a loopback port that gives each call the answer that goes with it, as the API's reference documents them. */
export async function answeringApi(): Promise<{
  url: string
  port: number
  /** Where nobody listens any more. */
  closedPort: number
  close: () => Promise<void>
  answering: (answer: Answer, input: JsonObject, act: () => Promise<unknown>) => Call
}> {
  let next: Answer = 'never'
  const server = await localServer((_request, response) => {
    if (next === 'never') return
    const { status, body, headers = {} } = next
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(typeof body === 'object' ? JSON.stringify(body) : body)
  })
  const closed = await localServer(undefined)
  await closed.close()
  return {
    ...server,
    closedPort: closed.port,
    answering: (answer, input, act) => ({
      input,
      act: async () => {
        next = answer
        return act()
      },
    }),
  }
}

/** A message of an API in which `{name}` stands for what the call gave by that name. */
export function worded(message: string, input: JsonObject): string {
  return message.replace(/\{(\w+)\}/g, (_, name: string) => String(input[name]))
}
