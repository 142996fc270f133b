import { type Json, toolResult } from '@lifeharness/core'
import { Ajv, type SchemaObject } from 'ajv'
import addFormats from 'ajv-formats'
import { type Provoked, provocations, type Source } from '../provocation.ts'

const validator = new Ajv({ allErrors: false })
addFormats.default(validator)

/** A tool of a server that checks its arguments with Ajv, and answers with the errors as a text. */
function provoke([schema, input]: [SchemaObject, Json]): Provoked {
  if (validator.validate(schema, input)) return { input, result: toolResult('ok', 'done') }
  const message = `invalid arguments: ${validator.errorsText(validator.errors, { dataVar: 'arguments' })}`
  return { input, result: toolResult('error', message, { error: { message } }) }
}

const object = (properties: SchemaObject, more: SchemaObject = {}): SchemaObject => ({
  type: 'object',
  properties,
  ...more,
})

export const ajv: Source = {
  tool: 'ajv',
  languages: ['en'],
  async open() {
    return {
      close: () => {},
      provocations: provocations<[SchemaObject, Json]>(provoke, [
        [
          'missing',
          'contract.missing_param',
          (v) => [object({}, { required: [v.name()] }), { [`${v.name()}_x`]: 1 }],
        ],
        [
          'type-number',
          'contract.type',
          (v) => {
            const name = v.name()
            return [object({ [name]: { type: 'number' } }), { [name]: v.word() }]
          },
        ],
        [
          'type-boolean',
          'contract.type',
          (v) => {
            const name = v.name()
            return [object({ [name]: { type: 'boolean' } }), { [name]: v.pick(['yes', 1]) }]
          },
        ],
        [
          'type-array',
          'contract.type',
          (v) => {
            const name = v.name()
            return [object({ [name]: { type: 'array' } }), { [name]: v.phrase() }]
          },
        ],
        [
          'enum',
          'contract.value',
          (v) => {
            const name = v.name()
            return [object({ [name]: { enum: [v.word(), v.word()] } }), { [name]: v.id() }]
          },
        ],
        [
          'minimum',
          'contract.value',
          (v) => {
            const name = v.name()
            return [
              object({ [name]: { type: 'number', minimum: v.integer(10, 99) } }),
              { [name]: v.integer(1, 9) },
            ]
          },
        ],
        [
          'too-long',
          'contract.value',
          (v) => {
            const name = v.name()
            return [object({ [name]: { type: 'string', maxLength: v.integer(2, 5) } }), { [name]: v.path() }]
          },
        ],
        [
          'pattern',
          'contract.value',
          (v) => {
            const name = v.name()
            return [
              object({ [name]: { type: 'string', pattern: `^${v.word()}-[0-9]+$` } }),
              { [name]: v.word() },
            ]
          },
        ],
        [
          'format',
          'contract.value',
          (v) => {
            const name = v.name()
            return [
              object({ [name]: { type: 'string', format: v.pick(['date', 'email', 'uri', 'uuid']) } }),
              { [name]: v.phrase() },
            ]
          },
        ],
        [
          'extra',
          'contract.misnamed_param',
          (v) => [object({ a: {} }, { additionalProperties: false }), { a: 1, [`${v.name()}_x`]: 1 }],
        ],
        [
          'few-items',
          'contract.value',
          (v) => {
            const name = v.name()
            return [object({ [name]: { type: 'array', minItems: v.integer(3, 9) } }), { [name]: [v.word()] }]
          },
        ],
        [
          'any-of',
          'contract.value',
          (v) => {
            const name = v.name()
            return [
              object({
                [name]: {
                  type: 'number',
                  oneOf: [
                    { type: 'number', minimum: 1 },
                    { type: 'number', minimum: 2 },
                  ],
                },
              }),
              { [name]: v.integer(3, 99) },
            ]
          },
        ],
        [
          'unique',
          'contract.value',
          (v) => {
            const name = v.name()
            const word = v.word()
            return [object({ [name]: { type: 'array', uniqueItems: true } }), { [name]: [word, word] }]
          },
        ],
      ]),
    }
  },
}
