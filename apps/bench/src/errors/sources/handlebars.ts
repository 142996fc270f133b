import type { JsonObject } from '@lifeharness/core'
import templates from 'handlebars'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** A tool that fills in a template which the model wrote. */
export const handlebars: Source = {
  tool: 'handlebars',
  languages: ['en'],
  async open() {
    const on = (template: string, values: JsonObject = {}) => ({
      input: { template, values },
      act: async () => templates.compile(template, { strict: true })(values),
    })
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        [
          'value-missing',
          'contract.missing_param',
          (v) => on(`Dear {{${v.name()}}},`, { [`${v.name()}_x`]: 1 }),
        ],
        ['block-mismatch', 'contract.value', (v) => on(`{{#if ${v.word()}x}}a{{/each}}`)],
        ['block-end', 'contract.value', (v) => on(`{{#if ${v.word()}}}${v.phrase()}`)],
        ['expression-end', 'contract.value', (v) => on(`Dear {{${v.word()}`)],
        ['partial', 'contract.value', (v) => on(`{{> ${v.name()}}}`)],
        ['template-type', 'contract.type', (v) => on(v.integer(1, 99) as never)],
        ['path', 'contract.value', (v) => on(`{{${v.word()}/../${v.word()}}}`)],
      ]),
    }
  },
}
