import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { errorFacts, toolResult } from '@lifeharness/core'
import { type Provoked, provocations, type Source } from '../provocation.ts'
import { nobody, program } from '../shell.ts'

type Place = { path: string } | { host: string; port: number }
type Call = { place: Place; lines: readonly string[] }

const REFUSED = /^(?:ERROR|CLIENT_ERROR|SERVER_ERROR|NOT_FOUND|NOT_STORED|EXISTS)\b/

/** The first line of the answer to the last of the lines; the server's words for what it refuses are a failure. */
async function ask({ place, lines }: Call): Promise<Provoked> {
  const input = { lines: [...lines] }
  const socket = connect(place).setEncoding('utf8')
  try {
    await once(socket, 'connect')
    let answer = ''
    for (const line of lines) {
      socket.write(`${line}\r\n`)
      answer = String((await once(socket, 'data'))[0]).split('\r\n')[0] as string
    }
    if (!REFUSED.test(answer)) return { input, result: toolResult('ok', answer) }
    return { input, result: toolResult('error', answer, { error: { message: answer } }) }
  } catch (thrown) {
    return { input, result: toolResult('error', thrown, { error: errorFacts(thrown) }) }
  } finally {
    socket.destroy()
  }
}

/** A cache asked in its text protocol; a second one asks for a password. */
export const memcached: Source = {
  tool: 'memcached',
  languages: ['en'],
  async open({ dir }) {
    const server = program('memcached')
    const open = { path: join(dir, 'open') }
    const closed = { path: join(dir, 'closed') }
    await writeFile(join(dir, 'users'), 'ada:secret\n')
    const servers = [
      spawn(server, ['-s', open.path, '-m', '8'], { ...nobody, cwd: dir }),
      spawn(server, ['-s', closed.path, '-Y', join(dir, 'users')], { ...nobody, cwd: dir }),
    ]
    for (const place of [open, closed]) await listening(place)
    const at = (place: Place, ...lines: string[]): Call => ({ place, lines })
    return {
      close: async () => {
        const ended = servers.map((one) => once(one, 'close'))
        for (const one of servers) one.kill('SIGTERM')
        await Promise.all(ended)
      },
      provocations: provocations(ask, [
        ['not-found', 'state.not_found', (v) => at(open, `delete ${v.name()}x`)],
        ['not-found', 'state.not_found', (v) => at(open, `touch ${v.name()}x ${v.integer(5, 99)}`)],
        [
          'not-stored',
          'state.conflict',
          (v) => at(open, 'set kept 0 0 1\r\na', `add kept ${v.integer(0, 99)} 0 1\r\nb`),
        ],
        [
          'changed-since',
          'state.conflict',
          (v) => at(open, 'set kept 0 0 1\r\na', `cas kept 0 0 1 ${v.integer(900_000, 999_999)}\r\nb`),
        ],
        [
          'not-number',
          'contract.type',
          (v) => at(open, `set word 0 0 1\r\n${v.word()[0]}`, `incr word ${v.integer(1, 9)}`),
        ],
        ['delta', 'contract.value', (v) => at(open, 'set number 0 0 1\r\n5', `incr number ${v.word()}`)],
        ['line', 'contract.value', (v) => at(open, `set ${v.name()} ${v.word()} 0 1\r\na`)],
        ['chunk', 'contract.value', (v) => at(open, `set ${v.name()} 0 0 2\r\n${v.word()}`)],
        ['expiry', 'contract.value', (v) => at(open, `touch ${v.name()} ${v.word()}`)],
        ['unauthenticated', 'auth.denied', (v) => at(closed, `get ${v.name()}`)],
        [
          'password',
          'auth.denied',
          (v) => {
            const secret = `ada ${v.word()}`
            return at(closed, `set a 0 0 ${secret.length}\r\n${secret}`)
          },
        ],
        [
          'refused',
          'exec.unavailable',
          (v) => at({ host: '127.0.0.1', port: v.integer(2, 9) }, `get ${v.name()}`),
        ],
      ]),
    }
  },
}

async function listening(place: Place): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const socket = connect(place)
    const there = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (there) return
    await pause(20)
  }
  throw new Error('memcached')
}
