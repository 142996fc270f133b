import { provocations, type Source } from '../provocation.ts'
import { pythonTool } from '../python-tool.ts'

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
    const provoke = await pythonTool(dir, { modules: 'flask', prelude: PRELUDE })
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
