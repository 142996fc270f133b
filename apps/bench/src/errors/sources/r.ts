import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** R: its statistics are out of scope, its errors are not. */
export const r: Source = {
  tool: 'r',
  languages: ['en'],
  async open({ dir, language }) {
    program('Rscript')
    await requireLocale(language, dir)
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['object', 'contract.value', (v) => `Rscript -e 'print(${v.name()}_x)'`],
        ['function', 'contract.value', (v) => `Rscript -e '${v.word()}x(1)'`],
        ['arithmetic', 'contract.value', (v) => `Rscript -e '1 + "${v.word()}"'`],
        ['syntax', 'contract.value', (v) => `Rscript -e 'x <- <- ${v.integer(2, 99)}'`],
        ['package', 'exec.dependency', (v) => `Rscript -e 'library(${v.word()}x)'`],
        ['file', 'state.not_found', (v) => `Rscript -e 'readLines("${v.path()}")'`],
        ['script', 'state.not_found', (v) => `Rscript ${v.path()}`],
        ['column', 'contract.value', (v) => `Rscript -e 'data.frame(a = 1)[, "${v.word()}"]'`],
        [
          'argument-missing',
          'contract.value',
          (v) => `Rscript -e 'f <- function(${v.word()}x) ${v.word()}x; f()'`,
        ],
        [
          'argument-unused',
          'contract.value',
          (v) => `Rscript -e 'f <- function(a) a; f(b = ${v.integer(2, 99)}, a = 1)'`,
        ],
        ['condition', 'contract.value', (v) => `Rscript -e 'if (NA) ${v.integer(2, 99)}'`],
        ['stop', 'contract.value', (v) => `Rscript -e 'stop("${v.phrase()}")'`],
        ['match', 'contract.value', (v) => `Rscript -e 'match.arg("${v.word()}", c("mean", "median"))'`],
        ['denied', 'auth.denied', (v) => `Rscript -e 'writeLines("a", "/etc/${v.file()}")'`],
        ['rows', 'contract.value', (v) => `Rscript -e 'data.frame(a = 1:2, b = 1:${v.pick([5, 7, 9])})'`],
      ]),
    }
  },
}
