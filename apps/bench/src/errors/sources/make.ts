import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Make and Ninja: the files they build by. */
export const make: Source = {
  tool: 'make',
  languages: ['en'],
  async open({ dir, language }) {
    for (const name of ['make', 'ninja']) program(name)
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        [
          'target',
          'state.not_found',
          (v) => `${scratch} printf 'all:\n\ttrue\n' > Makefile; make ${v.word()}x`,
        ],
        ['prerequisite', 'state.not_found', (v) => `${scratch} printf 'all: ${v.file()}\n' > Makefile; make`],
        ['file', 'state.not_found', (v) => `${scratch} make -f ${v.file()}`],
        ['separator', 'contract.value', (v) => `${scratch} printf '${v.phrase()}\n' > Makefile; make`],
        ['endif', 'contract.value', (v) => `${scratch} printf 'ifdef ${v.word()}\nall:\n' > Makefile; make`],
        [
          'variable',
          'contract.value',
          (v) => `${scratch} printf '$(error ${v.phrase()})\n' > Makefile; make`,
        ],
        ['include', 'state.not_found', (v) => `${scratch} printf 'include ${v.file()}\n' > Makefile; make`],
        ['option', 'exec.dependency', (v) => `make --${v.word()}s 2>&1 | head -1 >&2; exit 2`],
        [
          'function',
          'contract.value',
          (v) => `${scratch} printf 'a := $(word ${v.word()},a b)\nall:;\n' > Makefile; make`,
        ],
        ['directory', 'state.not_found', (v) => `make -C ${v.path()}`],
        ['ninja-file', 'state.not_found', (v) => `${scratch} ninja -f ${v.word()}.ninja`],
        ['ninja-target', 'state.not_found', (v) => `${scratch} echo > build.ninja; ninja ${v.word()}x`],
        [
          'ninja-rule',
          'contract.value',
          (v) => `${scratch} echo 'build a: ${v.name()} b' > build.ninja; ninja`,
        ],
        ['ninja-syntax', 'contract.value', (v) => `${scratch} echo '${v.word()} = = $' > build.ninja; ninja`],
        [
          'ninja-input',
          'state.not_found',
          (v) =>
            `${scratch} printf 'rule r\n command = true\nbuild a: r ${v.file()}\n' > build.ninja; ninja a`,
        ],
        ['ninja-option', 'exec.dependency', (v) => `ninja --${v.word()}s 2>&1 | head -1 >&2; exit 1`],
      ]),
    }
  },
}
