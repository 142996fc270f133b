// The courier's API: an HTTP server on loopback whose demands change while the story goes on, and its two tools.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Json, JsonObject, ToolContract } from '@lifeharness/core'

/** What the server demands. `old` is what the agents were written for; nobody tells them of `new`. */
export type Demands = 'old' | 'new'

export type Api = {
  demands: Demands
  /** The contracts that the server publishes. Neither version names the fields of a parcel. */
  contracts: readonly ToolContract[]
  /** Sends a call. Throws what the server refuses. */
  send(tool: string, input: Json): Promise<Json>
  close(): Promise<void>
}

const PARCEL: Json = { type: 'object', description: 'The parcel, in the fields of the courier.' }

function contractOf(name: string, properties: JsonObject, required: readonly string[]): ToolContract {
  const inputSchema = { type: 'object', properties, required: [...required], additionalProperties: false }
  return { tool: { origin: 'local', name }, inputSchema }
}

export const V1: readonly ToolContract[] = [
  contractOf('create_label', { parcel: PARCEL }, ['parcel']),
  contractOf('book_pickup', { day: { type: 'string' }, street: { type: 'string' } }, ['day', 'street']),
]

/** Version 2 has an argument more for labels, and says of the day what it demands. */
export const V2: readonly ToolContract[] = [
  contractOf('create_label', { parcel: PARCEL, colour: { type: 'string' } }, ['parcel']),
  contractOf('book_pickup', { day: { type: 'string', format: 'date' }, street: { type: 'string' } }, [
    'day',
    'street',
  ]),
]

const FIELD: Record<Demands, string> = { old: 'customer_id', new: 'account_id' }
const DAY: Record<Demands, { pattern: RegExp; words: string }> = {
  old: { pattern: /^\d\d\/\d\d\/\d{4}$/, words: 'MM/DD/YYYY' },
  new: { pattern: /^\d{4}-\d\d-\d\d$/, words: 'YYYY-MM-DD' },
}

export async function openApi(): Promise<Api> {
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const api: Api = {
    demands: 'old',
    contracts: V1,
    async send(tool, input) {
      const response = await fetch(`${base}/${tool}`, { method: 'POST', body: JSON.stringify(input) })
      const body = (await response.json()) as JsonObject
      if (!response.ok) throw Object.assign(new Error(String(body.error)), { status: response.status })
      return body
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const input = JSON.parse(Buffer.concat(chunks).toString()) as JsonObject
    const refusal = request.url === '/create_label' ? badParcel(input.parcel) : badDay(input.day)
    response.writeHead(refusal ? 422 : 201, { 'content-type': 'application/json' })
    response.end(JSON.stringify(refusal ? { error: refusal } : { accepted: true }))
  }

  function badParcel(parcel: Json | undefined): string | undefined {
    const fields = (parcel ?? {}) as JsonObject
    const wanted = FIELD[api.demands]
    const unknown = Object.keys(fields).find((name) => name !== wanted && name !== 'grams')
    if (unknown) return `parcel has an unknown field: ${unknown}. Its fields are ${wanted} and grams.`
    return fields[wanted] === undefined ? `parcel lacks its field ${wanted}` : undefined
  }

  function badDay(day: Json | undefined): string | undefined {
    const { pattern, words } = DAY[api.demands]
    return pattern.test(String(day)) ? undefined : `day must be written ${words}`
  }

  return api
}
