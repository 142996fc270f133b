import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'
import { layer } from './layer.test.support.ts'
import { type ProxyOptions, runProxy } from './proxy.ts'

/** What is to be closed when the test is over, whatever became of it. */
export const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A server of ours over HTTP. */
export async function served(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`
}

/** A proxy that serves clients over HTTP. */
export async function proxyTo(
  server: ProxyOptions['server'],
  options: Partial<ProxyOptions> = {},
): Promise<string> {
  const listening = Promise.withResolvers<string>()
  const stopping = new AbortController()
  const lifeHarness = options.lifeHarness ?? (await layer()).lifeHarness
  const done = runProxy({
    lifeHarness,
    server,
    client: { port: 0, onListening: listening.resolve },
    signal: stopping.signal,
    ...options,
  })
  closing.push(() => {
    stopping.abort()
    return done
  })
  return listening.promise
}
