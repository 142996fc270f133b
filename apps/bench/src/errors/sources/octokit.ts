import type { Json, JsonObject } from '@lifeharness/core'
import { Octokit } from '@octokit/rest'
import { answeringApi, worded } from '../answering-api.ts'
import { provocations, type Source } from '../provocation.ts'
import type { Vary } from '../vary.ts'
import { thrownBy } from './node-fs.ts'

const REPOSITORY = '/repos/{owner}/{repo}'
const POST_ISSUE = `POST ${REPOSITORY}/issues`
const POST_PULL = `POST ${REPOSITORY}/pulls`
const PUT_FILE = `PUT ${REPOSITORY}/contents/{path}`
const SECONDARY = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'

/** GitHub's client library; the server answers in the shape and the words in which GitHub's API does. */
export const octokit: Source = {
  tool: 'octokit',
  languages: ['en'],
  async open() {
    const api = await answeringApi()
    const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
    const client = new Octokit({ auth: 'ghp_x', baseUrl: api.url, log })
    const answers = (
      status: number,
      message: string,
      route: string,
      given: (v: Vary) => JsonObject,
      more: { errors?: Json[]; headers?: Record<string, string> } = {},
    ) => {
      return (v: Vary) => {
        const input = given(v)
        const { errors = [], headers = {} } = more
        const details: JsonObject =
          errors.length > 0 ? { errors: JSON.parse(worded(JSON.stringify(errors), input)) } : {}
        const links = { documentation_url: 'https://docs.github.com/rest', status: String(status) }
        const body = { message: worded(message, input), ...details, ...links }
        return api.answering({ status, body, headers }, { route, ...input }, () =>
          client.request(route, input as Record<string, string>),
        )
      }
    }
    const invalid = (error: JsonObject, route: string, given: (v: Vary) => JsonObject) =>
      answers(422, 'Validation Failed', route, given, { errors: [error] })
    const pull = (message: string) =>
      invalid({ resource: 'PullRequest', code: 'custom', message }, POST_PULL, (v) => ({
        ...issue(v),
        head: v.name(),
        base: 'main',
      }))
    const repository = (v: Vary) => ({ owner: v.word(), repo: v.name() })
    const issue = (v: Vary) => ({ ...repository(v), title: v.phrase() })
    const file = (v: Vary) => ({ ...repository(v), path: v.file(), message: v.phrase(), content: 'YQ==' })
    return {
      close: api.close,
      provocations: provocations(thrownBy, [
        ['not-found', 'state.not_found', answers(404, 'Not Found', `GET ${REPOSITORY}`, repository)],
        [
          'no-branch',
          'state.not_found',
          answers(404, 'Branch not found', `GET ${REPOSITORY}/branches/{branch}`, (v) => ({
            ...repository(v),
            branch: v.name(),
          })),
        ],
        ['token', 'auth.denied', answers(401, 'Bad credentials', POST_ISSUE, issue)],
        [
          'permission',
          'auth.denied',
          answers(403, 'Resource not accessible by integration', POST_ISSUE, issue),
        ],
        [
          'limit',
          'exec.rate_limited',
          answers(403, 'API rate limit exceeded for user ID 583231.', POST_ISSUE, issue, {
            headers: { 'x-ratelimit-remaining': '0' },
          }),
        ],
        ['secondary-limit', 'exec.rate_limited', answers(429, SECONDARY, POST_ISSUE, issue)],
        [
          'missing',
          'contract.missing_param',
          invalid({ resource: 'Issue', code: 'missing_field', field: 'title' }, POST_ISSUE, repository),
        ],
        [
          'sha',
          'contract.missing_param',
          answers(422, 'Invalid request.\n\n"sha" wasn\'t supplied.', PUT_FILE, file),
        ],
        [
          'list',
          'contract.type',
          answers(
            422,
            `Invalid request.\n\nFor 'properties/labels', "{labels}" is not an array.`,
            POST_ISSUE,
            (v) => ({ ...issue(v), labels: v.word() }),
          ),
        ],
        [
          'one-of',
          'contract.value',
          answers(
            422,
            `Invalid request.\n\nFor 'properties/state', "{state}" is not a member of ["open", "closed"].`,
            `PATCH ${REPOSITORY}/issues/{issue_number}`,
            (v) => ({ ...repository(v), issue_number: v.integer(2, 99), state: v.word() }),
          ),
        ],
        ['pull-exists', 'state.conflict', pull('A pull request already exists for {owner}:{head}.')],
        ['no-commits', 'state.precondition', pull('No commits between main and {head}')],
        [
          'branch-exists',
          'state.conflict',
          answers(422, 'Reference already exists', `POST ${REPOSITORY}/git/refs`, (v) => ({
            ...repository(v),
            ref: `refs/heads/${v.name()}`,
            sha: 'ab'.repeat(20),
          })),
        ],
        [
          'changed',
          'state.conflict',
          answers(409, '{path} does not match {sha}', PUT_FILE, (v) => ({
            ...file(v),
            sha: 'cd'.repeat(20),
          })),
        ],
        ['server', 'exec.unavailable', answers(502, 'Server Error', POST_ISSUE, issue)],
        [
          'refused',
          'exec.unavailable',
          (v) => {
            const input = { ...issue(v), baseUrl: `http://127.0.0.1:${api.closedPort}` }
            return api.answering('never', input, () => client.request(POST_ISSUE, input))
          },
        ],
      ]),
    }
  },
}
