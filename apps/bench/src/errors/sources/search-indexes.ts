import * as orama from '@orama/orama'
import lunr from 'lunr'
import MiniSearch from 'minisearch'
import { functionProvocations } from '../function-tool.ts'
import type { Source } from '../provocation.ts'

/** Three indexes of full text: MiniSearch, Lunr and Orama. */
export const searchIndexes: Source = {
  tool: 'search-indexes',
  languages: ['en'],
  async open() {
    const mini = new MiniSearch<{ id: string; title?: string }>({ fields: ['title'] })
    mini.add({ id: 'one', title: 'a' })
    const index = lunr(function (this: lunr.Builder) {
      this.field('title')
      this.add({ id: 'one', title: 'a' })
    })
    const database = orama.create({
      schema: {
        id: 'string',
        title: 'string',
        total: 'number',
        paid: 'boolean',
        tags: 'string[]',
        size: 'enum',
        place: 'geopoint',
        meaning: 'vector[3]',
      },
    })
    orama.insert(database, { id: 'one', title: 'a', total: 5 })
    const functions = {
      miniAdd: (document: object) => mini.add(document as { id: string }),
      miniRemove: (document: object) => mini.remove(document as { id: string }),
      miniDiscard: (id: string) => mini.discard(id),
      miniLoad: (json: string) => MiniSearch.loadJSON(json, { fields: ['title'] }),
      miniSearch: (text: string, how: object) => mini.search(text, how),
      miniOpen: (how: object) => new MiniSearch(how as { fields: string[] }),
      lunrSearch: (query: string) => index.search(query),
      oramaInsert: (document: object) => orama.insert(database, document),
      oramaSearch: (how: object) => orama.search(database, how),
      oramaOpen: (how: object) => orama.create(how as { schema: { a: 'string' } }),
    }
    return {
      close: () => {},
      provocations: functionProvocations(functions, [
        ['mini-exists', 'state.conflict', (v) => ['miniAdd', { id: 'one', title: v.word() }]],
        ['mini-no-id', 'contract.missing_param', (v) => ['miniAdd', { title: v.word() }]],
        ['mini-remove', 'state.not_found', (v) => ['miniRemove', { id: v.id(), title: v.word() }]],
        ['mini-discard', 'state.not_found', (v) => ['miniDiscard', v.id()]],
        ['mini-fields', 'contract.missing_param', (v) => ['miniOpen', { storeFields: [v.word()] }]],
        ['mini-combine', 'contract.value', (v) => ['miniSearch', `a ${v.word()}`, { combineWith: v.word() }]],
        ['mini-json', 'parse.malformed_json', (v) => ['miniLoad', `{"${v.word()}": ${v.word()}`]],
        ['lunr-field', 'state.not_found', (v) => ['lunrSearch', `${v.name()}x:${v.word()}`]],
        ['lunr-term', 'contract.value', (v) => ['lunrSearch', `title: ${v.word()}:`]],
        ['lunr-distance', 'contract.type', (v) => ['lunrSearch', `${v.word()}~${v.word()}`]],
        ['lunr-presence', 'contract.value', (v) => ['lunrSearch', `${v.word()} +`]],
        ['orama-exists', 'state.conflict', (v) => ['oramaInsert', { id: 'one', title: v.word() }]],
        [
          'orama-operations',
          'contract.value',
          (v) => ['oramaSearch', { term: 'a', where: { total: { gt: v.integer(2, 9), lt: 99 } } }],
        ],
        [
          'orama-sort',
          'state.not_found',
          (v) => ['oramaSearch', { term: 'a', sortBy: { property: `${v.name()}x` } }],
        ],
        ['orama-mode', 'contract.value', (v) => ['oramaSearch', { term: 'a', mode: v.word() }]],
        [
          'orama-vector-size',
          'contract.value',
          (v) => [
            'oramaSearch',
            { mode: 'vector', vector: { value: [v.integer(2, 9)], property: 'meaning' } },
          ],
        ],
        [
          'orama-vector-property',
          'state.not_found',
          (v) => ['oramaSearch', { mode: 'vector', vector: { value: [1, 2, 3], property: v.name() } }],
        ],
        [
          'orama-language',
          'contract.value',
          (v) => ['oramaOpen', { schema: { a: 'string' }, language: v.word() }],
        ],
        ['orama-schema', 'contract.value', (v) => ['oramaOpen', { schema: { a: v.word() } }]],
      ]),
    }
  },
}
