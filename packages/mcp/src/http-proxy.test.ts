import { type IncomingMessage, type RequestListener, request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { closing, proxyTo, served } from './http.test.support.ts'
import { active, layer } from './layer.test.support.ts'

type Posted = { status: number; headers: IncomingMessage['headers']; body: string }

/** As raw as a client can be. */
function send(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
  method = 'POST',
): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const all = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    }
    const sent = request(url, { method, headers: all, agent: false }, async (response) => {
      let received = ''
      for await (const chunk of response.setEncoding('utf8')) received += chunk
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: received })
    })
    sent.once('error', reject)
    sent.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
}

const hello = {
  ...{ jsonrpc: '2.0', id: 0, method: 'initialize' },
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
}
const greeting = {
  protocolVersion: '2025-11-25',
  capabilities: { tools: {} },
  serverInfo: { name: 'shop', version: '1' },
}
const call = { jsonrpc: '2.0', id: 5, method: 'tools/call', params: { name: 'look', arguments: {} } }

type Asked = { id?: number | string; method?: string; params?: Record<string, unknown> }

/** A server over HTTP that answers each call as told; it greets whoever comes. */
function scripted(answer: (asked: Asked, ...[request, response]: Parameters<RequestListener>) => void) {
  const seen: { method: string; headers: IncomingMessage['headers']; asked: Asked }[] = []
  const url = served(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const asked: Asked = body === '' ? {} : JSON.parse(body)
    seen.push({ method: request.method ?? '', headers: request.headers, asked })
    if (asked.method === 'initialize') {
      const head = { 'content-type': 'application/json', 'mcp-session-id': 'far' }
      response.writeHead(200, head).end(JSON.stringify({ jsonrpc: '2.0', id: asked.id, result: greeting }))
    } else if (request.method === 'POST' && asked.id === undefined) response.writeHead(202).end()
    else answer(asked, request, response)
  })
  return { url, seen }
}

async function sessionAt(url: string): Promise<Record<string, string>> {
  const { headers } = await send(url, hello)
  return { 'mcp-session-id': String(headers['mcp-session-id']) }
}

describe('only this machine may', () => {
  it.each<[string, Record<string, string>, string, number]>([
    ['call by the name of another', { host: 'evil.example' }, 'Host', 403],
    ['call from a page of another', { origin: 'https://evil.example' }, 'Origin', 403],
    ['call from a page of nobody', { origin: 'null' }, 'Origin', 403],
    ['send a form', { 'content-type': 'text/plain' }, 'Media Type', 415],
    ['use a session that is none', { 'mcp-session-id': 'x' }, 'Session not found', 404],
  ])('not %s', async (_, headers, said, status) => {
    const { url } = scripted(() => {})
    const refused = await send(await proxyTo({ url: await url }), hello, headers)
    expect(refused.status).toBe(status)
    expect(refused.body).toContain(said)
  })

  it.each<[string, Record<string, string>]>([
    ['by address', {}],
    ['by name', { host: 'localhost:1234' }],
    ['from a page of its own', { origin: 'http://localhost:6274' }],
    ['by a name that was allowed', { host: 'box.local', origin: 'http://box.local' }],
  ])('call %s', async (_, headers) => {
    const { url } = scripted(() => {})
    const client = { port: 0, allowedHosts: ['box.local'] }
    const listening = Promise.withResolvers<string>()
    void proxyTo({ url: await url }, { client: { ...client, onListening: listening.resolve } })
    expect((await send(await listening.promise, hello, headers)).status).toBe(200)
  })

  it('call, whoever called before', async () => {
    const { url } = scripted(() => {})
    const proxy = await proxyTo({ url: await url })
    const statuses: number[] = []
    for (const host of ['localhost', 'evil.example', 'localhost', 'evil.example', '127.0.0.1'])
      statuses.push((await send(proxy, hello, { host })).status)
    expect(statuses).toEqual([200, 403, 200, 403, 200])
  })

  it.each([
    ['GET without a session', 'GET', '/mcp', 405],
    ['another path', 'POST', '/other', 404],
    ['another method', 'PUT', '/mcp', 405],
  ])('%s is refused', async (_, method, path, status) => {
    const { url } = scripted(() => {})
    const proxy = new URL(path, await proxyTo({ url: await url })).href
    expect((await send(proxy, '', {}, method)).status).toBe(status)
  })

  it('what is no JSON is refused', async () => {
    const { url } = scripted(() => {})
    expect(await send(await proxyTo({ url: await url }), '{')).toMatchObject({ status: 400 })
  })
})

