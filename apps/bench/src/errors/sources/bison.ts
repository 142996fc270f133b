import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** GNU Bison and m4, which make programs from grammars and macros. */
export const bison: Source = {
  tool: 'bison',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    for (const name of ['bison', 'm4']) program(name)
    await requireLocale(language, dir)
    const grammar = (text: string) =>
      `cd "$(mktemp -d)"; printf '%s\\n' '${text}' > main.y; bison -Wnone main.y`
    const macro = (text: string) => `printf '%s\\n' '${text}' | m4 -E -E`
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['missing', 'state.not_found', (v) => `bison ${v.word()}.y`],
        ['no-file', 'contract.missing_param', (v) => `bison -o ${v.word()}.c`],
        ['option', 'exec.dependency', (v) => `bison --${v.word()}s a.y 2>&1 | head -1 >&2; exit 1`],
        ['undeclared-symbol', 'contract.value', (v) => grammar(`%%\nstart: ${v.name()}_x;`)],
        ['syntax', 'contract.value', (v) => grammar(`%%\n${v.name()} = ${v.word()};`)],
        ['directive', 'contract.value', (v) => grammar(`%${v.word()}\n%%\na: ;`)],
        ['start-undefined', 'contract.value', (v) => grammar(`%start ${v.name()}_x\n%%\na: ;`)],
        ['no-rules', 'contract.value', (v) => grammar(`%token ${v.name()}\n%%`)],
        [
          'redeclared',
          'contract.value',
          (v) => {
            const n = `${v.name()}_x`
            return grammar(`%type <${v.word()}> ${n}\n%type <b> ${n}\n%%\n${n}: ;`)
          },
        ],
        ['language', 'contract.value', (v) => grammar(`%language "${v.word()}"\n%%\na: ;`)],
        ['m4-missing', 'state.not_found', (v) => `m4 ${v.word()}.m4`],
        ['m4-include', 'state.not_found', (v) => macro(`include(${v.word()}.m4)`)],
        ['m4-end', 'contract.value', (v) => macro(`define(\`${v.name()}'"'"', \`${v.phrase()}`)],
        ['m4-division', 'contract.value', (v) => macro(`eval(${v.integer(1, 99)} / 0)`)],
        ['m4-expression', 'contract.value', (v) => macro(`eval(${v.integer(1, 99)} ${v.word()})`)],
        ['m4-builtin', 'contract.value', (v) => macro(`builtin(\`${v.name()}'"'"')`)],
        ['m4-option', 'exec.dependency', (v) => `m4 --${v.word()}s 2>&1 | head -1 >&2; exit 1`],
      ]),
    }
  },
}
