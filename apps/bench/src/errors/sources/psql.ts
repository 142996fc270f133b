import { toolResult } from '@lifeharness/core'
import { POSTGRES_ROWS, POSTGRES_SCHEMA } from '../postgres-rows.ts'
import { postgresServer } from '../postgres-server.ts'
import { type Provoked, provocations, type Source } from '../provocation.ts'
import { localeOf, requireLocale, run, speaking } from '../shell.ts'

/** A tool `sql{sql}` that runs psql and answers with what it printed: text, and nothing else. */
export const psql: Source = {
  tool: 'psql',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    await requireLocale(language, dir)
    const server = await postgresServer(dir)
    const messages = language === 'en' ? 'C' : localeOf(language)
    const env = {
      ...speaking(language),
      HOME: dir,
      PGOPTIONS: `-c lc_messages=${messages} -c client_encoding=UTF8`,
    }
    const psqlRun = (sql: string) => {
      const target = ['-h', '127.0.0.1', '-p', String(server.port), '-U', 'postgres', '-d', 'postgres']
      return run(server.psql, [...target, '-X', '-q', '-1', '-v', 'ON_ERROR_STOP=1', '-c', sql], {
        cwd: dir,
        env,
      })
    }
    const made = await psqlRun(POSTGRES_SCHEMA)
    if (made.exitCode !== 0) throw new Error(`psql: ${made.stderr}`)
    const provoke = async (sql: string): Promise<Provoked> => {
      const { stderr, stdout, exitCode } = await psqlRun(sql)
      const message = stderr.trim() || stdout.trim()
      const outcome = exitCode === 0 ? 'ok' : 'error'
      return {
        input: { sql },
        result: toolResult(outcome, message, outcome === 'ok' ? {} : { error: { message } }),
      }
    }
    return { close: server.close, provocations: provocations(provoke, POSTGRES_ROWS) }
  },
}
