import type { JsonObject } from '@lifeharness/core'
import { LogLevel, WebClient, type WebClientOptions } from '@slack/web-api'
import { answeringApi } from '../answering-api.ts'
import { provocations, type Source } from '../provocation.ts'
import type { Vary } from '../vary.ts'
import { thrownBy } from './node-fs.ts'

/** Slack's client library; the server answers with the codes of Slack's API. */
export const slack: Source = {
  tool: 'slack',
  languages: ['en'],
  async open() {
    const api = await answeringApi()
    const quiet = { logLevel: LogLevel.ERROR, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true }
    const client = (options: WebClientOptions = {}) => {
      const made = new WebClient('xoxb-x', { slackApiUrl: `${api.url}/api/`, ...quiet, ...options })
      for (const name of ['debug', 'info', 'warn', 'error'] as const)
        (made as unknown as { logger: Record<string, () => void> }).logger[name] = () => {}
      return made
    }
    const refused = (error: string, method: string, input: JsonObject, more: JsonObject = {}) =>
      api.answering({ status: 200, body: { ok: false, error, ...more } }, { method, ...input }, () =>
        client().apiCall(method, input),
      )
    const message = (v: Vary) => ({ channel: `C0${v.integer(10_000, 99_999)}`, text: v.phrase() })
    const post = 'chat.postMessage'
    return {
      close: api.close,
      provocations: provocations(thrownBy, [
        ['no-channel', 'state.not_found', (v) => refused('channel_not_found', post, message(v))],
        ['no-user', 'state.not_found', (v) => refused('user_not_found', 'users.info', { user: v.id() })],
        [
          'no-message',
          'state.not_found',
          (v) => refused('message_not_found', 'chat.update', { ...message(v), ts: '1.2' }),
        ],
        ['not-member', 'state.precondition', (v) => refused('not_in_channel', post, message(v))],
        ['archived', 'state.precondition', (v) => refused('is_archived', post, message(v))],
        [
          'reacted',
          'state.conflict',
          (v) => refused('already_reacted', 'reactions.add', { ...message(v), name: v.word() }),
        ],
        [
          'name-taken',
          'state.conflict',
          (v) => refused('name_taken', 'conversations.create', { name: v.word() }),
        ],
        ['token', 'auth.denied', (v) => refused('invalid_auth', post, message(v))],
        [
          'scope',
          'auth.denied',
          (v) =>
            refused('missing_scope', post, message(v), { needed: 'chat:write', provided: 'channels:read' }),
        ],
        ['no-text', 'contract.missing_param', (v) => refused('no_text', post, { channel: v.id() })],
        [
          'name-form',
          'contract.value',
          (v) => refused('invalid_name_specials', 'conversations.create', { name: `${v.word()}!` }),
        ],
        [
          'past',
          'contract.value',
          (v) =>
            refused('time_in_past', 'chat.scheduleMessage', {
              ...message(v),
              post_at: v.integer(1_000, 9_000),
            }),
        ],
        [
          'limited',
          'exec.rate_limited',
          (v) => {
            const headers = { 'retry-after': String(v.integer(2, 60)) }
            return api.answering({ status: 429, body: 'x', headers }, message(v), () =>
              client().apiCall(post, message(v)),
            )
          },
        ],
        [
          'down',
          'exec.unavailable',
          (v) =>
            api.answering({ status: 503, body: 'x' }, message(v), () => client().apiCall(post, message(v))),
        ],
        [
          'refused',
          'exec.unavailable',
          (v) =>
            api.answering('never', message(v), () =>
              client({ slackApiUrl: `http://127.0.0.1:${api.closedPort}/` }).apiCall(post, message(v)),
            ),
        ],
        [
          'no-answer',
          'exec.timeout',
          (v) =>
            api.answering('never', message(v), () =>
              client({ timeout: v.integer(40, 90) }).apiCall(post, message(v)),
            ),
        ],
      ]),
    }
  },
}
