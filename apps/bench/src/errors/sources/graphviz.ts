import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Drawings of graphs by Graphviz. */
export const graphviz: Source = {
  tool: 'graphviz',
  languages: ['en'],
  async open({ dir, language }) {
    program('dot')
    await requireLocale(language, dir)
    const draw = (graph: string, args = '-Tsvg -o /dev/null') => `echo '${graph}' | dot ${args}`
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['format', 'contract.value', (v) => draw('digraph { a }', `-T${v.word()}`)],
        ['layout', 'contract.value', (v) => draw('digraph { a }', `-K${v.word()} -Tsvg`)],
        ['option', 'exec.dependency', (v) => draw('digraph { a }', `-Z${v.word()}`)],
        ['end', 'contract.value', (v) => draw(`digraph { ${v.word()} -> ${v.word()}`)],
        ['arrow', 'contract.value', (v) => draw(`graph { ${v.word()} -> ${v.word()} }`)],
        ['denied', 'auth.denied', (v) => draw('digraph { a }', `-Tsvg -o /etc/${v.word()}.svg`)],
        ['folder', 'state.not_found', (v) => draw('digraph { a }', `-Tsvg -o /srv/${v.word()}/a.svg`)],
        ['no-output', 'contract.missing_param', () => draw('digraph { a }', '-Tsvg -o')],
        ['program', 'contract.value', (v) => `echo 'digraph { a }' | gvpr 'N { ${v.word()} = = 1 }'`],
        ['converter', 'contract.value', (v) => `echo 'graph [ ${v.word()} [' | gml2gv`],
      ]),
    }
  },
}
