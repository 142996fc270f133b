import * as s from 'superstruct'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** A tool that checks its arguments with Superstruct. */
export const superstructTool: Source = {
  tool: 'superstruct',
  languages: ['en'],
  async open() {
    const one = (schema: s.Struct<unknown, unknown>, value: unknown) => ({
      input: { value: value as string },
      act: async () => s.assert(value, schema),
    })
    const of = (name: string, schema: s.Struct<never, never>, value: unknown) =>
      one(s.object({ [name]: schema as unknown as s.Struct<string> }) as never, { [name]: value })
    const as = (schema: unknown) => schema as s.Struct<never, never>
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        ['missing', 'contract.missing_param', (v) => one(s.object({ [v.name()]: s.string() }) as never, {})],
        [
          'extra',
          'contract.misnamed_param',
          (v) => one(s.object({}) as never, { [`${v.name()}x`]: v.integer(2, 9) }),
        ],
        ['type-number', 'contract.type', (v) => of(v.name(), as(s.number()), v.word())],
        ['type-string', 'contract.type', (v) => of(v.name(), as(s.string()), v.integer(2, 99))],
        ['type-boolean', 'contract.type', (v) => of(v.name(), as(s.boolean()), v.word())],
        ['type-array', 'contract.type', (v) => of(v.name(), as(s.array(s.string())), v.word())],
        ['type-item', 'contract.type', (v) => of(v.name(), as(s.array(s.string())), [v.integer(2, 99)])],
        ['null', 'contract.type', (v) => of(v.name(), as(s.string()), null)],
        ['integer', 'contract.type', (v) => of(v.name(), as(s.integer()), v.integer(2, 99) + 0.5)],
        ['enum', 'contract.value', (v) => of(v.name(), as(s.enums([v.word(), v.word()])), v.id())],
        [
          'too-small',
          'contract.value',
          (v) => of(v.name(), as(s.min(s.number(), v.integer(50, 99))), v.integer(2, 9)),
        ],
        ['too-long', 'contract.value', (v) => of(v.name(), as(s.size(s.string(), 1, 3)), v.phrase())],
        [
          'pattern',
          'contract.value',
          (v) => of(v.name(), as(s.pattern(s.string(), /^[A-Z]{3}$/)), v.phrase()),
        ],
        ['empty', 'contract.missing_param', (v) => of(v.name(), as(s.nonempty(s.string())), '')],
        ['date', 'contract.type', (v) => of(v.name(), as(s.date()), v.word())],
      ]),
    }
  },
}
