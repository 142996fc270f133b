import type { Json } from '@lifeharness/core'
import * as validator from 'yup'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** A tool that checks its arguments with Yup, which throws a `ValidationError`. */
export const yup: Source = {
  tool: 'yup',
  languages: ['en'],
  async open() {
    const parse = (fields: Record<string, validator.AnySchema>, input: Json) => ({
      input,
      act: async () => validator.object(fields).noUnknown().strict().validate(input),
    })
    const one = (name: string, schema: validator.AnySchema, value: Json) =>
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
        ['type-array', 'contract.type', (v) => one(v.name(), validator.array(), v.phrase())],
        ['null', 'contract.missing_param', (v) => one(v.name(), validator.string(), null)],
        [
          'enum',
          'contract.value',
          (v) => one(v.name(), validator.string().oneOf([v.word(), v.word()]), v.id()),
        ],
        [
          'too-small',
          'contract.value',
          (v) => one(v.name(), validator.number().min(v.integer(50, 99)), v.integer(1, 9)),
        ],
        [
          'too-large',
          'contract.value',
          (v) => one(v.name(), validator.number().max(v.integer(2, 9)), v.integer(10, 99)),
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
        ['email', 'contract.value', (v) => one(v.name(), validator.string().email(), v.phrase())],
        ['url', 'contract.value', (v) => one(v.name(), validator.string().url(), v.phrase())],
        [
          'date-time',
          'contract.value',
          (v) => one(v.name(), validator.string().datetime(), `${v.integer(1, 28)}.${v.integer(1, 12)}.2024`),
        ],
        [
          'pattern',
          'contract.value',
          (v) => one(v.name(), validator.string().matches(/^[A-Z]{3}-\d{4}$/), v.word()),
        ],
        [
          'extra',
          'contract.misnamed_param',
          (v) => parse({ a: validator.number() }, { a: 1, [`${v.name()}_x`]: 1 }),
        ],
      ]),
    }
  },
}
