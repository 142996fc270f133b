import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js'

type Message = { id?: string | number; method?: string; params?: Record<string, unknown> }

/** What one request led to: its answer, and all that the server said or asked until then, in no order. */
export type Recorded = { asked: string; answer: unknown; said: unknown[] }

/** How a client answers what a server asks of it. */
const ANSWERS: Record<string, unknown> = {
  'roots/list': { roots: [{ uri: 'file:///tmp', name: 'tmp' }] },
  'sampling/createMessage': {
    model: 'scripted',
    role: 'assistant',
    content: { type: 'text', text: 'a sampled answer' },
  },
  'elicitation/create': { action: 'accept', content: { name: 'Ada', check: true } },
  ping: {},
}

/** A client that asks what it is told to and writes down everything it is told: no schema, no cache in between. */
export async function recorder(transport: Transport): Promise<Recorder> {
  const waiting = new Map<unknown, (answer: Message) => void>()
  let said: unknown[] = []
  let ids = 0
  let heard: () => void = () => {}
  transport.onmessage = (message) => {
    const { id, method } = message as Message
    if (method === undefined) return waiting.get(id)?.(message as Message)
    said.push(message)
    heard()
    if (id === undefined) return
    const answer = { jsonrpc: '2.0', id, result: ANSWERS[method] ?? {} } as JSONRPCMessage
    // One that is on its way when the story ends is aborted with the connection.
    transport.send(answer).catch(() => {})
  }
  await transport.start()

  const send = (message: object) => transport.send({ jsonrpc: '2.0', ...message } as JSONRPCMessage)
  async function ask(method: string, params: object = {}): Promise<Recorded> {
    const id = ++ids
    const answered = new Promise<Message>((resolve) => waiting.set(id, resolve))
    await send({ id, method, params })
    const answer = await answered
    // What comes on another stream than the answer may come a little later.
    for (let quiet = 0; quiet < 3; quiet++)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 5)
        heard = () => {
          quiet = 0
          clearTimeout(timer)
          resolve()
        }
      })
    const recorded = { asked: `${method} ${JSON.stringify(params)}`, answer, said }
    said = []
    return recorded
  }

  const hello = await ask('initialize', {
    protocolVersion: '2025-11-25',
    capabilities: { sampling: {}, elicitation: {}, roots: { listChanged: true } },
    clientInfo: { name: 'recorder', version: '1' },
  })
  const result = (hello.answer as { result?: { protocolVersion: string } }).result
  transport.setProtocolVersion?.(result?.protocolVersion ?? '')
  await send({ method: 'notifications/initialized' })
  return {
    hello,
    ask,
    notify: (method, params = {}) => send({ method, params }),
    close: () => transport.close(),
  }
}

export type Recorder = {
  hello: Recorded
  ask(method: string, params?: object): Promise<Recorded>
  notify(method: string, params?: object): Promise<void>
  close(): Promise<void>
}
