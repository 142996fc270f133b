import type { JsonObject } from '@lifeharness/core'
import { createCloudClient } from 'jira.js'
import { answeringApi, worded } from '../answering-api.ts'
import { provocations, type Source } from '../provocation.ts'
import type { Vary } from '../vary.ts'
import { thrownBy } from './node-fs.ts'

type Jira = ReturnType<typeof createCloudClient>

const HIDDEN = 'Issue does not exist or you do not have permission to see it.'
const EDIT = 'You do not have permission to edit issues in this project.'
const STATE =
  'It seems that you have tried to perform a workflow operation (Close Issue) that is not valid for the current state of this issue ({issueIdOrKey}).'
const FIELD = "Field '{field}' does not exist or you do not have permission to view it."
const SYNTAX = "Error in the JQL Query: Expecting operator but got '{word}'. (line 1, character 9)"

/** Jira's client library; the server answers in the shape and the words in which Jira's API does. */
export const jira: Source = {
  tool: 'jira',
  languages: ['en'],
  async open() {
    const api = await answeringApi()
    const auth = { type: 'basic' as const, email: 'ada@example.com', apiToken: 'x' }
    const client = (host = api.url) => createCloudClient({ host, auth, retry: { maxAttempts: 1 } })
    type Method = (client: Jira, input: never) => Promise<unknown>
    const call = (status: number, body: JsonObject, method: Method, given: (v: Vary) => JsonObject) => {
      return (v: Vary) => {
        const input = given(v)
        const told = JSON.parse(worded(JSON.stringify(body), input)) as JsonObject
        return api.answering({ status, body: told, headers: { 'retry-after': '30' } }, input, () =>
          method(client(), input as never),
        )
      }
    }
    const says = (status: number, message: string, method: Method, given: (v: Vary) => JsonObject) =>
      call(status, { errorMessages: [message], errors: {} }, method, given)
    const refused = (errors: JsonObject, method: Method, given: (v: Vary) => JsonObject) =>
      call(400, { errorMessages: [], errors }, method, given)
    const issue = (v: Vary) => ({
      issueIdOrKey: `${v.word().slice(0, 3).toUpperCase()}-${v.integer(2, 999)}`,
    })
    const fields = (v: Vary) => ({ project: { key: 'OPS' }, summary: v.phrase() })
    const get: Method = (client, input) => client.issues.getIssue(input)
    const edit: Method = (client, input) => client.issues.editIssue(input)
    const move: Method = (client, input) => client.issues.doTransition(input)
    const create: Method = (client, input) => client.issues.createIssue({ fields: input })
    const search: Method = (client, input) => client.issueSearch.searchAndReconsileIssuesUsingJql(input)
    const project: Method = (client, input) => client.projects.getProject(input)
    const version: Method = (client, input) => client.projectVersions.createVersion(input)
    return {
      close: api.close,
      provocations: provocations(thrownBy, [
        ['no-issue', 'state.not_found', says(404, HIDDEN, get, issue)],
        [
          'no-project',
          'state.not_found',
          says(404, "No project could be found with key '{projectIdOrKey}'.", project, (v) => ({
            projectIdOrKey: v.word().toUpperCase(),
          })),
        ],
        [
          'no-field',
          'state.not_found',
          says(400, FIELD, search, (v) => {
            const field = v.name()
            return { field, jql: `${field} = 1` }
          }),
        ],
        [
          'jql',
          'contract.value',
          says(400, SYNTAX, search, (v) => {
            const word = v.word()
            return { word, jql: `project ${word}` }
          }),
        ],
        [
          'no-summary',
          'contract.missing_param',
          refused({ summary: 'You must specify a summary of the issue.' }, create, (v) => ({
            project: { key: 'OPS' },
            description: v.phrase(),
          })),
        ],
        [
          'list',
          'contract.type',
          refused({ components: 'data was not an array' }, create, (v) => ({
            ...fields(v),
            components: v.word(),
          })),
        ],
        [
          'issue-type',
          'contract.value',
          refused({ issuetype: 'Specify a valid issue type' }, create, (v) => ({
            ...fields(v),
            issuetype: { name: v.word() },
          })),
        ],
        [
          'label',
          'contract.value',
          refused({ labels: "The label '{labels}' contains spaces which is invalid." }, create, (v) => ({
            ...fields(v),
            labels: [v.phrase()],
          })),
        ],
        [
          'state',
          'state.precondition',
          says(400, STATE, move, (v) => ({ ...issue(v), transition: { id: '31' } })),
        ],
        [
          'version',
          'state.conflict',
          refused({ name: 'A version with this name already exists in this project.' }, version, (v) => ({
            name: `${v.word()} ${v.integer(2, 9)}.0`,
            projectId: 10_000,
          })),
        ],
        [
          'token',
          'auth.denied',
          says(401, 'Client must be authenticated to access this resource.', get, issue),
        ],
        ['permission', 'auth.denied', says(403, EDIT, edit, (v) => ({ ...issue(v), fields: fields(v) }))],
        ['limited', 'exec.rate_limited', says(429, 'Rate limit exceeded.', get, issue)],
        ['down', 'exec.unavailable', says(503, 'Service Unavailable', get, issue)],
        [
          'refused',
          'exec.unavailable',
          (v) => {
            const input = issue(v)
            const dead = client(`http://127.0.0.1:${api.closedPort}`)
            return api.answering('never', input, () => get(dead, input as never))
          },
        ],
      ]),
    }
  },
}
