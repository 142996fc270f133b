import { provocations, type Source } from '../provocation.ts'
import { pythonTool, TELL_RAISED } from '../python-tool.ts'

const PRELUDE = `
import jwt, base64
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography import x509
KEY = "0123456789abcdef0123456789abcdef"
def token(**claims):
    return jwt.encode(claims, KEY, algorithm="HS256")
def read(text, key=KEY, **more):
    return jwt.decode(text, key, algorithms=["HS256"], **more)
${TELL_RAISED}`

/** Tokens and keys by PyJWT and cryptography; the text of the exception. */
export const tokens: Source = {
  tool: 'tokens',
  languages: ['en'],
  async open({ dir }) {
    const provoke = await pythonTool(dir, { modules: 'jwt, cryptography', prelude: PRELUDE })
    return {
      close: () => {},
      provocations: provocations(provoke, [
        ['expired', 'auth.denied', (v) => `read(token(exp=${v.integer(1000, 9999)}))`],
        ['not-yet', 'auth.denied', (v) => `read(token(nbf=99999999${v.integer(10, 99)}))`],
        ['signature', 'auth.denied', (v) => `read(token(a=1), "${v.word()}${v.word()}0123456789abcdef0123")`],
        ['audience', 'auth.denied', (v) => `read(token(aud="${v.word()}x"), audience="${v.word()}y")`],
        ['issuer', 'auth.denied', (v) => `read(token(iss="${v.word()}x"), issuer="${v.word()}y")`],
        ['claim', 'auth.denied', (v) => `read(token(a=1), options={"require": ["${v.word()}"]})`],
        ['segments', 'contract.value', (v) => `read("${v.word()}")`],
        ['padding', 'contract.value', (v) => `read("${v.word()}a.${v.word()}b.${v.word()}c")`],
        ['algorithm', 'contract.value', (v) => `jwt.encode({}, KEY, algorithm="${v.word()}")`],
        ['pem', 'contract.value', (v) => `load_pem_private_key(b"${v.phrase()}", None)`],
        ['certificate', 'contract.value', (v) => `x509.load_pem_x509_certificate(b"${v.phrase()}")`],
        ['fernet-key', 'contract.value', (v) => `Fernet("${v.word()}")`],
      ]),
    }
  },
}
