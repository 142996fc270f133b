import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'
import { program, shellTool } from '../shell.ts'

/** OpenSSH's clients. */
export const ssh: Source = {
  tool: 'ssh',
  languages: ['en'],
  async open({ dir, language }) {
    for (const name of ['ssh', 'scp', 'ssh-keygen']) program(name)
    const server = await localServer((_, response) => response.end())
    const quiet = '-o BatchMode=yes -o StrictHostKeyChecking=no -F /dev/null'
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: server.close,
      provocations: provocations(shellTool(dir, language), [
        ['refused', 'exec.unavailable', (v) => `ssh ${quiet} -p ${v.integer(2, 9)} ${v.word()}@127.0.0.1 ls`],
        ['resolve', 'exec.unavailable', (v) => `ssh ${quiet} ${v.word()}@${v.word()}.invalid ls`],
        [
          'no-ssh-server',
          'exec.unavailable',
          (v) => `ssh ${quiet} -o ConnectTimeout=2 -p ${server.port} ${v.word()}@127.0.0.1`,
        ],
        ['option', 'exec.dependency', (v) => `ssh -${v.pick([...'zZHU'])} ${v.word()}`],
        ['configuration', 'contract.value', (v) => `ssh ${quiet} -o ${v.word()}s=1 127.0.0.1`],
        ['port', 'contract.value', (v) => `ssh ${quiet} -p ${v.word()} 127.0.0.1`],
        ['cipher', 'contract.value', (v) => `ssh ${quiet} -c ${v.word()} 127.0.0.1`],
        ['config-missing', 'state.not_found', (v) => `ssh -F ${v.path()} 127.0.0.1`],
        ['key-missing', 'state.not_found', (v) => `ssh-keygen -y -f ${v.path()}`],
        [
          'key-format',
          'contract.value',
          (v) => `${scratch} f=${v.word()}; date > $f; chmod 600 $f; ssh-keygen -y -P '' -f $f`,
        ],
        ['key-type', 'contract.value', (v) => `${scratch} ssh-keygen -q -t ${v.word()} -N '' -f a`],
        [
          'key-bits',
          'contract.value',
          (v) => `${scratch} ssh-keygen -q -t rsa -b ${v.integer(100, 900)} -N '' -f a`,
        ],
        [
          'passphrase',
          'auth.denied',
          (v) => `${scratch} ssh-keygen -q -t ed25519 -N secret1 -f a; ssh-keygen -y -P ${v.word()} -f a`,
        ],
        ['scp-missing', 'state.not_found', (v) => `scp ${quiet} ${v.path()} ${v.path()}`],
        [
          'host-key-missing',
          'state.not_found',
          (v) => `${scratch} touch known; ssh-keygen -R ${v.word()}.test -f ${v.word()}_hosts`,
        ],
      ]),
    }
  },
}
