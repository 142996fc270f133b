import { parse } from 'acorn'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** JavaScript that the model wrote, read by Acorn. */
export const acornTool: Source = {
  tool: 'acorn',
  languages: ['en'],
  async open() {
    const on = (code: string) => ({
      input: { code },
      act: async () => parse(code, { ecmaVersion: 2022, sourceType: 'module' }),
    })
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        ['token', 'contract.value', (v) => on(`const ${v.word()} = = 1`)],
        ['string-end', 'contract.value', (v) => on(`const a = "${v.phrase()}`)],
        ['redeclared', 'contract.value', (v) => on(`let ${v.word()}x = 1; let b; let b = 2`)],
        ['export', 'contract.value', (v) => on(`export { ${v.name()}x }`)],
        ['return', 'contract.value', (v) => on(`return ${v.integer(2, 99)}`)],
        ['await', 'contract.value', (v) => on(`function f() { await ${v.word()}() }`)],
        ['keyword', 'contract.value', (v) => on(`const class = "${v.word()}"`)],
        ['regex', 'contract.value', (v) => on(`const ${v.word()} = /(/`)],
        ['break', 'contract.value', (v) => on(`const ${v.word()} = 1; break`)],
        ['assign', 'contract.value', (v) => on(`${v.integer(2, 99)} = 1`)],
        ['escape', 'contract.value', (v) => on(`const a = "\\u${v.word().slice(0, 1)}z"`)],
        ['comment', 'contract.value', (v) => on(`/* ${v.phrase()}`)],
      ]),
    }
  },
}
