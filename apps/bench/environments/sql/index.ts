import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { JsonObject } from '@lifeharness/core'
import { type Environment, type EnvironmentTask, splitByTemplate, taskAt } from '../environment.ts'
import { jsonLines } from '../json-lines.ts'
import { openDatabase, type Row, runStatement, sameRows } from './sql-tool.ts'

export type SqlTask = EnvironmentTask & { database: string; gold: string }
export type SqlEnvironment = Environment & { tasks: readonly SqlTask[] }
type RecordedTask = { task_id: number; db: string; question: string; gold: string }

const CONTRACT = {
  name: 'execute_sql',
  description: 'Runs one SQL statement and returns its rows. Your last statement is your answer.',
  inputSchema: {
    type: 'object',
    properties: { query: { type: 'string' } },
    required: ['query'],
    additionalProperties: false,
  },
}

/**
 * Questions about real SQLite databases; the answer is what the last statement returned. A template is a database, and
 * every third database is for testing. Undefined where the recordings are not there.
 */
export function sqlEnvironment(data: string): SqlEnvironment | undefined {
  const folder = join(data, 'env', 'intercode-sql')
  if (!existsSync(folder)) return undefined
  const scripts = new Map<string, string>()
  const scriptOf = (name: string): string => {
    const known = scripts.get(name)
    if (known !== undefined) return known
    const script = readFileSync(join(folder, 'sqlite', `${name}.sql`), 'utf8')
    scripts.set(name, script)
    return script
  }
  const tasks = readTasks(join(folder, 'tasks.jsonl'))
  let database: DatabaseSync | undefined
  let current: SqlTask | undefined
  let rows: Row[] | undefined
  return {
    name: 'intercode-sql',
    tasks,
    async reset(seed) {
      current = taskAt(tasks, seed)
      rows = undefined
      database?.close()
      const opened = openDatabase(current.database, scriptOf(current.database))
      database = opened
      const execute = ({ query }: JsonObject) => {
        rows = undefined
        rows = runStatement(opened, String(query))
        return rows
      }
      return { task: current, tools: [{ ...CONTRACT, execute }] }
    },
    async check() {
      if (!current || !rows) return 0
      const untouched = openDatabase(current.database, scriptOf(current.database))
      const wanted = runStatement(untouched, current.gold)
      untouched.close()
      return sameRows(rows, wanted, /\border\s+by\b/i.test(current.gold)) ? 1 : 0
    },
    solution: (seed) => [{ tool: CONTRACT.name, input: { query: taskAt(tasks, seed).gold } }],
    async close() {
      database?.close()
      database = undefined
    },
  }
}

function readTasks(file: string): SqlTask[] {
  const recorded = jsonLines<RecordedTask>(file)
  const splitOf = splitByTemplate(recorded.map(({ db }) => db))
  return recorded.map(({ task_id, db, question, gold }) => ({
    id: `intercode-sql-${task_id}`,
    split: splitOf(db),
    template: db,
    turns: [question],
    database: db,
    gold,
  }))
}
