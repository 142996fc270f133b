import * as tokens from 'jose'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** A tool that is given a token and checks it. A token that does not hold is a refusal; one that is none, a wrong value. */
export const jose: Source = {
  tool: 'jose',
  languages: ['en'],
  async open() {
    const secret = new TextEncoder().encode('a secret of thirty-two characters')
    const other = new TextEncoder().encode('another secret that is as long..')
    const signed = (claims: tokens.JWTPayload, key = secret) =>
      new tokens.SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(key)
    const check = (make: () => Promise<string> | string, options: tokens.JWTVerifyOptions = {}) => ({
      input: {},
      act: async () => tokens.jwtVerify(await make(), secret, options),
    })
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        ['expired', 'auth.denied', (v) => check(() => signed({ sub: v.name(), exp: v.integer(1e9, 1.5e9) }))],
        ['signature', 'auth.denied', (v) => check(() => signed({ sub: v.name() }, other))],
        ['not-yet', 'auth.denied', (v) => check(() => signed({ sub: v.name(), nbf: v.integer(4e9, 5e9) }))],
        [
          'audience',
          'auth.denied',
          (v) => check(() => signed({ aud: v.word() }), { audience: `${v.word()}-x` }),
        ],
        [
          'issuer',
          'auth.denied',
          (v) => check(() => signed({ iss: v.word() }), { issuer: `https://${v.word()}.test` }),
        ],
        [
          'claim-missing',
          'auth.denied',
          (v) => check(() => signed({ sub: v.name() }), { requiredClaims: [`${v.name()}_x`] }),
        ],
        ['no-token', 'contract.value', (v) => check(() => v.phrase())],
        ['no-type', 'contract.type', (v) => check(() => v.integer(1, 999) as never)],
        ['header', 'contract.value', (v) => check(() => `${v.word()}.${v.word()}.${v.word()}`)],
        [
          'encrypted-invalid',
          'contract.value',
          (v) => ({ input: { token: v.word() }, act: async () => tokens.compactDecrypt(v.word(), secret) }),
        ],
        [
          'key-format',
          'contract.value',
          (v) => {
            const pem = v.phrase()
            return { input: { pem }, act: async () => tokens.importPKCS8(pem, 'RS256') }
          },
        ],
        [
          'key-type',
          'contract.value',
          (v) => {
            const kty = v.word()
            return { input: { kty }, act: async () => tokens.importJWK({ kty } as tokens.JWK, 'RS256') }
          },
        ],
      ]),
    }
  },
}
