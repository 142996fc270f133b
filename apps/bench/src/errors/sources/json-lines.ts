import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** JSON made by jo and taken apart by gron. */
export const jsonLines: Source = {
  tool: 'json-lines',
  languages: ['en'],
  async open({ dir, language }) {
    program('jo')
    program('gron')
    await requireLocale(language, dir)
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['jo-file', 'state.not_found', (v) => `jo ${v.word()}=@${v.path()}`],
        ['jo-option', 'exec.dependency', (v) => `jo -${v.pick(['x', 'z', 'q', 'y'])} ${v.word()}=1`],
        ['jo-json', 'parse.malformed_json', (v) => `jo ${v.word()}=:/etc/hostname`],
        ['jo-no-value', 'contract.missing_param', () => 'jo -f'],
        ['gron-file', 'state.not_found', (v) => `gron ${v.path()}`],
        ['gron-json', 'parse.malformed_json', (v) => `echo '{"${v.word()}": ${v.word()}}' | gron`],
        ['gron-end', 'parse.malformed_json', (v) => `echo '{"${v.word()}": ' | gron`],
        ['gron-option', 'exec.dependency', (v) => `gron --${v.word()}s`],
        ['gron-refused', 'exec.unavailable', (v) => `gron http://127.0.0.1:${v.integer(2, 9)}/${v.word()}`],
        ['gron-resolve', 'exec.unavailable', (v) => `gron http://${v.word()}-${v.word()}.invalid/`],
        ['gron-back', 'contract.value', (v) => `echo 'json.${v.word()} = ${v.word()};' | gron --ungron`],
        ['gron-denied', 'auth.denied', () => 'gron /etc/shadow'],
        ['gron-folder', 'contract.value', (v) => `gron ${v.pick(['/etc', '/usr', '/srv'])}`],
      ]),
    }
  },
}