describe('a server over HTTP', () => {
  it('is sent the same text, what a client sent along, and its own session; the answer comes back as it was', async () => {
    const answered = '{"result": {"content": [], "n": 12345678901234567890}, "id": 5,\n "jsonrpc": "2.0"}'
    const { url, seen } = scripted((_, __, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(answered)
    })
    const proxy = await proxyTo({ url: await url, headers: { 'X-Key': 'k' } })
    const session = await sessionAt(proxy)
    const got = await send(proxy, call, { ...session, authorization: 'Bearer t', cookie: 'c' })
    expect(got.body).toBe(answered.replace('\n', ' '))
    expect(seen.at(-1)).toMatchObject({
      asked: call,
      headers: {
        ...{ authorization: 'Bearer t', 'x-key': 'k' },
        ...{ 'mcp-session-id': 'far', 'mcp-protocol-version': '2025-11-25' },
      },
    })
    expect(seen.at(-1)?.headers.cookie).toBeUndefined()
    expect(session['mcp-session-id']).not.toBe('far')
  })

  it('is told when a session ends', async () => {
    const { url, seen } = scripted((_, __, response) => response.writeHead(200).end())
    const proxy = await proxyTo({ url: await url })
    const session = await sessionAt(proxy)
    expect((await send(proxy, '', session, 'DELETE')).status).toBe(200)
    expect(seen.at(-1)).toMatchObject({ method: 'DELETE', headers: { 'mcp-session-id': 'far' } })
    expect((await send(proxy, call, session)).status).toBe(404)
  })

  it('refuses by a status, which the client gets', async () => {
    const { url } = scripted((_, __, response) =>
      response.writeHead(401, { 'www-authenticate': 'Bearer realm="x"' }).end('who are you'),
    )
    const proxy = await proxyTo({ url: await url })
    const refused = await send(proxy, call, await sessionAt(proxy))
    expect(refused).toMatchObject({ status: 401, body: 'who are you' })
    expect(refused.headers['www-authenticate']).toBe('Bearer realm="x"')
  })

  it('is asked again where a status says that it may answer later', async () => {
    let times = 0
    const { url } = scripted(({ id }, _, response) => {
      if (++times === 1) return response.writeHead(503, { 'retry-after': '0' }).end('busy')
      const result = { content: [{ type: 'text', text: 'seen' }] }
      response
        .writeHead(200, { 'content-type': 'text/event-stream' })
        .end(`data: ${JSON.stringify({ jsonrpc: '2.0', id, result })}\n\n`)
    })
    const { lifeHarness, calls } = await layer(
      active('retry', { backoffMs: 0 }, 'exec.unavailable', 'look'),
      { config: { tools: { '*': { readOnly: true } } } },
    )
    const proxy = await proxyTo({ url: await url }, { lifeHarness })
    const { body } = await send(proxy, call, await sessionAt(proxy))
    expect(JSON.parse(body)).toMatchObject({
      id: 5,
      result: {
        content: [{ text: 'seen' }],
        _meta: { 'lifeharness/report': { interventions: [{ action: 'retry' }] } },
      },
    })
    expect(await calls()).toMatchObject([{ outcome: 'ok', executed: { attempt: 2 } }])
  })

  it('that breaks its answer off is asked for the rest', async () => {
    const { url, seen } = scripted(({ id }, request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      if (request.method === 'POST') return response.end(`id: e${id}\nretry: 1\ndata:\n\n`)
      const result = { content: [{ type: 'text', text: 'the rest' }] }
      // Asked for what it says by itself it has nothing to say.
      if (request.headers['last-event-id'] === undefined) return
      response.end(`data: ${JSON.stringify({ jsonrpc: '2.0', id: 5, result })}\n\n`)
    })
    const proxy = await proxyTo({ url: await url })
    const { body } = await send(proxy, call, await sessionAt(proxy))
    expect(JSON.parse(body)).toMatchObject({ id: 5, result: { content: [{ text: 'the rest' }] } })
    expect(seen.at(-1)).toMatchObject({ method: 'GET', headers: { 'last-event-id': 'e5' } })
  })

  it('that ends its answer without one leaves nobody waiting', async () => {
    const { url } = scripted((_, __, response) =>
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(': nothing\n\n'),
    )
    const proxy = await proxyTo({ url: await url })
    const { body } = await send(proxy, call, await sessionAt(proxy))
    expect(JSON.parse(body)).toMatchObject({
      id: 5,
      error: { message: 'the server ended its answer without one' },
    })
  })

  it('that is not there is an error of the call', async () => {
    const { url } = scripted(() => {})
    const there = await url
    await closing.pop()?.()
    const { lifeHarness, calls } = await layer()
    const refused = await send(await proxyTo({ url: there }, { lifeHarness }), { ...hello, id: 3 })
    expect(JSON.parse(refused.body)).toMatchObject({ id: 3, error: { code: -32000 } })
    expect(await calls()).toEqual([])
  })

  it('is followed within its origin, and not beyond', async () => {
    const { url, seen } = scripted(({ id }, { url: path }, response) => {
      if (path === '/mcp') return response.writeHead(307, { location: '/mcp/' }).end()
      const elsewhere = { location: 'http://localhost:1/' }
      if (id === 6) return response.writeHead(307, elsewhere).end('moved')
      const answered = JSON.stringify({ jsonrpc: '2.0', id, result: { content: [] } })
      response.writeHead(200, { 'content-type': 'application/json' }).end(answered)
    })
    const proxy = await proxyTo({ url: await url })
    const session = await sessionAt(proxy)
    expect((await send(proxy, call, session)).status).toBe(200)
    expect(await send(proxy, { ...call, id: 6 }, session)).toMatchObject({ status: 307, body: 'moved' })
    expect(seen.filter(({ asked }) => asked.id === 5)).toHaveLength(2)
  })
})

