import type { IncomingMessage, ServerResponse } from 'node:http'

const LOCAL = ['localhost', '127.0.0.1', '[::1]']

/**
 * Refuses what a web page of another site could send here, by letting its own name point to this machine (DNS rebinding)
 * or by calling this machine by its name: `Host` and, where there is one, `Origin` must be allowed. True when refused.
 */
export function refuseForeign(
  { headers }: IncomingMessage,
  response: ServerResponse,
  hosts: readonly string[],
): boolean {
  const allowed = new Set([...LOCAL, ...hosts.map((host) => host.toLowerCase())])
  const foreign = (url: string | undefined) => !allowed.has(hostOf(url) ?? '')
  const { host, origin } = headers
  if (!foreign(host && `http://${host}`) && (origin === undefined || !foreign(origin))) return false
  response.writeHead(403, { 'content-type': 'application/json' })
  const message = `Forbidden: ${origin === undefined ? `Host ${host}` : `Origin ${origin}`} is not allowed`
  response.end(JSON.stringify({ jsonrpc: '2.0', error: { code: -32000, message }, id: null }))
  return true
}

function hostOf(url: string | undefined): string | undefined {
  try {
    return new URL(url ?? '').hostname
  } catch {
    return undefined
  }
}
