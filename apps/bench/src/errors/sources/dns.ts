import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { freePort } from '../../free-port.ts'
import { provocations, type Source, Unavailable } from '../provocation.ts'
import { nobody, program, shellTool } from '../shell.ts'

const SERVER = '/usr/sbin/dnsmasq'

/** Names looked up by BIND's clients: at a server that knows one zone, at one that is silent, and where none is. */
export const dns: Source = {
  tool: 'dns',
  languages: ['en'],
  async open({ dir, language }) {
    if (!existsSync(SERVER)) throw new Unavailable('no dnsmasq')
    for (const name of ['dig', 'host', 'nslookup']) program(name)
    const silent = createSocket('udp4').bind(0, '127.0.0.1')
    await once(silent, 'listening')
    const port = await freePort()
    const options = ['-k', '-C', '/dev/null', '-p', `${port}`, '-a', '127.0.0.1', '-z', '-h', '-R']
    const server = spawn(SERVER, [...options, '--local=/shop/', '--pid-file', '--log-facility=-'], {
      ...nobody,
      cwd: dir,
    })
    await new Promise<void>((resolve, reject) => {
      server.stderr.on('data', (text) => String(text).includes('started') && resolve())
      server.on('close', () => reject(new Error('dnsmasq')))
    })
    const silentPort = (silent.address() as AddressInfo).port
    return {
      close: async () => {
        silent.close()
        const ended = once(server, 'close')
        server.kill('SIGTERM')
        await ended
      },
      provocations: provocations(shellTool(dir, language), [
        ['host-unknown', 'state.not_found', (v) => `host -p ${port} ${v.word()}.shop 127.0.0.1`],
        ['nslookup-unknown', 'state.not_found', (v) => `nslookup -port=${port} ${v.word()}.shop 127.0.0.1`],
        ['refused', 'exec.unavailable', (v) => `host -p ${v.integer(2, 9)} ${v.word()}.shop 127.0.0.1`],
        ['no-answer', 'exec.timeout', (v) => `host -W 1 -R 1 -p ${silentPort} ${v.word()}.shop 127.0.0.1`],
        ['dig-option', 'exec.dependency', (v) => `dig +${v.word()}s ${v.word()}.shop 2>&1 | head -1; exit 1`],
        ['type', 'contract.value', (v) => `host -t ${v.word()} ${v.word()}.shop 127.0.0.1`],
        ['batch', 'state.not_found', (v) => `dig -f ${v.path()}`],
        ['source-address', 'contract.value', (v) => `dig -b ${v.word()} ${v.word()}.shop`],
        ['label', 'contract.value', (v) => `dig @127.0.0.1 -p ${port} ${v.word().repeat(20)}.shop`],
        ['no-type', 'contract.missing_param', () => `host -t 2>&1 | head -1; exit 1`],
      ]),
    }
  },
}
