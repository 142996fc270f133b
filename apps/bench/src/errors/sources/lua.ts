import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Lua and its compiler; what a program does wrong is wrong in the value. */
export const lua: Source = {
  tool: 'lua',
  languages: ['en'],
  async open({ dir, language }) {
    for (const name of ['lua', 'luac']) program(name)
    await requireLocale(language, dir)
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['nil-call', 'contract.value', (v) => `lua -e '${v.name()}()'`],
        ['nil-index', 'contract.value', (v) => `lua -e 'local a = ${v.name()}_x.b'`],
        ['arithmetic', 'contract.value', (v) => `lua -e 'print("${v.word()}" + 1)'`],
        ['concatenation', 'contract.value', () => `lua -e 'print("a" .. {})'`],
        ['compare', 'contract.value', (v) => `lua -e 'print(${v.integer(2, 99)} < "${v.word()}")'`],
        ['syntax', 'contract.value', (v) => `lua -e 'local = ${v.integer(2, 99)}'`],
        ['unfinished', 'contract.value', (v) => `lua -e 'print("${v.phrase()})'`],
        ['end-missing', 'contract.value', (v) => `lua -e 'if ${v.word()} then'`],
        [
          'module',
          'exec.dependency',
          (v) => `lua -e 'require "${v.word()}.${v.word()}"' 2>&1 | head -3 >&2; exit 1`,
        ],
        ['script', 'state.not_found', (v) => `lua ${v.path()}`],
        ['bad-argument', 'contract.value', () => `lua -e 'string.rep()'`],
        ['bad-number', 'contract.value', (v) => `lua -e 'tostring(math.floor("${v.word()}"))'`],
        ['goto', 'contract.value', (v) => `lua -e 'goto ${v.name()}'`],
        ['option', 'exec.dependency', (v) => `lua -${v.pick(['z', 'q', 'k'])}`],
        ['raised', 'contract.value', (v) => `lua -e 'error("${v.phrase()}")'`],
        ['open', 'state.not_found', (v) => `lua -e 'assert(io.open("${v.path()}"))'`],
        ['luac-missing', 'state.not_found', (v) => `luac ${v.path()}`],
      ]),
    }
  },
}
