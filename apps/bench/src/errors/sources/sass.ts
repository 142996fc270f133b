import { compileAsync, compileStringAsync } from 'sass'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** A compiler of style sheets. What is wrong in the sheet is wrong in the value that the model gave. */
export const sass: Source = {
  tool: 'sass',
  languages: ['en'],
  async open() {
    const on = (code: string) => ({ input: { code }, act: async () => compileStringAsync(code) })
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        ['variable', 'contract.value', (v) => on(`a { color: $${v.name()}; }`)],
        ['brace', 'contract.value', (v) => on(`.${v.word()} { color: red;`)],
        [
          'semicolon',
          'contract.value',
          (v) => on(`.${v.word()} { color: red width: ${v.integer(1, 9)}px; a }`),
        ],
        ['mixin', 'contract.value', (v) => on(`a { @include ${v.name()}_x; }`)],
        ['placeholder', 'contract.value', (v) => on(`a { @extend %${v.name()}; }`)],
        ['module', 'state.not_found', (v) => on(`@use '${v.word()}/${v.word()}';`)],
        ['units', 'contract.value', (v) => on(`a { width: ${v.integer(1, 9)}px + ${v.integer(1, 9)}s; }`)],
        [
          'argument-missing',
          'contract.value',
          (v) => on(`@mixin f($${v.name()}x) { a: b } a { @include f; }`),
        ],
        [
          'argument-name',
          'contract.value',
          (v) => on(`@mixin f($a: 1) { a: b } a { @include f($${v.name()}_x: 2); }`),
        ],
        ['raised', 'contract.value', (v) => on(`@error "${v.phrase()}";`)],
        [
          'file-missing',
          'state.not_found',
          (v) => {
            const path = v.path()
            return { input: { path }, act: () => compileAsync(path) }
          },
        ],
      ]),
    }
  },
}
