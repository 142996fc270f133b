import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { provocations, type Source } from '../provocation.ts'
import { nobody, program, shellTool } from '../shell.ts'

export const redis: Source = {
  tool: 'redis',
  languages: ['en'],
  async open({ dir, language }) {
    const socket = join(dir, 'socket')
    const server = spawn(
      program('redis-server'),
      ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', dir],
      { ...nobody, cwd: dir },
    )
    await new Promise<void>((resolve, reject) => {
      server.stdout.on('data', (text) => String(text).includes('ready to accept connections') && resolve())
      server.on('close', () => reject(new Error('redis-server')))
    })
    const tool = shellTool(dir, language)
    // With `-e` the client's exit code tells of an error reply.
    const cli = `redis-cli -e -s ${socket}`
    await tool(
      `${cli} set text abc; ${cli} lpush list 1; ${cli} hset hash a b; ${cli} acl setuser reader on '>x' +get '~*'`,
    )
    return {
      close: () =>
        new Promise((resolve) => {
          server.once('close', () => resolve())
          server.kill('SIGTERM')
        }),
      provocations: provocations(tool, [
        ['command', 'exec.dependency', (v) => `${cli} ${v.word()}s ${v.name()} ${v.integer(1, 99)}`],
        [
          'argument-count',
          'contract.missing_param',
          (v) => `${cli} ${v.pick(['get', 'set', 'hset', 'expire'])}`,
        ],
        [
          'wrong-type',
          'contract.type',
          (v) =>
            `${cli} ${v.pick(['lpush text', 'hget text', 'sadd list', 'incr list'])} ${v.word()}`.replace(
              /incr list \w+/,
              'incr list',
            ),
        ],
        ['not-integer', 'contract.type', () => `${cli} incr text`],
        ['not-integer', 'contract.type', (v) => `${cli} expire text ${v.word()}`],
        ['not-float', 'contract.type', (v) => `${cli} zadd scores ${v.word()} ${v.name()}`],
        ['syntax', 'contract.value', (v) => `${cli} set ${v.name()} 1 ${v.word()}`],
        ['expire-time', 'contract.value', (v) => `${cli} set ${v.name()} 1 EX -${v.integer(1, 99)}`],
        ['no-key', 'state.not_found', (v) => `${cli} rename ${v.name()} ${v.word()}`],
        ['index-range', 'contract.value', (v) => `${cli} lset list ${v.integer(50, 99)} x`],
        ['database-range', 'contract.value', (v) => `${cli} select ${v.integer(40, 99)}`],
        ['no-multi', 'state.precondition', () => `${cli} exec`],
        ['subcommand', 'exec.dependency', (v) => `${cli} config ${v.word()}s`],
        ['password', 'auth.denied', (v) => `${cli} auth reader ${v.word()}`],
        ['denied', 'auth.denied', (v) => `${cli} --user reader --pass x --no-auth-warning set ${v.name()} 1`],
        ['script', 'contract.value', (v) => `${cli} eval 'return ${v.name()}_x' 0`],
        ['script-syntax', 'contract.value', (v) => `${cli} eval 'return return ${v.word()}' 0`],
        ['no-script', 'state.not_found', (v) => `${cli} evalsha ${'ab'.repeat(19)}${v.integer(10, 99)} 0`],
        ['refused', 'exec.unavailable', (v) => `redis-cli -e -p ${v.integer(2, 9)} get ${v.name()}`],
      ]),
    }
  },
}
