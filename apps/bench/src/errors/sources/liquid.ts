import { Liquid } from 'liquidjs'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** Templates of Liquid that the model wrote. */
export const liquidTool: Source = {
  tool: 'liquid',
  languages: ['en'],
  async open() {
    const engine = new Liquid({ strictVariables: true, strictFilters: true })
    const on = (template: string) => ({
      input: { template },
      act: async () => engine.parseAndRender(template, {}),
    })
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        ['variable', 'contract.value', (v) => on(`Dear {{ ${v.name()} }}`)],
        ['filter', 'contract.value', (v) => on(`{{ "a" | ${v.word()}x }}`)],
        ['tag', 'contract.value', (v) => on(`{% ${v.word()}x %}`)],
        ['tag-end', 'contract.value', (v) => on(`{% if true %} ${v.phrase()}`)],
        ['output-end', 'contract.value', (v) => on(`{{ "a" ${v.word()}`)],
        ['partial', 'state.not_found', (v) => on(`{% render "${v.word()}" %}`)],
        ['for', 'contract.value', (v) => on(`{% for ${v.word()} %}{% endfor %}`)],
        ['assign', 'contract.value', (v) => on(`{% assign ${v.integer(2, 9)} %}`)],
      ]),
    }
  },
}
