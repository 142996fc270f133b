import type { Json } from '@lifeharness/core'
import compile from 'jsonata'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** A query language for JSON. Its errors are objects with a code. */
export const jsonata: Source = {
  tool: 'jsonata',
  languages: ['en'],
  async open() {
    const on = (expression: string, value: Json = {}) => ({
      input: { expression },
      act: async () => compile(expression).evaluate(value),
    })
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        ['string-end', 'contract.value', (v) => on(`"${v.phrase()}`)],
        ['operator', 'contract.value', (v) => on(`${v.word()} ! ${v.word()}`)],
        ['token', 'contract.value', (v) => on(`(${v.word()} ]`)],
        ['end', 'contract.value', (v) => on(`$sum(${v.word()}`)],
        ['not-a-function', 'contract.value', (v) => on(`${v.name()}_x(${v.integer(1, 9)})`)],
        ['arithmetic', 'contract.type', (v) => on(`${v.integer(1, 99)} + "${v.word()}"`)],
        ['comparison', 'contract.type', (v) => on(`"${v.word()}" < ${v.integer(1, 99)}`)],
        [
          'argument-type',
          'contract.type',
          (v) => on(`$${v.pick(['uppercase', 'length', 'trim', 'lowercase'])}(${v.integer(1, 99)})`),
        ],
        ['number', 'contract.type', (v) => on(`$number("${v.word()}")`)],
        ['sum-type', 'contract.type', (v) => on(`$sum(["${v.word()}", 1])`)],
        ['root', 'contract.value', (v) => on(`$sqrt(-${v.integer(2, 99)})`)],
      ]),
    }
  },
}