it('a cancelled call is stopped at the server, and its response ends', async () => {
  const { url, seen } = scripted(() => {})
  const { lifeHarness, calls } = await layer()
  const proxy = await proxyTo({ url: await url }, { lifeHarness })
  const session = await sessionAt(proxy)
  const called = send(proxy, call, session)
  await expect.poll(() => seen.at(-1)?.asked.id).toBe(5)
  const cancelled = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 5 } }
  expect((await send(proxy, cancelled, session)).status).toBe(202)
  expect(await called).toMatchObject({ status: 200, body: '' })
  await expect.poll(() => seen.at(-1)?.asked).toEqual(cancelled)
  expect((await calls()).map(({ outcome }) => outcome)).toEqual(['interrupted'])
})

it('a server that cannot be started is an error of its client, and the developer is told', async () => {
  const log: string[] = []
  const proxy = await proxyTo({ command: '/no/such/server' }, { log: (line) => log.push(line) })
  expect(JSON.parse((await send(proxy, hello)).body)).toMatchObject({ id: 0, error: { code: -32000 } })
  expect(log).toEqual([expect.stringContaining('/no/such/server ENOENT')])
})

it('a session that its server does not know any more is none', async () => {
  const { url } = scripted((_, __, response) => response.writeHead(404).end('gone'))
  const proxy = await proxyTo({ url: await url })
  const session = await sessionAt(proxy)
  expect(await send(proxy, call, session)).toMatchObject({ status: 404, body: 'gone' })
  expect((await send(proxy, call, session)).body).toContain('Session not found')
})

it('what a server asks meanwhile goes to the client whose call led to it, and comes back', async () => {
  const { url } = scripted(({ id }, request, response) => {
    if (request.method !== 'POST') return response.writeHead(405).end()
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(`data: ${JSON.stringify({ jsonrpc: '2.0', id: `for ${id}`, method: 'roots/list' })}\n\n`)
    setTimeout(
      () => response.end(`data: ${JSON.stringify({ jsonrpc: '2.0', id, result: { content: [] } })}\n\n`),
      id === 1 ? 30 : 10,
    )
  })
  const proxy = await proxyTo({ url: await url })
  const session = await sessionAt(proxy)
  const [one, two] = await Promise.all([1, 2].map((id) => send(proxy, { ...call, id }, session)))
  expect([one?.body.match(/for \d/g), two?.body.match(/for \d/g)]).toEqual([['for 1'], ['for 2']])
})
