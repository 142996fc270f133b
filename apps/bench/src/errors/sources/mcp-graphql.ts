import type { JsonObject } from '@lifeharness/core'
import { localServer } from '../local-server.ts'
import { type McpCall, mcpServer } from '../mcp-client.ts'
import { provocations, type Source } from '../provocation.ts'
import type { Vary } from '../vary.ts'

/** A GraphQL API behind an MCP server; the API answers in the words in which GitHub's does. */
export const mcpGraphql: Source = {
  tool: 'mcp-graphql',
  languages: ['en'],
  async open({ dir }) {
    const answers = new Map<string, [status: number, body: JsonObject]>()
    const web = await localServer(async (request, response) => {
      let text = ''
      for await (const part of request) text += part
      const [status, body] = answers.get((JSON.parse(text) as { query: string }).query) ?? [404, {}]
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
    const manifest = import.meta.resolve('mcp-graphql/package.json')
    const { call, close } = await mcpServer(manifest, [], { cwd: dir, env: { ENDPOINT: web.url } })
    const query = (text: string): McpCall => ['query-graphql', { query: text }]
    const status = (code: number, text: string, message: string) => {
      answers.set(text, [code, { message, documentation_url: 'https://docs.github.com/graphql' }])
      return query(text)
    }
    const errors = (text: string, error: JsonObject) => {
      answers.set(text, [200, { errors: [{ ...error, locations: [{ line: 1, column: 3 }] }] }])
      return query(text)
    }
    const repository = (v: Vary) => `repository(owner: "${v.word()}", name: "${v.word()}")`
    return {
      close: async () => {
        await close()
        await web.close()
      },
      provocations: provocations<McpCall>(call, [
        [
          'no-repository',
          'state.not_found',
          (v) => {
            const [owner, name] = [v.word(), v.name()]
            return errors(`{ repository(owner: "${owner}", name: "${name}") { id } }`, {
              type: 'NOT_FOUND',
              path: ['repository'],
              message: `Could not resolve to a Repository with the name '${owner}/${name}'.`,
            })
          },
        ],
        [
          'no-node',
          'state.not_found',
          (v) => {
            const id = v.id()
            return errors(`{ node(id: "${id}") { id } }`, {
              type: 'NOT_FOUND',
              path: ['node'],
              message: `Could not resolve to a node with the global id of '${id}'`,
            })
          },
        ],
        [
          'argument',
          'contract.misnamed_param',
          (v) => {
            const name = v.word()
            return errors(`{ viewer(${name}: 1) { login } }`, {
              path: ['query', 'viewer', name],
              extensions: { code: 'argumentNotAccepted', name: 'viewer', argumentName: name },
              message: `Field 'viewer' doesn't accept argument '${name}'`,
            })
          },
        ],
        [
          'required',
          'contract.missing_param',
          (v) =>
            errors(`{ repository(owner: "${v.word()}") { id } }`, {
              path: ['query', 'repository'],
              extensions: { code: 'missingRequiredArguments', name: 'repository', arguments: 'name' },
              message: "Field 'repository' is missing required arguments: name",
            }),
        ],
        [
          'type',
          'contract.type',
          (v) => {
            const first = v.word()
            return errors(`{ ${repository(v)} { issues(first: "${first}") { totalCount } } }`, {
              path: ['query', 'repository', 'issues', 'first'],
              extensions: { code: 'argumentLiteralsIncompatible', typeName: 'Field', argumentName: 'first' },
              message: `Argument 'first' on Field 'issues' has an invalid value ("${first}"). Expected type 'Int'.`,
            })
          },
        ],
        [
          'forbidden',
          'auth.denied',
          (v) =>
            errors(`{ ${repository(v)} { secrets { name } } }`, {
              type: 'FORBIDDEN',
              path: ['repository', 'secrets'],
              message: 'Resource not accessible by personal access token',
            }),
        ],
        ['token', 'auth.denied', (v) => status(401, `{ ${repository(v)} { createdAt } }`, 'Bad credentials')],
        [
          'limited',
          'exec.rate_limited',
          (v) =>
            errors(`{ ${repository(v)} { forkCount } }`, {
              type: 'RATE_LIMITED',
              message: `API rate limit exceeded for user ID ${v.integer(10_000, 99_999)}.`,
            }),
        ],
        [
          'down',
          'exec.unavailable',
          (v) =>
            status(
              503,
              `{ ${repository(v)} { pushedAt } }`,
              'No server is currently available to service your request.',
            ),
        ],
        ['syntax', 'contract.value', (v) => query(`{ ${repository(v)} { id }`)],
        ['mutation', 'auth.denied', (v) => query(`mutation { closeIssue(id: "${v.id()}") { id } }`)],
        [
          'missing',
          'contract.missing_param',
          (v) => ['query-graphql', { variables: `{"a": "${v.word()}"}` }],
        ],
        ['text', 'contract.type', (v) => ['query-graphql', { query: v.integer(2, 99) }]],
        ['unknown-tool', 'resolve.unknown_tool', (v) => [`${v.word()}-graphql`, {}]],
      ]),
    }
  },
}
