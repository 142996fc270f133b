import less from 'less'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** Style sheets of Less that the model wrote. */
export const lessTool: Source = {
  tool: 'less',
  languages: ['en'],
  async open() {
    const on = (sheet: string) => ({ input: { sheet }, act: async () => less.render(sheet) })
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        ['variable', 'contract.value', (v) => on(`a { color: @${v.name()}x; }`)],
        ['mixin', 'contract.value', (v) => on(`a { .${v.word()}x(); }`)],
        ['brace', 'contract.value', (v) => on(`a { color: red; /* ${v.word()} */`)],
        ['import', 'state.not_found', (v) => on(`@import "${v.word()}/${v.word()}";`)],
        [
          'units',
          'contract.value',
          (v) => on(`a { width: ${v.integer(2, 99)}px + @b; } @b: ~"${v.word()}" * 2;`),
        ],
        ['function', 'contract.value', (v) => on(`a { color: darken("${v.word()}", 10%); }`)],
        ['syntax', 'contract.value', (v) => on(`a { ${v.word()} ${v.word()} }; }`)],
        ['recursive', 'contract.value', (v) => on(`@a: @b; @b: @a; a { ${v.word()}: @a; }`)],
        ['property', 'contract.value', (v) => on(`a { color: $${v.word()}x; }`)],
        ['plugin', 'state.not_found', (v) => on(`@plugin "${v.word()}x";`)],
      ]),
    }
  },
}
