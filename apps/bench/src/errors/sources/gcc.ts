import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** A C compiler with its linker. What is wrong in the program is wrong in the value that the model gave. */
export const gcc: Source = {
  tool: 'gcc',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    program('gcc')
    await requireLocale(language, dir)
    const compile = (code: string, options = '-c') =>
      `cd "$(mktemp -d)"; printf '%s\\n' '${code}' > main.c; gcc ${options} main.c`
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['undeclared', 'contract.value', (v) => compile(`int main(void) { return ${v.name()}_total; }`)],
        [
          'semicolon',
          'contract.value',
          (v) => compile(`int ${v.name()}(void) { return ${v.integer(1, 99)} }`),
        ],
        ['header', 'exec.dependency', (v) => compile(`#include <${v.word()}/${v.word()}.h>`)],
        [
          'too-few-arguments',
          'contract.value',
          (v) => compile(`int f(int a, int b); int ${v.name()}_x(void) { return f(${v.integer(1, 9)}); }`),
        ],
        [
          'too-many-arguments',
          'contract.value',
          (v) => compile(`int f(int a); int ${v.name()}_x(void) { return f(1, ${v.integer(1, 9)}); }`),
        ],
        [
          'no-member',
          'contract.value',
          (v) => compile(`struct s { int a; }; int f(struct s x) { return x.${v.name()}; }`),
        ],
        [
          'incompatible',
          'contract.value',
          (v) => compile(`struct ${v.word()}_s { int a; } x; void f(void) { int ${v.name()}_i = x; }`),
        ],
        [
          'conflicting',
          'contract.value',
          (v) => {
            const name = `${v.name()}_x`
            return compile(`int ${name}; float ${name};`)
          },
        ],
        ['unknown-type', 'contract.value', (v) => compile(`${v.name()}_t value;`)],
        [
          'undefined-reference',
          'contract.value',
          (v) =>
            compile(
              `int ${v.word()}_f(void); int main(void) { return ${v.word()}_f() + other_${v.word()}(); }`,
              '-Wno-implicit-function-declaration',
            ),
        ],
        ['library', 'exec.dependency', (v) => compile('int main(void) { return 0; }', `-l${v.word()}s`)],
        ['file-missing', 'state.not_found', (v) => `gcc -c ${v.word()}.c`],
        ['option', 'exec.dependency', (v) => compile('int a;', `-c --${v.word()}s`)],
        ['no-input', 'contract.missing_param', (v) => `gcc -O${v.integer(0, 3)}`],
        ['machine', 'contract.value', (v) => compile('int a;', `-c -march=${v.word()}`)],
      ]),
    }
  },
}
