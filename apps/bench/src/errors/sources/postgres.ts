import { errorFacts, toolResult } from '@lifeharness/core'
import pg from 'pg'
import { POSTGRES_ROWS, POSTGRES_SCHEMA } from '../postgres-rows.ts'
import { postgresServer } from '../postgres-server.ts'
import { type Provoked, provocations, type Source } from '../provocation.ts'
import { localeOf, requireLocale } from '../shell.ts'

/** A tool `query{sql}` around the `pg` driver, whose errors carry the SQLSTATE. */
export const postgres: Source = {
  tool: 'postgres',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    await requireLocale(language, dir)
    const server = await postgresServer(dir)
    const client = new pg.Client({
      host: '127.0.0.1',
      port: server.port,
      user: 'postgres',
      database: 'postgres',
    })
    await client.connect()
    await client.query(POSTGRES_SCHEMA)
    await client.query(`SET lc_messages = '${language === 'en' ? 'C' : localeOf(language)}'`)
    const provoke = async (sql: string): Promise<Provoked> => {
      try {
        await client.query('BEGIN')
        return { input: { sql }, result: toolResult('ok', await client.query(sql)) }
      } catch (thrown) {
        return { input: { sql }, result: toolResult('error', thrown, { error: errorFacts(thrown) }) }
      } finally {
        await client.query('ROLLBACK')
      }
    }
    return {
      close: async () => {
        await client.end()
        await server.close()
      },
      provocations: provocations(provoke, POSTGRES_ROWS),
    }
  },
}
