import { writes } from '../../src/worlds/contract-habits.ts'
import { of } from '../../src/worlds/profiles.ts'
import type { World } from '../../src/worlds/world.ts'
import { sqlEnvironment } from './index.ts'

/** Words of other databases, and of other spellings. */
const OTHER_DIALECT: readonly (readonly [RegExp, string])[] = [
  [/\bLIMIT 1\b/i, 'FETCH FIRST 1 ROWS ONLY'],
  [/^SELECT (?!TOP|DISTINCT)(.*) LIMIT (\d+)$/i, 'SELECT TOP $2 $1'],
  [/\bcount\(\*\)/i, 'COUNT_BIG(*)'],
]

const otherDialect = writes('words of another database', 'contract.value', ({ tool, input }, { chance }) => {
  const query = String(input.query)
  const found = OTHER_DIALECT.filter(([pattern]) => pattern.test(query))
  const [pattern, by] = found[Math.floor(chance('which') * found.length)] ?? []
  return pattern && by !== undefined ? { tool, input: { query: query.replace(pattern, by) } } : undefined
})

const guessedTable = writes(
  'a table by the name it might have',
  'state.not_found',
  ({ tool, input }, { chance }) => {
    const query = String(input.query)
    const table = /\bfrom\s+(\w+)/i.exec(query)?.[1]
    if (!table) return undefined
    const guesses = [table.endsWith('s') ? table.slice(0, -1) : `${table}s`, `tbl_${table}`, `${table}_table`]
    const guess = guesses[Math.floor(chance('name') * guesses.length)] as string
    return { tool, input: { query: query.replace(new RegExp(`\\b${table}\\b`, 'g'), guess) } }
  },
)

/** Undefined where the recordings are not there. */
export function sqlWorld(data: string): World | undefined {
  if (!sqlEnvironment(data)) return undefined
  return {
    name: 'sql',
    open: () => sqlEnvironment(data) as NonNullable<ReturnType<typeof sqlEnvironment>>,
    habits: {
      'small local model': [of(0.2, guessedTable)],
      hasty: [of(0.35, guessedTable)],
      'old habits': [of(0.4, otherDialect)],
    },
    config: { tools: { execute_sql: { readOnly: true } } },
  }
}
