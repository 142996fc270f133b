import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, run, shellTool, speaking } from '../shell.ts'

/** Sound by SoX. */
export const sox: Source = {
  tool: 'sox',
  languages: ['en'],
  async open({ dir, language }) {
    program('sox')
    await requireLocale(language, dir)
    const setUp = 'sox -n -r 8000 a.wav synth 0.1 sine 440; sox -n -r 16000 b.wav synth 0.1 sine 440'
    await run('bash', ['-c', setUp], { cwd: dir, env: speaking('en') })
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['missing', 'state.not_found', (v) => `sox /srv/${v.word()}/${v.word()}.wav out.wav`],
        ['extension', 'contract.value', (v) => `sox a.wav out.${v.word()}`],
        ['type', 'contract.value', (v) => `sox -t ${v.word()} a.wav out.wav`],
        ['no-wave', 'contract.value', (v) => `echo ${v.phrase()} > c.wav; sox c.wav out.wav`],
        ['option', 'exec.dependency', (v) => `sox --${v.word()}s a.wav out.wav 2>&1 | head -2; exit 1`],
        ['few-files', 'contract.missing_param', () => `sox a.wav 2>&1 | head -2; exit 1`],
        ['rate', 'contract.type', (v) => `sox -r ${v.word()} a.wav out.wav`],
        ['channels', 'contract.type', (v) => `sox a.wav -c ${v.word()} out.wav`],
        ['rates-differ', 'contract.value', (v) => `sox -m a.wav b.wav ${v.word()}.wav`],
        ['denied', 'auth.denied', (v) => `sox a.wav /etc/${v.word()}.wav`],
        ['folder', 'state.not_found', (v) => `sox a.wav /srv/${v.word()}/${v.word()}.wav`],
        ['remix', 'contract.value', (v) => `sox a.wav out.wav remix ${v.integer(2, 99)}`],
        ['trim', 'contract.value', (v) => `sox a.wav out.wav trim ${v.word()}`],
        ['volume', 'contract.value', (v) => `sox a.wav out.wav vol ${v.word()}`],
      ]),
    }
  },
}
