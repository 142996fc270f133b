import type { Json } from '@lifeharness/core'
import { type } from 'arktype'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** A tool that checks its arguments with ArkType, which throws a `TraversalError`. */
export const arktype: Source = {
  tool: 'arktype',
  languages: ['en'],
  async open() {
    const parse = (fields: Record<string, string>, input: Json) => ({
      input,
      act: async () => type.raw({ '+': 'reject', ...fields }).assert(input),
    })
    const one = (name: string, definition: string, value: Json) =>
      parse({ [name]: definition }, { [name]: value })
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        ['missing', 'contract.missing_param', (v) => parse({ [v.name()]: 'string' }, {})],
        ['type-number', 'contract.type', (v) => one(v.name(), 'number', v.word())],
        ['type-string', 'contract.type', (v) => one(v.name(), 'string', v.integer(1, 99))],
        ['type-list', 'contract.type', (v) => one(v.name(), 'string[]', v.phrase())],
        ['null', 'contract.type', (v) => one(v.name(), 'string', null)],
        ['enum', 'contract.value', (v) => one(v.name(), `'${v.word()}x' | '${v.word()}y'`, v.id())],
        [
          'too-small',
          'contract.value',
          (v) => one(v.name(), `number >= ${v.integer(50, 99)}`, v.integer(1, 9)),
        ],
        ['integer', 'contract.type', (v) => one(v.name(), 'number.integer', v.integer(1, 99) + 0.5)],
        ['too-long', 'contract.value', (v) => one(v.name(), `string <= ${v.integer(2, 6)}`, v.path())],
        ['email', 'contract.value', (v) => one(v.name(), 'string.email', v.phrase())],
        ['pattern', 'contract.value', (v) => one(v.name(), '/^[A-Z]{3}-[0-9]{4}$/', v.word())],
        [
          'date',
          'contract.value',
          (v) => one(v.name(), 'string.date.iso', `${v.integer(13, 28)}.${v.integer(1, 12)}.2024`),
        ],
        ['extra', 'contract.misnamed_param', (v) => parse({ a: 'number' }, { a: 1, [`${v.name()}_x`]: 1 })],
      ]),
    }
  },
}
