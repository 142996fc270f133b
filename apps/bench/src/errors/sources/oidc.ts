import { createServer } from 'node:http'
import Provider from 'oidc-provider'
import { type HttpCall, httpTool } from '../http-tool.ts'
import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'

const BACK = 'https://shop.example/back'

/** An authorization server of OAuth 2.0 and OpenID Connect, with the errors that its standards name. */
export const oidc: Source = {
  tool: 'oidc',
  languages: ['en'],
  async open() {
    const http = createServer()
    const { url, close } = await localServer(undefined, http)
    const provider = new Provider(url, {
      clients: [
        {
          client_id: 'shop',
          client_secret: 'secret',
          redirect_uris: [BACK],
          grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
      cookies: { keys: ['a'] },
      scopes: ['openid', 'offline_access', 'orders'],
      features: {
        clientCredentials: { enabled: true },
        devInteractions: { enabled: false },
        registration: { enabled: true },
      },
      renderError: (context, out) => {
        context.type = 'application/json'
        context.body = JSON.stringify(out)
      },
    })
    http.on('request', provider.callback())
    const form = (path: string, fields: Record<string, string>): HttpCall => ({
      path,
      body: new URLSearchParams({ client_id: 'shop', client_secret: 'secret', ...fields }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    const token = (fields: Record<string, string>) => form('/token', fields)
    const granted = { grant_type: 'client_credentials' }
    const auth = (fields: Record<string, string>): HttpCall => ({
      path: `/auth?${new URLSearchParams({ client_id: 'shop', response_type: 'code', redirect_uri: BACK, scope: 'openid', ...fields })}`,
    })
    const client = (fields: object): HttpCall => ({
      path: '/reg',
      body: { redirect_uris: [BACK], ...fields },
    })
    return {
      close,
      provocations: provocations<HttpCall>(httpTool(url), [
        ['no-route', 'state.not_found', (v) => ({ path: `/${v.word()}/${v.word()}` })],
        ['secret', 'auth.denied', (v) => token({ ...granted, client_secret: v.word() })],
        [
          'missing',
          'contract.missing_param',
          (v) =>
            token(
              v.pick<Record<string, string>>([
                { scope: v.word() },
                { grant_type: 'authorization_code', redirect_uri: BACK },
                { grant_type: 'refresh_token' },
              ]),
            ),
        ],
        ['grant-type', 'contract.value', (v) => token({ grant_type: v.word() })],
        [
          'media-type',
          'contract.value',
          (v) => ({ path: '/token', body: { grant_type: 'client_credentials', client_id: v.word() } }),
        ],
        ['no-token', 'auth.denied', (v) => ({ path: `/me?a=${v.word()}` })],
        [
          'token',
          'auth.denied',
          (v) => ({ path: '/me', headers: { authorization: `Bearer ${v.word()}${v.integer(2, 99)}` } }),
        ],
        [
          'header',
          'contract.value',
          (v) => ({ path: '/me', headers: { authorization: `${v.word()} ${v.word()}` } }),
        ],
        ['back', 'contract.value', (v) => auth({ redirect_uri: `https://${v.word()}.example/` })],
        ['twice', 'contract.value', (v) => ({ path: `/auth?client_id=${v.word()}&client_id=${v.word()}` })],
        [
          'register-back',
          'contract.missing_param',
          (v) => client({ redirect_uris: undefined, client_name: v.word() }),
        ],
        ['register-url', 'contract.value', (v) => client({ redirect_uris: [v.word()] })],
        ['register-grant', 'contract.value', (v) => client({ grant_types: [v.word()] })],
        ['register-type', 'contract.type', (v) => client({ client_name: v.integer(2, 99) })],
        [
          'malformed',
          'parse.malformed_json',
          (v) => ({ path: '/reg', body: `{"client_name": ${v.word()}}` }),
        ],
      ]),
    }
  },
}
