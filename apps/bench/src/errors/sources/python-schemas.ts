import type { Json } from '@lifeharness/core'
import { provocations, type Source } from '../provocation.ts'
import { pythonSession } from '../python-session.ts'

const MARSHMALLOW = `
from marshmallow import Schema, fields, validate
class Order(Schema):
    item = fields.String(required=True, validate=validate.Length(max=9))
    count = fields.Integer(validate=validate.Range(min=1, max=9))
    price = fields.Float()
    gift = fields.Boolean()
    size = fields.String(validate=validate.OneOf(["small", "large"]))
    code = fields.String(validate=validate.Regexp("^[A-Z]{3}$"))
    contact = fields.Email()
    link = fields.URL()
    tags = fields.List(fields.String())
    address = fields.Nested({"street": fields.String(required=True)})
def act(order):
    (Order().loads if isinstance(order, str) else Order().load)(order)
`
const CERBERUS = `
from cerberus import Validator
order_schema = {
    "item": {"type": "string", "required": True, "maxlength": 9},
    "count": {"type": "integer", "min": 1, "max": 9},
    "gift": {"type": "boolean"},
    "size": {"type": "string", "allowed": ["small", "large"]},
    "code": {"type": "string", "regex": "^[A-Z]{3}$"},
    "tags": {"type": "list", "schema": {"type": "string"}},
    "wrapping": {"type": "string", "dependencies": "gift"},
}
def act(order):
    check = Validator(order_schema)
    if not check.validate(order): raise ValueError(str(check.errors))
`
const VOLUPTUOUS = `
from voluptuous import All, Email, In, Length, Match, Optional, Range, Required, Schema, Url
order_schema = Schema({
    Required("item"): All(str, Length(max=9)),
    Optional("count"): All(int, Range(min=1, max=9)),
    Optional("gift"): bool,
    Optional("size"): In(["small", "large"]),
    Optional("code"): Match("^[A-Z]{3}$"),
    Optional("contact"): Email(),
    Optional("link"): Url(),
    Optional("tags"): [str],
})
def act(order):
    order_schema(order)
`

/** What each of the three libraries reads an order of. */
function orders(tool: string, prelude: string, rows: Parameters<typeof provocations<Json>>[1]): Source {
  return {
    tool,
    languages: ['en'],
    async open({ dir }) {
      const { provoke, close } = await pythonSession(dir, { modules: tool, prelude })
      return { close, provocations: provocations((order: Json) => provoke({ order }), rows) }
    },
  }
}

/** A tool whose arguments marshmallow reads. */
export const marshmallow = orders('marshmallow', MARSHMALLOW, [
  ['missing', 'contract.missing_param', (v) => ({ count: v.integer(2, 9) })],
  ['nested-missing', 'contract.missing_param', (v) => ({ item: v.word().slice(0, 9), address: {} })],
  ['unknown', 'contract.misnamed_param', (v) => ({ item: 'a', [`${v.name()}_x`]: v.word() })],
  ['null', 'contract.type', (v) => ({ item: null, count: v.integer(2, 9) })],
  ['integer', 'contract.type', (v) => ({ item: 'a', count: v.word() })],
  ['number', 'contract.type', (v) => ({ item: 'a', price: v.word() })],
  ['string', 'contract.type', (v) => ({ item: v.integer(2, 99) })],
  ['boolean', 'contract.type', (v) => ({ item: 'a', gift: v.word() })],
  ['list', 'contract.type', (v) => ({ item: 'a', tags: v.word() })],
  ['range', 'contract.value', (v) => ({ item: 'a', count: v.integer(10, 99) })],
  ['length', 'contract.value', (v) => ({ item: v.phrase() })],
  ['choice', 'contract.value', (v) => ({ item: 'a', size: v.word() })],
  ['pattern', 'contract.value', (v) => ({ item: 'a', code: v.word() })],
  ['email', 'contract.value', (v) => ({ item: 'a', contact: v.word() })],
  ['url', 'contract.value', (v) => ({ item: 'a', link: v.word() })],
  ['json', 'parse.malformed_json', (v) => `{"item": ${v.word()}}`],
])

/** A tool whose arguments Cerberus reads. */
export const cerberus = orders('cerberus', CERBERUS, [
  ['missing', 'contract.missing_param', (v) => ({ count: v.integer(2, 9) })],
  ['depends', 'contract.missing_param', (v) => ({ item: 'a', wrapping: v.word() })],
  ['unknown', 'contract.misnamed_param', (v) => ({ item: 'a', [`${v.name()}_x`]: v.word() })],
  ['null', 'contract.type', (v) => ({ item: null, count: v.integer(2, 9) })],
  ['integer', 'contract.type', (v) => ({ item: 'a', count: v.word() })],
  ['list', 'contract.type', (v) => ({ item: 'a', tags: v.word() })],
  ['item', 'contract.type', (v) => ({ item: 'a', tags: [v.integer(2, 9)] })],
  ['maximum', 'contract.value', (v) => ({ item: 'a', count: v.integer(10, 99) })],
  ['length', 'contract.value', (v) => ({ item: v.phrase() })],
  ['choice', 'contract.value', (v) => ({ item: 'a', size: v.word() })],
  ['pattern', 'contract.value', (v) => ({ item: 'a', code: v.word() })],
  ['stringified', 'parse.wrong_container', (v) => JSON.stringify({ item: v.word() })],
])

/** A tool whose arguments voluptuous reads. */
export const voluptuous = orders('voluptuous', VOLUPTUOUS, [
  ['missing', 'contract.missing_param', (v) => ({ count: v.integer(2, 9) })],
  ['unknown', 'contract.misnamed_param', (v) => ({ item: 'a', [`${v.name()}_x`]: v.word() })],
  ['integer', 'contract.type', (v) => ({ item: 'a', count: v.word() })],
  ['boolean', 'contract.type', (v) => ({ item: 'a', gift: v.word() })],
  ['list', 'contract.type', (v) => ({ item: 'a', tags: v.word() })],
  ['item', 'contract.type', (v) => ({ item: 'a', tags: [v.integer(2, 9)] })],
  ['maximum', 'contract.value', (v) => ({ item: 'a', count: v.integer(10, 99) })],
  ['length', 'contract.value', (v) => ({ item: v.phrase() })],
  ['choice', 'contract.value', (v) => ({ item: 'a', size: v.word() })],
  ['pattern', 'contract.value', (v) => ({ item: 'a', code: v.word() })],
  ['email', 'contract.value', (v) => ({ item: 'a', contact: v.word() })],
  ['url', 'contract.value', (v) => ({ item: 'a', link: v.word() })],
  ['stringified', 'parse.wrong_container', (v) => JSON.stringify({ item: v.word() })],
])
