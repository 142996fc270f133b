import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Bytes from anywhere to anywhere by socat. */
export const socat: Source = {
  tool: 'socat',
  languages: ['en'],
  async open({ dir, language }) {
    program('socat')
    await requireLocale(language, dir)
    const { port, close } = await localServer(undefined)
    return {
      close,
      provocations: provocations(shellTool(dir, language), [
        ['refused', 'exec.unavailable', (v) => `socat - TCP:127.0.0.1:${v.integer(2, 9)}`],
        ['resolve', 'exec.unavailable', (v) => `socat - TCP:${v.word()}-${v.word()}.invalid:80`],
        [
          'in-use',
          'state.conflict',
          (v) => `socat TCP-LISTEN:${port},bind=127.0.0.1,backlog=${v.integer(2, 9)} -`,
        ],
        ['privileged', 'auth.denied', (v) => `socat TCP-LISTEN:${v.integer(100, 999)},bind=127.0.0.1 -`],
        ['address', 'contract.value', (v) => `socat - ${v.word()}:80`],
        ['option', 'exec.dependency', (v) => `socat - TCP:127.0.0.1:80,${v.word()}=1`],
        ['few-parameters', 'contract.missing_param', (v) => `socat - TCP:${v.word()}`],
        ['few-addresses', 'contract.missing_param', (v) => `socat TCP:127.0.0.1:${v.integer(2, 99)}`],
        ['service', 'contract.value', (v) => `socat - TCP:127.0.0.1:${v.word()}`],
        ['file', 'state.not_found', (v) => `socat - OPEN:${v.path()}`],
        ['denied', 'auth.denied', (v) => `socat - CREATE:/etc/${v.file()}`],
        ['flag', 'exec.dependency', (v) => `socat -${v.pick(['z', 'k', 'j'])} - TCP:127.0.0.1:9`],
      ]),
    }
  },
}
