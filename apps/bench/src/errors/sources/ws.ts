import { createServer } from 'node:http'
import { type ClientOptions, WebSocket, WebSocketServer } from 'ws'
import { functionProvocations } from '../function-tool.ts'
import { localServer } from '../local-server.ts'
import type { Source } from '../provocation.ts'

/** Web sockets of ws; the server refuses by status, never answers, hangs up, or repeats what it gets. */
export const ws: Source = {
  tool: 'ws',
  languages: ['en'],
  async open() {
    const echo = new WebSocketServer({ noServer: true })
    echo.on('connection', (socket) => {
      socket.on('error', () => {})
      socket.on('message', (data) => socket.send(data))
    })
    const http = createServer((_, response) => response.end('<!DOCTYPE html>'))
    http.on('upgrade', (request, socket, head) => {
      const [, what = '', rest = ''] = (request.url ?? '').split(/[/?]/)
      if (what === 'status') socket.end(`HTTP/1.1 ${rest} No\r\nContent-Length: 0\r\n\r\n`)
      else if (what === 'reset') socket.destroy()
      else if (what === 'echo')
        echo.handleUpgrade(request, socket, head, (one) => echo.emit('connection', one, request))
      // Any other path is never answered.
    })
    const { url, close } = await localServer(undefined, http)
    const at = url.replace('http', 'ws')
    const socketOf = (address: string, options: ClientOptions = {}, protocols: string[] = []) =>
      new Promise<WebSocket>((resolve, reject) => {
        const socket = new WebSocket(address, protocols, options)
        socket.on('open', () => resolve(socket)).on('error', reject)
      })
    const closing = async <T>(socket: WebSocket, act: (socket: WebSocket) => T | Promise<T>): Promise<T> => {
      try {
        return await act(socket)
      } finally {
        socket.on('error', () => {}).terminate()
      }
    }
    const early = (act: (socket: WebSocket) => unknown) => closing(new WebSocket(`${at}/slow`), act)
    const late = async (act: (socket: WebSocket) => unknown, options: ClientOptions = {}) =>
      closing(await socketOf(`${at}/echo`, options), act)
    const functions = {
      open: (address: string) => socketOf(address),
      openWithin: (address: string, handshakeTimeout: number) => socketOf(address, { handshakeTimeout }),
      openAs: (...protocols: string[]) => socketOf(`${at}/echo`, {}, protocols),
      openVersion: (protocolVersion: number) => socketOf(`${at}/echo`, { protocolVersion }),
      send: (data: unknown) => late((socket) => socket.send(data as string)),
      sendEarly: (data: string) => early((socket) => socket.send(data)),
      closeWith: (code: number) => late((socket) => socket.close(code)),
      sendAndRead: (data: string, maxPayload: number) =>
        late(
          (socket) =>
            new Promise((resolve, reject) => {
              socket.on('message', resolve).on('error', reject)
              socket.send(data)
            }),
          { maxPayload },
        ),
    }
    return {
      close,
      provocations: functionProvocations(functions, [
        ['status-404', 'state.not_found', (v) => ['open', `${at}/status/404?${v.word()}`]],
        ['status-401', 'auth.denied', (v) => ['open', `${at}/status/401?${v.word()}`]],
        ['status-403', 'auth.denied', (v) => ['open', `${at}/status/403?${v.word()}`]],
        ['status-429', 'exec.rate_limited', (v) => ['open', `${at}/status/429?${v.word()}`]],
        ['status-503', 'exec.unavailable', (v) => ['open', `${at}/status/503?${v.word()}`]],
        ['refused', 'exec.unavailable', (v) => ['open', `ws://127.0.0.1:${v.integer(2, 6)}/${v.word()}`]],
        ['resolve', 'exec.unavailable', (v) => ['open', `ws://${v.word()}-${v.word()}.invalid/`]],
        ['reset', 'exec.unavailable', (v) => ['open', `${at}/reset/${v.word()}`]],
        ['timed-out', 'exec.timeout', (v) => ['openWithin', `${at}/slow/${v.word()}`, v.integer(60, 150)]],
        ['url', 'contract.value', (v) => ['open', v.phrase()]],
        ['scheme', 'contract.value', (v) => ['open', `${v.word()}://${v.word()}/`]],
        ['fragment', 'contract.value', (v) => ['open', `${at}/echo#${v.word()}`]],
        ['protocol', 'contract.value', (v) => ['openAs', v.phrase()]],
        ['version', 'contract.value', (v) => ['openVersion', v.integer(20, 99)]],
        ['close-code', 'contract.value', (v) => ['closeWith', v.integer(10, 999)]],
        ['send-early', 'state.precondition', (v) => ['sendEarly', v.phrase()]],
        ['send-type', 'contract.type', () => ['send', true]],
        ['message-size', 'result.oversize', (v) => ['sendAndRead', v.phrase().repeat(40), v.integer(20, 90)]],
      ]),
    }
  },
}
