import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { JsonObject } from '@lifeharness/core'
import { type Context, Hono } from 'hono'
import { type Asked, admit, faultOf, unavailable } from './gatekeeper.ts'
import { answerQuery } from './graphql.ts'
import { Problem, titleOf } from './problem.ts'
import { type Answer, ROUTES } from './routes.ts'
import type { Reply, World } from './state.ts'

/** The venue's server, of whatever world is `current` when a request comes in. */
export function venueServer(current: () => World): RequestListener {
  const app = new Hono()
  for (const [path, methods] of Object.entries(ROUTES)) {
    for (const [method, answer] of Object.entries(methods))
      app.on(method, path, (context) => answered(context, current(), answer))
    app.all(path, (context) =>
      answered(context, current(), () => {
        throw new Problem(405, 'method', `${context.req.method} is not possible here.`, {
          headers: { allow: Object.keys(methods).join(', ') },
        })
      }),
    )
  }
  app.post('/v1/graphql', (context) =>
    answered(context, current(), (world, { body }) => answerQuery(world, body)),
  )
  app.notFound((context) =>
    answered(context, current(), () => {
      throw new Problem(404, 'no-such-path', `There is no ${context.req.path}.`)
    }),
  )
  return getRequestListener(app.fetch, { overrideGlobalObjects: false })
}

async function answered(context: Context, world: World, answer: Answer): Promise<Response> {
  const { method, path } = context.req
  const text = await context.req.text()
  const asked: Asked = { method, path, hasBody: text !== '', header: (name) => context.req.header(name) }
  const date = () => new Date(world.clock.now()).toUTCString()
  try {
    admit(world, asked)
    const reply = await once(world, asked, text, async () => {
      const request = {
        ...{ id: context.req.param('id') ?? '', query: queryOf(context), body: parsed(text) },
        header: asked.header,
      }
      return answer(world, request)
    })
    const lost = faultOf(world, asked, 'lost')
    if (lost) throw unavailable(world, lost)
    return context.body(JSON.stringify(reply.body), reply.status as 200, {
      ...{ date: date(), 'content-type': 'application/json' },
      ...reply.headers,
    })
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem(500, 'fault', titleOf(500))
    return context.body(JSON.stringify(problem.body()), problem.status as 400, {
      ...{ date: date(), 'content-type': 'application/problem+json' },
      ...problem.headers,
    })
  }
}

/** The same request under the same key is carried out once, and answered as it was then. */
async function once(
  { replies }: World,
  { method, path, header }: Asked,
  text: string,
  answer: () => Promise<Reply>,
): Promise<Reply> {
  const key = method === 'POST' ? header('idempotency-key') : undefined
  if (key === undefined) return answer()
  if (!/^[\w-]{8,64}$/.test(key))
    throw new Problem(400, 'idempotency-key', 'The Idempotency-Key must be 8 to 64 letters, digits, - or _.')
  const request = `${path}\n${text}`
  const earlier = replies.get(key)
  if (earlier && earlier.request !== request)
    throw new Problem(422, 'idempotency-key-used', 'This Idempotency-Key was used for another request.')
  if (earlier?.reply === 'running')
    throw new Problem(409, 'in-progress', 'A request with this Idempotency-Key is still being processed.')
  if (earlier)
    return { ...earlier.reply, headers: { ...earlier.reply.headers, 'idempotent-replayed': 'true' } }
  replies.set(key, { request, reply: 'running' })
  try {
    const reply = await answer()
    replies.set(key, { request, reply })
    return reply
  } catch (error) {
    // What was refused changed nothing, and may be sent again.
    replies.delete(key)
    throw error
  }
}

function parsed(text: string): unknown {
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem(400, 'malformed-json', 'The body is not valid JSON.')
  }
}

function queryOf(context: Context): JsonObject {
  const all = context.req.queries()
  return Object.fromEntries(
    Object.entries(all).map(([name, values]) => [name, values.length === 1 ? (values[0] as string) : values]),
  )
}
