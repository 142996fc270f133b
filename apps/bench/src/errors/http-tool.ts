import type { Json, JsonObject } from '@lifeharness/core'
import { errorFacts, toolResult } from '@lifeharness/core'
import type { Provoked } from './provocation.ts'

export type HttpCall = {
  method?: string
  path: string
  headers?: Record<string, string>
  /** An object is sent as JSON, a text as it is. */
  body?: JsonObject | string
}

/** A tool `request{method, path, body}` that answers `{ status, body }`, or throws what `fetch` throws. */
export function httpTool(url: string): (call: HttpCall) => Promise<Provoked> {
  return async (call) => {
    const { method = call.body === undefined ? 'GET' : 'POST', path, headers = {}, body } = call
    const input = { method, path, ...(body === undefined ? {} : { body }) } as Json
    try {
      const response = await fetch(url + path, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const text = await response.text()
      return { input, result: toolResult('ok', { status: response.status, body: parsed(text) }) }
    } catch (thrown) {
      return { input, result: toolResult('error', thrown, { error: errorFacts(thrown) }) }
    }
  }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}
