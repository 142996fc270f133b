import { withAdvice } from '../advice.ts'
import { OPTION_PATH } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import { type JsonObject, valuesAt } from '../json.ts'
import { tablesFor } from '../sql-knowledge.ts'

type Options = JsonObject & { path: string; tables: { [table: string]: string[] } }

const NAME = '^[\\p{L}_][\\p{L}\\p{N}_$]{0,63}$'
/** Names that are shown of one table, and times an episode is told. */
const SHOWN = 32
const TIMES = 3

/**
 * Adds to the error of a query the names that are known to work in the tables it is about:
 * `{ path: '/query', tables: { shop: ['Shop_ID', 'City'] } }`. Names only, quoted as data, and only where the query uses
 * one that is not known.
 */
export const explainNames: Kind = defineIntervention<Options>({
  kind: 'explain-names',
  layer: 'trajectory',
  risk: 'form',
  phase: 'result',
  validation: 'hint',
  actions: ['replace-result'],
  options: {
    type: 'object',
    properties: {
      path: OPTION_PATH,
      tables: {
        type: 'object',
        minProperties: 1,
        maxProperties: 128,
        propertyNames: { pattern: NAME },
        additionalProperties: {
          type: 'array',
          minItems: 1,
          maxItems: 128,
          items: { type: 'string', pattern: NAME },
        },
      },
    },
    required: ['path', 'tables'],
    additionalProperties: false,
  },
  cap: () => TIMES,
  compile({ path, tables }) {
    return ({ call, failure }) => {
      if (!failure || failure.expectedNegative) return undefined
      const [text] = valuesAt(call.input, path)
      const about = typeof text === 'string' ? tablesFor(text, tables) : undefined
      if (!about) return undefined
      const lines = about.map((table) => lineFor(table, tables[table] ?? []))
      return { type: 'replace-result', edit: (view) => withAdvice(view, lines.join('\n')) }
    }
  },
})

function lineFor(table: string, names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map((name) => JSON.stringify(name))
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''
  return `Names that work in the table ${JSON.stringify(table)}: ${shown.join(', ')}${more}.`
}
