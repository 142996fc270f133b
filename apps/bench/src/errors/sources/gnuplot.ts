import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Plots. */
export const gnuplot: Source = {
  tool: 'gnuplot',
  languages: ['en'],
  async open({ dir, language }) {
    program('gnuplot')
    await requireLocale(language, dir)
    const on = (commands: string) => `gnuplot -e 'set terminal dumb; ${commands}'`
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['script', 'state.not_found', (v) => `gnuplot ${v.path()}`],
        ['command', 'contract.value', (v) => on(`${v.word()} x`)],
        ['terminal', 'contract.value', (v) => on(`set terminal ${v.word()}`)],
        ['function', 'contract.value', (v) => on(`plot ${v.name()}_x(x)`)],
        ['parenthesis', 'contract.value', (v) => on(`print (${v.integer(2, 99)} + 1`)],
        ['range', 'contract.value', (v) => on(`set xrange [${v.integer(2, 99)}:`)],
        [
          'column',
          'contract.value',
          (v) =>
            `echo '1 2' > a.dat; gnuplot -e 'set terminal dumb; plot "a.dat" using 1:${v.integer(3, 99)}'`,
        ],
        ['output-denied', 'auth.denied', (v) => on(`set output "/etc/${v.file()}"; plot x`)],
        ['style', 'contract.value', (v) => on(`plot x with ${v.word()}`)],
        ['variable', 'contract.value', (v) => on(`print ${v.name()}_x + 1`)],
        ['division', 'contract.value', (v) => on(`print ${v.integer(2, 99)} / 0`)],
        ['datafile', 'state.not_found', (v) => on(`plot "${v.path()}"`)],
      ]),
    }
  },
}
