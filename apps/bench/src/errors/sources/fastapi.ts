import type { Json } from '@lifeharness/core'
import { provocations, type Source } from '../provocation.ts'
import { pythonSession } from '../python-session.ts'

const PRELUDE = `
from enum import Enum
from fastapi import Depends, FastAPI, HTTPException, Query
from fastapi.security import HTTPBearer, OAuth2PasswordBearer
from fastapi.testclient import TestClient
from pydantic import BaseModel, Field
app = FastAPI()
class Size(str, Enum):
    small = "small"
    large = "large"
class Order(BaseModel):
    class Config: extra = "forbid"
    item: str
    count: int = Field(1, ge=1, le=9)
    size: Size = Size.small
kept = {1: "paid", 2: "open"}
@app.post("/orders")
def order(order: Order):
    return {"id": 3}
@app.get("/orders/{number}")
def one(number: int, page: int = Query(1, ge=1)):
    if number not in kept: raise HTTPException(404, f"Order {number} not found")
@app.delete("/orders/{number}")
def cancel(number: int):
    if kept[number] == "paid": raise HTTPException(409, "Order has already been paid")
@app.get("/search")
def search(q: str):
    return []
@app.get("/me")
def me(token: str = Depends(OAuth2PasswordBearer("token"))): return token
@app.get("/admin")
def admin(token=Depends(HTTPBearer())): return token
@app.get("/quota")
def quota(): raise HTTPException(429, headers={"Retry-After": "30"})
@app.get("/export")
def export(): raise HTTPException(503)
client = TestClient(app, raise_server_exceptions=False)
def act(method, path, body=None):
    text = {} if body is None else {"content": body} if isinstance(body, str) else {"json": body}
    answer = client.request(method, path, **text)
    try: shown = answer.json()
    except ValueError: shown = answer.text
    return {"status": answer.status_code, "body": shown}
`

/** An HTTP service of FastAPI's as its own client sees it. */
export const fastapi: Source = {
  tool: 'fastapi',
  languages: ['en'],
  async open({ dir }) {
    const python = await pythonSession(dir, { modules: 'fastapi, httpx', prelude: PRELUDE })
    type Request = readonly [method: string, path: string, body?: Json]
    const provoke = ([method, path, body]: Request) =>
      python.provoke({ method, path, ...(body === undefined ? {} : { body }) })
    return {
      close: python.close,
      provocations: provocations<Request>(provoke, [
        ['missing', 'contract.missing_param', (v) => ['POST', '/orders', { count: v.integer(2, 9) }]],
        ['extra', 'contract.misnamed_param', (v) => ['POST', '/orders', { item: 'a', [`${v.name()}_x`]: 1 }]],
        ['integer', 'contract.type', (v) => ['POST', '/orders', { item: 'a', count: v.word() }]],
        ['null', 'contract.type', (v) => ['POST', '/orders', { item: null, count: v.integer(2, 9) }]],
        ['maximum', 'contract.value', (v) => ['POST', '/orders', { item: 'a', count: v.integer(10, 99) }]],
        ['choice', 'contract.value', (v) => ['POST', '/orders', { item: 'a', size: v.word() }]],
        ['json', 'parse.malformed_json', (v) => ['POST', '/orders', `{"item": ${v.word()}}`]],
        [
          'stringified',
          'parse.wrong_container',
          (v) => ['POST', '/orders', JSON.stringify(JSON.stringify({ item: v.word() }))],
        ],
        ['no-query', 'contract.missing_param', (v) => ['GET', `/search?${v.word()}=a`]],
        ['path', 'contract.type', (v) => ['GET', `/orders/${v.word()}`]],
        ['query', 'contract.value', (v) => ['GET', `/orders/1?page=-${v.integer(1, 99)}`]],
        ['no-route', 'state.not_found', (v) => ['GET', `/${v.word()}s`]],
        ['no-order', 'state.not_found', (v) => ['GET', `/orders/${v.integer(3, 999)}`]],
        ['method', 'contract.value', (v) => ['PUT', `/orders/${v.integer(1, 99)}`, {}]],
        ['paid', 'state.conflict', () => ['DELETE', '/orders/1']],
        ['no-token', 'auth.denied', () => ['GET', '/me']],
        ['no-bearer', 'auth.denied', () => ['GET', '/admin']],
        ['quota', 'exec.rate_limited', (v) => ['GET', `/quota?${v.word()}=1`]],
        ['down', 'exec.unavailable', (v) => ['GET', `/export?${v.word()}=1`]],
        ['crash', 'exec.unavailable', (v) => ['DELETE', `/orders/${v.integer(3, 99)}`]],
      ]),
    }
  },
}
