import type { JsonObject } from '@lifeharness/core'
import { Client } from '@notionhq/client'
import { answeringApi } from '../answering-api.ts'
import { provocations, type Source } from '../provocation.ts'
import type { Vary } from '../vary.ts'
import { thrownBy } from './node-fs.ts'

type Request = { method: 'get' | 'post' | 'patch'; path: string; body?: JsonObject }

const SHARED = 'Make sure the relevant pages and databases are shared with your integration.'
const ARCHIVED = "Can't edit block that is archived. You must unarchive the block before editing."

/** Notion's client library; the server answers in the shape and the words in which Notion's API does. */
export const notion: Source = {
  tool: 'notion',
  languages: ['en'],
  async open() {
    const api = await answeringApi()
    const client = (baseUrl = api.url, timeoutMs = 5_000) =>
      new Client({ auth: 'ntn_x', baseUrl, timeoutMs, retry: false, logger: () => {} })
    const at = (method: Request['method'], path: string, body?: JsonObject): Request =>
      body === undefined ? { method, path } : { method, path, body }
    const says = (status: number, code: string, message: string, input: Request) =>
      api.answering({ status, body: { object: 'error', status, code, message } }, input, () =>
        client().request(input),
      )
    const invalid = (message: string, input: Request) => says(400, 'validation_error', message, input)
    const id = (v: Vary) => `${v.integer(10_000_000, 99_999_999)}-a1b2-4c3d-a4e5-0123456789ab`
    const page = (v: Vary) => at('get', `pages/${id(v)}`)
    const unanswered = (v: Vary, ...where: [url: string, timeoutMs?: number]) =>
      api.answering('never', page(v), () => client(...where).request(page(v)))
    return {
      close: api.close,
      provocations: provocations(thrownBy, [
        [
          'no-page',
          'state.not_found',
          (v) => {
            const input = page(v)
            const message = `Could not find page with ID: ${input.path.slice(6)}. ${SHARED}`
            return says(404, 'object_not_found', message, input)
          },
        ],
        [
          'no-property',
          'state.not_found',
          (v) => {
            const name = v.word()
            const body = { parent: { database_id: id(v) }, properties: { [name]: 'a' } }
            return invalid(`${name} is not a property that exists.`, at('post', 'pages', body))
          },
        ],
        [
          'missing',
          'contract.missing_param',
          (v) =>
            invalid(
              'body failed validation: body.parent should be defined, instead was `undefined`.',
              at('post', 'pages', { properties: { title: v.phrase() } }),
            ),
        ],
        [
          'uuid',
          'contract.value',
          (v) => {
            const given = v.word()
            const message = `path failed validation: path.page_id should be a valid uuid, instead was \`"${given}"\`.`
            return invalid(message, at('get', `pages/${given}`))
          },
        ],
        [
          'number',
          'contract.type',
          (v) => {
            const size = v.word()
            const message = `body failed validation: body.page_size should be a number, instead was \`"${size}"\`.`
            return invalid(message, at('post', 'search', { query: v.word(), page_size: size }))
          },
        ],
        [
          'length',
          'contract.value',
          (v) => {
            const length = v.integer(101, 300)
            const message = `body failed validation: body.children.length should be ≤ \`100\`, instead was \`${length}\`.`
            const children = Array.from({ length }, () => ({ divider: {} }))
            return invalid(message, at('patch', `blocks/${id(v)}/children`, { children }))
          },
        ],
        [
          'one-of',
          'contract.value',
          (v) => {
            const direction = v.word()
            const message = `body failed validation: body.sort.direction should be \`"ascending"\` or \`"descending"\`, instead was \`"${direction}"\`.`
            return invalid(message, at('post', 'search', { sort: { direction } }))
          },
        ],
        [
          'archived',
          'state.precondition',
          (v) => invalid(ARCHIVED, at('patch', `blocks/${id(v)}`, { paragraph: v.phrase() })),
        ],
        ['token', 'auth.denied', (v) => says(401, 'unauthorized', 'API token is invalid.', page(v))],
        [
          'permission',
          'auth.denied',
          (v) => says(403, 'restricted_resource', 'Insufficient permissions for this endpoint.', page(v)),
        ],
        [
          'conflict',
          'state.conflict',
          (v) => {
            const input = at('patch', `pages/${id(v)}`, { archived: true })
            return says(409, 'conflict_error', 'Conflict occurred while saving. Please try again.', input)
          },
        ],
        [
          'limited',
          'exec.rate_limited',
          (v) => {
            const message = 'You have been rate limited. Please try again in a few minutes.'
            return says(429, 'rate_limited', message, page(v))
          },
        ],
        [
          'down',
          'exec.unavailable',
          (v) => says(503, 'service_unavailable', 'Notion is unavailable. Please try again later.', page(v)),
        ],
        ['refused', 'exec.unavailable', (v) => unanswered(v, `http://127.0.0.1:${api.closedPort}`)],
        ['no-answer', 'exec.timeout', (v) => unanswered(v, api.url, v.integer(40, 90))],
      ]),
    }
  },
}
