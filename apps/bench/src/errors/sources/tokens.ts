import { toolResult } from '@lifeharness/core'
import { type Provoked, provocations, type Source, Unavailable } from '../provocation.ts'
import { program, run, speaking } from '../shell.ts'

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

def tell(act):
    try:
        act()
    except Exception as error:
        print(error)
`

/** Tokens and keys by PyJWT and cryptography; the text of the exception. */
export const tokens: Source = {
  tool: 'tokens',
  languages: ['en'],
  async open({ dir }) {
    program('python3')
    const python = '/usr/bin/python3'
    const env = { ...speaking('en'), HOME: dir, PYTHONDONTWRITEBYTECODE: '1' }
    const there = await run(python, ['-c', 'import jwt, cryptography'], { cwd: dir, env })
    if (there.exitCode !== 0) throw new Unavailable('no jwt, cryptography for Python')
    // The tool is there already; what the model gives it is the arguments.
    const provoke = async (call: string): Promise<Provoked> => {
      const { stdout } = await run(python, ['-c', `${PRELUDE}\ntell(lambda: ${call})`], { cwd: dir, env })
      const message = stdout.trim()
      const input = { call }
      return message === ''
        ? { input, result: toolResult('ok', '') }
        : { input, result: toolResult('error', message, { error: { message } }) }
    }
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
