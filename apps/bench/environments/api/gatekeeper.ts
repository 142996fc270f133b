import { Problem } from './problem.ts'
import { type Fault, VERSION, WINDOW_MS, type World } from './state.ts'

export type Asked = {
  method: string
  path: string
  hasBody: boolean
  header(name: string): string | undefined
}

/** Time that passes while a request is on its way. */
const REQUEST_MS = 50

/**
 * What stands before every request, in the order in which servers ask it: who it is, which edition of the interface is
 * meant, what is sent and wanted, whether there is room, and whether a session is open.
 */
export function admit(world: World, asked: Asked): void {
  const { path, hasBody, header } = asked
  if (header('x-access-key') !== world.key)
    throw new Problem(401, 'no-access', 'The access key is missing or wrong.', {
      headers: { 'www-authenticate': 'ApiKey realm="venue"' },
    })
  world.clock.advance(REQUEST_MS)
  const version = header('api-version')
  if (version === undefined)
    throw new Problem(400, 'version-required', `The header Api-Version is required, for instance ${VERSION}.`)
  if (version !== VERSION)
    throw new Problem(400, 'version-unknown', `Api-Version must be ${VERSION}; found ${version}.`)
  const wanted = header('accept') ?? '*/*'
  if (!/\*\/\*|application\/(?:json|\*|problem\+json)/.test(wanted))
    throw new Problem(406, 'not-acceptable', 'Only application/json can be given.')
  if (hasBody && !/^application\/json\b/.test(header('content-type') ?? ''))
    throw new Problem(415, 'media-type', 'The body must be application/json.', {
      headers: { 'accept-post': 'application/json' },
    })
  countRequest(world)
  const fault = faultOf(world, asked, 'unavailable')
  if (fault) throw unavailable(world, fault)
  const isOpen = /^\/v1\/(?:session|rooms)\b/.test(path)
  if (!isOpen && world.sessionUntil <= world.clock.now())
    throw new Problem(409, 'session-required', 'No session is open.')
}

/** The fault that such a request meets now, if any; it is then counted as met. */
export function faultOf(world: World, { method, path }: Asked, kind: Fault['kind']): Fault | undefined {
  const { clock, began, faulted, options } = world
  const fault = options.faults?.find((one) => {
    if (one.kind !== kind || one.method !== method || one.path !== path) return false
    if (one.untilMs !== undefined && clock.now() - began >= one.untilMs) return false
    return one.times === undefined || (faulted.get(one) ?? 0) < one.times
  })
  if (fault) faulted.set(fault, (faulted.get(fault) ?? 0) + 1)
  return fault
}

export function unavailable({ clock, began }: World, { untilMs, says = 'seconds' }: Fault): Problem {
  const seconds = untilMs === undefined ? 2 : Math.ceil((untilMs - (clock.now() - began)) / 1_000)
  const headers = says === 'nothing' ? {} : retryAfter(clock.now(), seconds, says)
  return new Problem(503, 'unavailable', 'The service is not available at the moment.', { headers })
}

export function retryAfter(now: number, seconds: number, says: 'seconds' | 'date'): Record<string, string> {
  if (says === 'seconds') return { 'retry-after': String(seconds) }
  return { 'retry-after': new Date(Math.ceil(now / 1_000) * 1_000 + seconds * 1_000).toUTCString() }
}

function countRequest({ clock, window, options: { limit = 40, limitSays = 'seconds' } }: World): void {
  const now = clock.now()
  if (now - window.began >= WINDOW_MS) Object.assign(window, { began: now, requests: 0 })
  window.requests++
  if (window.requests <= limit) return
  const seconds = Math.ceil((window.began + WINDOW_MS - now) / 1_000)
  throw new Problem(
    429,
    'too-many-requests',
    `No more than ${limit} requests in ${WINDOW_MS / 1_000} seconds.`,
    {
      headers: retryAfter(now, seconds, limitSays),
    },
  )
}
