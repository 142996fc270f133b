import { evaluate } from 'mathjs'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** A calculator. */
export const mathjs: Source = {
  tool: 'mathjs',
  languages: ['en'],
  async open() {
    const on = (expression: string) => ({ input: { expression }, act: async () => evaluate(expression) })
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        ['symbol', 'contract.value', (v) => on(`${v.name()}_x + ${v.integer(1, 99)}`)],
        ['function', 'contract.value', (v) => on(`${v.name()}_of(${v.integer(1, 99)})`)],
        ['value', 'contract.value', (v) => on(`${v.integer(1, 99)} * `)],
        ['parenthesis', 'contract.value', (v) => on(`(${v.integer(1, 99)} + ${v.integer(1, 99)}`)],
        ['operator', 'contract.value', (v) => on(`${v.integer(1, 99)} ) ${v.integer(1, 99)}`)],
        [
          'few-arguments',
          'contract.missing_param',
          (v) => on(`${v.pick(['sqrt', 'log', 'round', 'abs'])}()`),
        ],
        ['many-arguments', 'contract.value', (v) => on(`sqrt(${v.integer(1, 9)}, ${v.integer(1, 9)})`)],
        ['units', 'contract.value', (v) => on(`${v.integer(1, 99)} cm + ${v.integer(1, 99)} kg`)],
        ['dimensions', 'contract.value', (v) => on(`[1, ${v.integer(1, 9)}] + [1, 2, ${v.integer(1, 9)}]`)],
        ['not-a-number', 'contract.type', (v) => on(`"${v.word()}" * ${v.integer(2, 9)}`)],
        ['index', 'contract.value', (v) => on(`[1, 2, 3][${v.integer(4, 99)}]`)],
        ['string-end', 'contract.value', (v) => on(`concat("${v.phrase()}`)],
        ['factorial', 'contract.value', (v) => on(`(-${v.integer(1, 99)})!`)],
      ]),
    }
  },
}
