import 'reflect-metadata'
import type { JsonObject } from '@lifeharness/core'
import * as rules from 'class-validator'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** A tool that checks its arguments with class-validator; it says all that was violated, as web frameworks do. */
export const classValidator: Source = {
  tool: 'class-validator',
  languages: ['en'],
  async open() {
    const check = (
      decorators: Readonly<Record<string, readonly PropertyDecorator[]>>,
      input: JsonObject,
    ) => ({
      input,
      act: async () => {
        class Order {}
        for (const [name, list] of Object.entries(decorators))
          for (const decorate of list) decorate(Order.prototype, name)
        const violated = await rules.validate(Object.assign(new Order(), input), {
          whitelist: true,
          forbidNonWhitelisted: true,
        })
        if (violated.length > 0) throw new Error(violated.flatMap(told).join('\n'))
      },
    })
    const one = (name: string, rule: PropertyDecorator, value: JsonObject[string]) =>
      check({ [name]: [rule] }, { [name]: value })
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        ['missing', 'contract.missing_param', (v) => check({ [v.name()]: [rules.IsDefined()] }, {})],
        ['empty', 'contract.missing_param', (v) => one(v.name(), rules.IsNotEmpty(), '')],
        [
          'extra',
          'contract.misnamed_param',
          (v) => check({ a: [rules.IsOptional()] }, { a: 1, [`${v.name()}_x`]: v.integer(2, 9) }),
        ],
        ['text', 'contract.type', (v) => one(v.name(), rules.IsString(), v.integer(2, 99))],
        ['number', 'contract.type', (v) => one(v.name(), rules.IsNumber(), v.word())],
        ['integer', 'contract.type', (v) => one(v.name(), rules.IsInt(), v.integer(2, 99) + 0.5)],
        ['boolean', 'contract.type', (v) => one(v.name(), rules.IsBoolean(), v.word())],
        ['list', 'contract.type', (v) => one(v.name(), rules.IsArray(), v.phrase())],
        ['item', 'contract.type', (v) => one(v.name(), rules.IsString({ each: true }), [v.integer(2, 99)])],
        ['one-of', 'contract.value', (v) => one(v.name(), rules.IsIn([v.word(), v.word()]), v.id())],
        ['minimum', 'contract.value', (v) => one(v.name(), rules.Min(v.integer(50, 99)), v.integer(2, 9))],
        ['length', 'contract.value', (v) => one(v.name(), rules.MaxLength(v.integer(2, 3)), v.phrase())],
        ['pattern', 'contract.value', (v) => one(v.name(), rules.Matches(/^[A-Z]{3}-\d{4}$/), v.word())],
        ['email', 'contract.value', (v) => one(v.name(), rules.IsEmail(), v.word())],
        ['date', 'contract.value', (v) => one(v.name(), rules.IsISO8601(), v.phrase())],
        ['uuid', 'contract.value', (v) => one(v.name(), rules.IsUUID(), v.word())],
      ]),
    }
  },
}

function told({ constraints = {} }: rules.ValidationError): string[] {
  return Object.values(constraints)
}
