import type { JsonObject } from '@lifeharness/core'
import { createClient } from '@supabase/supabase-js'
import { answeringApi, worded } from '../answering-api.ts'
import { provocations, type Source } from '../provocation.ts'
import type { Vary } from '../vary.ts'
import { thrownBy } from './node-fs.ts'

/** The client library of Supabase: rows, files and sign-in; the server answers in the shape and the words in which its services do. */
export const supabase: Source = {
  tool: 'supabase',
  languages: ['en'],
  async open() {
    const api = await answeringApi()
    const options = { auth: { persistSession: false, autoRefreshToken: false } }
    const client = (url = api.url) => createClient(url, 'anon-x', options)
    /** A tool that throws the error which the library returns. */
    const done = async (called: PromiseLike<{ data: unknown; error: unknown }>) => {
      const { data, error } = await called
      if (error) throw error
      return data
    }
    const rows = (status: number, code: string, message: string, given: (v: Vary) => JsonObject) => {
      return (v: Vary) => {
        const input = { table: 'orders', ...given(v) }
        const { table, insert, select = '*' } = input as { table: string; insert?: object; select?: string }
        const body = { code, message: worded(message, input), details: null, hint: null }
        return api.answering({ status, body }, input, () => {
          const from = client().from(table)
          return done(insert === undefined ? from.select(select) : from.insert(insert))
        })
      }
    }
    const signUp = (v: Vary) => ({ email: `${v.word()}@example.com`, password: `${v.word()}-9x` })
    const account = (
      status: number,
      code: string,
      msg: string,
      given: (v: Vary) => ReturnType<typeof signUp>,
    ) => {
      return (v: Vary) => {
        const input = given(v)
        return api.answering({ status, body: { code: status, error_code: code, msg } }, input, () =>
          done(client().auth.signUp(input)),
        )
      }
    }
    const file = (status: number, error: string, message: string) => (v: Vary) => {
      const input = { bucket: v.word(), path: v.file() }
      return api.answering({ status, body: { statusCode: String(status), error, message } }, input, () =>
        done(client().storage.from(input.bucket).upload(input.path, 'a')),
      )
    }
    return {
      close: api.close,
      provocations: provocations(thrownBy, [
        [
          'no-table',
          'state.not_found',
          rows(404, 'PGRST205', "Could not find the table 'public.{table}' in the schema cache", (v) => ({
            table: v.name(),
          })),
        ],
        [
          'no-column',
          'state.not_found',
          (v) => {
            const column = v.name()
            const message = `Could not find the '${column}' column of 'orders' in the schema cache`
            return rows(400, 'PGRST204', message, () => ({ insert: { [column]: v.word() } }))(v)
          },
        ],
        [
          'select',
          'contract.value',
          rows(400, 'PGRST100', '"failed to parse select parameter ({select})" (line 1, column 9)', (v) => ({
            select: `${v.word()}(`,
          })),
        ],
        [
          'row-policy',
          'auth.denied',
          rows(403, '42501', 'new row violates row-level security policy for table "orders"', (v) => ({
            insert: { note: v.phrase() },
          })),
        ],
        ['token', 'auth.denied', rows(401, 'PGRST303', 'JWT expired', (v) => ({ select: v.word() }))],
        [
          'database-down',
          'exec.unavailable',
          rows(503, 'PGRST000', 'Could not connect with the database due to an internal error.', (v) => ({
            select: v.word(),
          })),
        ],
        ['mime', 'contract.value', file(415, 'invalid_mime_type', 'mime type text/plain is not supported')],
        ['no-bucket', 'state.not_found', file(404, 'Bucket not found', 'Bucket not found')],
        ['file-exists', 'state.conflict', file(409, 'Duplicate', 'The resource already exists')],
        [
          'file-size',
          'result.oversize',
          file(413, 'Payload too large', 'The object exceeded the maximum allowed size'),
        ],
        [
          'registered',
          'state.conflict',
          account(422, 'user_already_exists', 'User already registered', signUp),
        ],
        [
          'mail',
          'contract.value',
          account(400, 'validation_failed', 'Unable to validate email address: invalid format', (v) => ({
            ...signUp(v),
            email: v.word(),
          })),
        ],
        [
          'password',
          'contract.value',
          account(422, 'weak_password', 'Password should be at least 6 characters.', (v) => ({
            ...signUp(v),
            password: 'abc',
          })),
        ],
        [
          'limited',
          'exec.rate_limited',
          account(429, 'over_email_send_rate_limit', 'email rate limit exceeded', signUp),
        ],
      ]),
    }
  },
}
