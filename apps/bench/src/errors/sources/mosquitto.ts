import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '../../free-port.ts'
import { localServer } from '../local-server.ts'
import { provocations, type Source, Unavailable } from '../provocation.ts'
import { nobody, program, setUp, shellTool } from '../shell.ts'

const SERVER = '/usr/sbin/mosquitto'

/** A message broker of MQTT and its clients on the command line. */
export const mosquitto: Source = {
  tool: 'mosquitto',
  languages: ['en'],
  async open({ dir, language }) {
    if (!existsSync(SERVER)) throw new Unavailable('no mosquitto')
    const port = await freePort()
    program('mosquitto_passwd')
    await setUp(
      'mosquitto_passwd -b -c users ada secret; printf "user ada\\ntopic read orders/#\\n" > rights',
      dir,
    )
    await writeFile(
      join(dir, 'm.conf'),
      `listener ${port} 127.0.0.1\nallow_anonymous false\npassword_file users\nacl_file rights\n`,
    )
    const server = spawn(SERVER, ['-c', 'm.conf', '-v'], { ...nobody, cwd: dir })
    await new Promise<void>((resolve, reject) => {
      server.stderr.on('data', (text) => String(text).includes('running') && resolve())
      server.on('close', () => reject(new Error('mosquitto')))
    })
    const silent = await localServer(() => {})
    const pub = `mosquitto_pub -p ${port} -u ada -P secret`
    const sub = `mosquitto_sub -p ${port} -u ada -P secret -W 1`
    return {
      close: async () => {
        server.removeAllListeners('close').kill('SIGKILL')
        await silent.close()
      },
      provocations: provocations(shellTool(dir, language), [
        ['option', 'exec.dependency', (v) => `${pub} -t orders/${v.word()} --${v.word()}s a`],
        ['no-topic', 'contract.missing_param', (v) => `${pub} -m ${v.word()}`],
        ['no-subscription', 'contract.missing_param', (v) => `${sub} -i ${v.word()}`],
        ['no-value', 'contract.missing_param', (v) => `${pub} -m ${v.word()} -t`],
        ['wildcard', 'contract.value', (v) => `${pub} -t 'orders/#' -m ${v.word()}`],
        ['filter', 'contract.value', (v) => `${sub} -t 'orders/#/${v.word()}'`],
        ['quality', 'contract.value', (v) => `${pub} -t orders/${v.word()} -m a -q ${v.integer(3, 9)}`],
        [
          'port',
          'contract.value',
          (v) => `mosquitto_pub -t orders/${v.word()} -m a -p ${v.integer(70_000, 99_999)}`,
        ],
        ['version', 'contract.value', (v) => `${pub} -t orders/${v.word()} -m a -V ${v.word()}`],
        [
          'keep-alive',
          'contract.value',
          (v) => `${pub} -t orders/${v.word()} -m a -k ${v.integer(70_000, 99_999)}`,
        ],
        ['no-file', 'state.not_found', (v) => `${pub} -t orders/a -f ${v.path()}`],
        ['password', 'auth.denied', (v) => `mosquitto_pub -p ${port} -u ada -P ${v.word()} -t orders/a -m a`],
        ['stranger', 'auth.denied', (v) => `mosquitto_pub -p ${port} -t orders/a -V 5 -m ${v.word()}`],
        [
          'refused',
          'exec.unavailable',
          (v) => `mosquitto_pub -p ${v.integer(2, 9)} -t orders/a -m ${v.word()}`,
        ],
        ['resolve', 'exec.unavailable', (v) => `mosquitto_pub -h ${v.word()}.invalid -t orders/a -m a`],
        ['late', 'exec.timeout', (v) => `${sub} -t 'orders/${v.word()}'`],
        ['certificate', 'state.not_found', (v) => `${pub} -t orders/a -m a --cafile ${v.path()}`],
        ['two-messages', 'contract.value', (v) => `${pub} -t orders/a -m ${v.word()} -f a.txt`],
      ]),
    }
  },
}
