import type { Json } from '@lifeharness/core'
import * as v from 'valibot'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** A tool that parses its arguments with Valibot, which throws. */
export const valibot: Source = {
  tool: 'valibot',
  languages: ['en'],
  async open() {
    const parse = (schema: v.GenericSchema, input: Json) => ({
      input,
      act: async () => v.parse(schema, input),
    })
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        [
          'missing',
          'contract.missing_param',
          (vary) => parse(v.object({ [vary.name()]: v.string() }), { [`${vary.name()}_x`]: 1 }),
        ],
        [
          'type-number',
          'contract.type',
          (vary) => {
            const name = vary.name()
            return parse(v.object({ [name]: v.number() }), { [name]: vary.word() })
          },
        ],
        [
          'type-string',
          'contract.type',
          (vary) => {
            const name = vary.name()
            return parse(v.object({ [name]: v.string() }), { [name]: vary.integer(1, 99) })
          },
        ],
        [
          'type-array',
          'contract.type',
          (vary) => {
            const name = vary.name()
            return parse(v.object({ [name]: v.array(v.string()) }), { [name]: vary.phrase() })
          },
        ],
        [
          'enum',
          'contract.value',
          (vary) => {
            const name = vary.name()
            return parse(v.object({ [name]: v.picklist([vary.word(), vary.word()]) }), { [name]: vary.id() })
          },
        ],
        [
          'email',
          'contract.value',
          (vary) => {
            const name = vary.name()
            return parse(v.object({ [name]: v.pipe(v.string(), v.email()) }), { [name]: vary.phrase() })
          },
        ],
        [
          'too-small',
          'contract.value',
          (vary) => {
            const name = vary.name()
            return parse(v.object({ [name]: v.pipe(v.number(), v.minValue(vary.integer(50, 99))) }), {
              [name]: vary.integer(1, 9),
            })
          },
        ],
        [
          'too-long',
          'contract.value',
          (vary) => {
            const name = vary.name()
            return parse(v.object({ [name]: v.pipe(v.string(), v.maxLength(vary.integer(2, 6))) }), {
              [name]: vary.path(),
            })
          },
        ],
        [
          'date',
          'contract.value',
          (vary) => {
            const name = vary.name()
            return parse(v.object({ [name]: v.pipe(v.string(), v.isoDate()) }), {
              [name]: `${vary.integer(1, 28)}.${vary.integer(1, 12)}.2024`,
            })
          },
        ],
        [
          'extra',
          'contract.misnamed_param',
          (vary) => parse(v.strictObject({ a: v.number() }), { a: 1, [`${vary.name()}_x`]: 1 }),
        ],
      ]),
    }
  },
}
