import { editEvery, editedCall, OPTION_PATH } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'
import { renamedSql, type SqlRename } from '../sql-renames.ts'

type Options = JsonObject & { path: string; names: SqlRename[] }

const NAME: JsonObject = { type: 'string', pattern: '^[\\p{L}_][\\p{L}\\p{N}_$]{0,63}$' }

/**
 * Calls tables and columns by the names that the database has for them:
 * `{ path: '/query', names: [{ from: 'shops', to: 'shop' }, { table: 'shop', from: 'id', to: 'Shop_ID' }] }`. In plain
 * queries only; a statement that writes is left alone, and so is a column whose table the text does not tell.
 */
export const renameSqlNames: Kind = defineIntervention<Options>({
  kind: 'rename-sql-names',
  layer: 'action',
  risk: 'value',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  touches: ({ path }) => path,
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
    return (context) =>
      editedCall(
        context,
        editEvery(context.call.input, path, (value) => {
          const to = typeof value === 'string' ? renamedSql(value, names) : undefined
          return to === undefined ? 'keep' : { to }
        }),
      )
  },
})
