import type { IncomingMessage, ServerResponse } from 'node:http'

const LOCAL = ['localhost', '127.0.0.1', '[::1]']

/**
 * Refuses what a web page of another site could send here, by letting its own name point to this machine (DNS rebinding)
 * or by calling this machine by its name: `Host` and, where there is one, `Origin` must be allowed. Made once for a
 * server; true when a request was refused.
 */
export function foreignGuard(
  hosts: readonly string[],
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const names = new Set([...LOCAL, ...hosts.map((host) => host.toLowerCase())])
  const isAllowed = (url: string) => names.has(hostOf(url) ?? '')
  /** Allowed, and likely to come again: most clients stay with one. */
  let lastHost: string | undefined
  return ({ headers }, response) => {
    const { host, origin } = headers
    const mayCall = host !== undefined && (host === lastHost || isAllowed(`http://${host}`))
    if (mayCall) lastHost = host
    if (mayCall && (origin === undefined || isAllowed(origin))) return false
    response.writeHead(403, { 'content-type': 'application/json' })
    const message = `Forbidden: ${origin === undefined ? `Host ${host}` : `Origin ${origin}`} is not allowed`
    response.end(JSON.stringify({ jsonrpc: '2.0', error: { code: -32000, message }, id: null }))
    return true
  }
}

function hostOf(url: string): string | undefined {
  try {
    return new URL(url).hostname
  } catch {
    return undefined
  }
}
