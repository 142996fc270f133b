import type { Json } from '@lifeharness/core'
import validator from 'joi'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** A tool that checks its arguments with joi, which throws a `ValidationError`. */
export const joi: Source = {
  tool: 'joi',
  languages: ['en'],
  async open() {
    const parse = (fields: validator.SchemaMap, input: Json) => ({
      input,
      act: async () => validator.attempt(input, validator.object(fields), { convert: false }),
    })
    const one = (name: string, schema: validator.Schema, value: Json) =>
      parse({ [name]: schema }, { [name]: value })
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        [
          'missing',
          'contract.missing_param',
          (v) => parse({ [v.name()]: validator.string().required() }, {}),
        ],
        ['type-number', 'contract.type', (v) => one(v.name(), validator.number(), v.word())],
        ['type-string', 'contract.type', (v) => one(v.name(), validator.string(), v.integer(1, 99))],
        ['type-boolean', 'contract.type', (v) => one(v.name(), validator.boolean(), v.pick(['yes', 1]))],
        ['type-array', 'contract.type', (v) => one(v.name(), validator.array(), v.phrase())],
        ['enum', 'contract.value', (v) => one(v.name(), validator.valid(v.word(), v.word()), v.id())],
        [
          'too-small',
          'contract.value',
          (v) => one(v.name(), validator.number().min(v.integer(50, 99)), v.integer(1, 9)),
        ],
        [
          'integer',
          'contract.type',
          (v) => one(v.name(), validator.number().integer(), v.integer(1, 99) + 0.5),
        ],
        [
          'too-long',
          'contract.value',
          (v) => one(v.name(), validator.string().max(v.integer(2, 6)), v.path()),
        ],
        ['empty', 'contract.missing_param', (v) => one(v.name(), validator.string(), '')],
        [
          'pattern',
          'contract.value',
          (v) => one(v.name(), validator.string().pattern(/^[A-Z]{3}-\d{4}$/), v.word()),
        ],
        ['email', 'contract.value', (v) => one(v.name(), validator.string().email(), v.phrase())],
        [
          'date',
          'contract.value',
          (v) => one(v.name(), validator.string().isoDate(), `${v.integer(1, 28)}.${v.integer(1, 12)}.2024`),
        ],
        ['guid', 'contract.value', (v) => one(v.name(), validator.string().guid(), v.word())],
        [
          'extra',
          'contract.misnamed_param',
          (v) => parse({ a: validator.number() }, { a: 1, [`${v.name()}_x`]: 1 }),
        ],
        [
          'few-items',
          'contract.value',
          (v) => one(v.name(), validator.array().min(v.integer(3, 9)), [v.word()]),
        ],
        [
          'missing-nested',
          'contract.missing_param',
          (v) => one(v.name(), validator.object({ [v.name()]: validator.required() }), {}),
        ],
      ]),
    }
  },
}
