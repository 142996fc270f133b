import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** A build described to Meson, without a compiler. */
export const meson: Source = {
  tool: 'meson',
  languages: ['en'],
  async open({ dir, language }) {
    for (const name of ['meson', 'ninja']) program(name)
    await requireLocale(language, dir)
    const build = (settings: string, options = '') =>
      `cd "$(mktemp -d -p .)"; printf '%s\\n' "project('a')" "${settings}" > meson.build; meson setup out ${options}`
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        [
          'not-set-up',
          'state.precondition',
          (v) => `d=$(mktemp -d -p . ${v.word()}XXX); meson compile -C $d`,
        ],
        [
          'dependency',
          'exec.dependency',
          (v) => build(`dependency('${v.word()}-${v.word()}', method: 'pkg-config')`),
        ],
        ['program', 'exec.dependency', (v) => build(`find_program('${v.word()}-${v.word()}')`)],
        ['file', 'state.not_found', (v) => build(`files('${v.word()}.c')`)],
        ['subproject', 'state.not_found', (v) => build(`subproject('${v.word()}')`)],
        ['subdir', 'state.not_found', (v) => build(`subdir('${v.word()}')`)],
        ['syntax', 'contract.value', (v) => build(`message('${v.word()}'`)],
        ['option', 'exec.dependency', (v) => build('', `-D${v.word()}x=1`)],
        ['option-value', 'contract.value', (v) => build('', `-Dbuildtype=${v.word()}`)],
        ['option-boolean', 'contract.type', (v) => build('', `-Dwerror=${v.word()}`)],
        ['no-argument', 'contract.missing_param', () => `meson setup out --prefix`],
      ]),
    }
  },
}
