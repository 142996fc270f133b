import { toolResult } from '@lifeharness/core'
import { type Provoked, provocations, type Source, Unavailable } from '../provocation.ts'
import { program, run, speaking } from '../shell.ts'

const PRELUDE = `
from flask import Flask, abort, request
app = Flask("a")
@app.post("/orders")
def order():
    body = request.get_json()
    return {"count": request.args["count"], "item": body["item"]}
@app.get("/orders/<int:number>")
def one(number):
    if number > 900: abort(409, description="The order is closed.")
    if number > 800: abort(403)
    if number > 700: abort(401)
    if number > 600: abort(429)
    if number > 500: abort(503)
    abort(404, description=f"Order {number} is gone.")
def tell(act):
    answer = act()
    if answer.status_code >= 400: print(answer.status + "\\n" + answer.get_data(as_text=True))
client = app.test_client()
`

/** An HTTP application of Flask; what its answer says, with the name of the status. */
export const flask: Source = {
  tool: 'flask',
  languages: ['en'],
  async open({ dir }) {
    program('python3')
    const python = '/usr/bin/python3'
    const env = { ...speaking('en'), HOME: dir, PYTHONDONTWRITEBYTECODE: '1' }
    const there = await run(python, ['-c', 'import flask'], { cwd: dir, env })
    if (there.exitCode !== 0) throw new Unavailable('no flask for Python')
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
        ['no-route', 'state.not_found', (v) => `client.get("/${v.word()}")`],
        ['method', 'contract.value', (v) => `client.get("/orders?${v.word()}")`],
        ['no-order', 'state.not_found', (v) => `client.get("/orders/${v.integer(2, 99)}")`],
        ['conflict', 'state.conflict', (v) => `client.get("/orders/${v.integer(901, 999)}")`],
        ['forbidden', 'auth.denied', (v) => `client.get("/orders/${v.integer(801, 899)}")`],
        ['unauthorized', 'auth.denied', (v) => `client.get("/orders/${v.integer(701, 799)}")`],
        ['too-many', 'exec.rate_limited', (v) => `client.get("/orders/${v.integer(601, 699)}")`],
        ['unavailable', 'exec.unavailable', (v) => `client.get("/orders/${v.integer(501, 599)}")`],
        ['media-type', 'contract.value', (v) => `client.post("/orders?count=1", data="${v.word()}")`],
      ]),
    }
  },
}
