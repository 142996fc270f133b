import { correctedCall, editEvery, OPTION_PATH } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'
import { renamedSql, type SqlRename } from '../sql-renames.ts'

type Options = JsonObject & { path: string; names: SqlRename[] }

const NAME: JsonObject = { type: 'string', pattern: '^[\\p{L}_][\\p{L}\\p{N}_$]{0,63}$' }

/**
 * Sends a query again that failed over a name, with the names that the database has for its tables and columns:
 * `{ path: '/query', names: [{ from: 'shops', to: 'shop' }, { table: 'shop', from: 'id', to: 'Shop_ID' }] }`. Only when
 * the error speaks of a name that is then changed: databases differ, and what one does not have another may. In plain
 * queries only; a statement that writes is left alone, and so is a column whose table the text does not tell.
 */
export const renameSqlNames: Kind = defineIntervention<Options>({
  kind: 'rename-sql-names',
  layer: 'trajectory',
  risk: 'value',
  phase: 'result',
  validation: 'edit',
  actions: ['retry'],
  options: {
    type: 'object',
    properties: {
      path: OPTION_PATH,
      names: {
        type: 'array',
        minItems: 1,
        maxItems: 256,
        items: {
          type: 'object',
          properties: { from: NAME, to: NAME, table: NAME },
          required: ['from', 'to'],
          additionalProperties: false,
        },
      },
    },
    required: ['path', 'names'],
    additionalProperties: false,
  },
  compile({ path, names }) {
    const key = (name: string, table?: string) => `${table ?? ''}\n${name}`
    const targets = new Set(names.map(({ to, table }) => key(to, table)))
    for (const { from, to, table } of names)
      if (from === to || targets.has(key(from, table)))
        throw new Error('rename-sql-names must not rename what it renames to')
    return (context) => {
      const said = wordsOf(`${context.result.error?.message ?? ''} ${context.failure?.evidence.bytes ?? ''}`)
      return correctedCall(
        context,
        editEvery(context.call.input, path, (value) => {
          const renamed = typeof value === 'string' ? renamedSql(value, names) : undefined
          return renamed && [...renamed.wrong].some((name) => said.has(name)) ? { to: renamed.text } : 'keep'
        }),
      )
    }
  },
})

const SAID = 1_000

function wordsOf(message: string): ReadonlySet<string> {
  return new Set(message.slice(0, SAID).match(/[\p{L}\p{N}_$]+/gu) ?? [])
}
