import { createTRPCClient, httpLink } from '@trpc/client'
import { initTRPC, TRPCError } from '@trpc/server'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import * as z from 'zod'
import { functionProvocations } from '../function-tool.ts'
import { localServer } from '../local-server.ts'
import type { Source } from '../provocation.ts'

const { router, procedure } = initTRPC.create()
const order = z.object({
  item: z.string().min(1),
  count: z.number().int().max(9),
  size: z.enum(['small', 'large']).optional(),
})
const refusing = (code: TRPCError['code']) =>
  procedure.input(z.string()).query(() => {
    throw new TRPCError({ code })
  })
const refusals = {
  unauthorized: refusing('UNAUTHORIZED'),
  forbidden: refusing('FORBIDDEN'),
  missing: refusing('NOT_FOUND'),
  conflict: refusing('CONFLICT'),
  many: refusing('TOO_MANY_REQUESTS'),
  down: refusing('SERVICE_UNAVAILABLE'),
}
const application = router({
  add: procedure.input(order.strict()).mutation(({ input }) => input),
  total: procedure
    .input(z.string())
    .output(z.number())
    .query(({ input }) => input as never),
  ...refusals,
})

/** Typed calls of a tRPC server, through its client. */
export const trpc: Source = {
  tool: 'trpc',
  languages: ['en'],
  async open() {
    const handle = createHTTPHandler({ router: application })
    const { url, close } = await localServer((request, response) => {
      if (request.url?.startsWith('/html')) response.end('<!DOCTYPE html>')
      else if (request.url?.startsWith('/other')) response.end('{"ok":true}')
      else handle(request, response)
    })
    const at = (address: string) =>
      createTRPCClient<typeof application>({ links: [httpLink({ url: address })] })
    const client = at(url)
    const functions = {
      add: (input: unknown) => client.add.mutate(input as never),
      total: (input: string) => client.total.query(input),
      ask: (name: string, input: string) => client[name as keyof typeof refusals].query(input),
      wrongMethod: (input: string) =>
        (client.total as never as { mutate(input: string): unknown }).mutate(input),
      totalAt: (address: string, input: string) => at(address).total.query(input),
    }
    return {
      close,
      provocations: functionProvocations(functions, [
        ['missing', 'contract.missing_param', (v) => ['add', { count: v.integer(2, 9) }]],
        ['number', 'contract.type', (v) => ['add', { item: v.word(), count: v.word() }]],
        ['maximum', 'contract.value', (v) => ['add', { item: v.word(), count: v.integer(10, 99) }]],
        ['one-of', 'contract.value', (v) => ['add', { item: v.word(), count: 1, size: v.word() }]],
        [
          'extra',
          'contract.misnamed_param',
          (v) => ['add', { item: v.word(), count: 1, [`${v.name()}_x`]: 1 }],
        ],
        ['output', 'result.contract', (v) => ['total', v.word()]],
        ['method', 'contract.value', (v) => ['wrongMethod', v.word()]],
        ['unauthorized', 'auth.denied', (v) => ['ask', 'unauthorized', v.word()]],
        ['forbidden', 'auth.denied', (v) => ['ask', 'forbidden', v.word()]],
        ['no-entity', 'state.not_found', (v) => ['ask', 'missing', v.word()]],
        ['conflict', 'state.conflict', (v) => ['ask', 'conflict', v.word()]],
        ['many', 'exec.rate_limited', (v) => ['ask', 'many', v.word()]],
        ['down', 'exec.unavailable', (v) => ['ask', 'down', v.word()]],
        ['html', 'result.contract', (v) => ['totalAt', `${url}/html`, v.word()]],
        ['other', 'result.contract', (v) => ['totalAt', `${url}/other`, v.word()]],
        ['refused', 'exec.unavailable', (v) => ['totalAt', `http://127.0.0.1:${v.integer(2, 9)}`, v.word()]],
      ]),
    }
  },
}
