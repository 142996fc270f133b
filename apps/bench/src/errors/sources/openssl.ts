import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'
import { program, shellTool } from '../shell.ts'

export const openssl: Source = {
  tool: 'openssl',
  languages: ['en'],
  async open({ dir, language }) {
    program('openssl')
    const { port, close } = await localServer((_, response) => response.end('x'))
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close,
      provocations: provocations(shellTool(dir, language), [
        ['certificate-missing', 'state.not_found', (v) => `openssl x509 -in ${v.word()}.pem -noout`],
        [
          'certificate-format',
          'contract.value',
          (v) => `${scratch} f=${v.word()}.pem; date > $f; openssl x509 -in $f -noout`,
        ],
        [
          'key-format',
          'contract.value',
          (v) => `${scratch} f=${v.word()}.pem; date > $f; openssl rsa -in $f -noout`,
        ],
        ['command', 'exec.dependency', (v) => `openssl ${v.word()}s`],
        ['option', 'exec.dependency', (v) => `openssl rand -${v.word()}s 4`],
        ['cipher', 'contract.value', (v) => `echo a | openssl enc -${v.word()}s -k x`],
        ['bits', 'contract.type', (v) => `openssl genrsa ${v.word()}`],
        ['key-small', 'contract.value', (v) => `openssl genrsa ${v.integer(100, 400)}`],
        ['decrypt', 'contract.value', (v) => `echo ${v.word()} | openssl enc -d -aes-256-cbc -k x -pbkdf2`],
        [
          'refused',
          'exec.unavailable',
          (v) => `openssl s_client -connect 127.0.0.1:${v.integer(2, 8)} < /dev/null`,
        ],
        [
          'resolve',
          'exec.unavailable',
          (v) => `openssl s_client -connect ${v.word()}.invalid:443 < /dev/null`,
        ],
        [
          'no-tls',
          'exec.unavailable',
          (v) => `openssl s_client -connect 127.0.0.1:${port} -servername ${v.word()} < /dev/null`,
        ],
        ['digest-file', 'state.not_found', (v) => `openssl dgst -sha256 ${v.file()}`],
        [
          'option-value',
          'contract.missing_param',
          (v) => `openssl x509 ${v.pick(['-in', '-out', '-days', '-CA'])}`,
        ],
        ['curve', 'contract.value', (v) => `openssl ecparam -name ${v.word()}`],
      ]),
    }
  },
}
