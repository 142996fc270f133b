import { toolResult } from '@lifeharness/core'
import { type Provoked, provocations, type Source, Unavailable } from '../provocation.ts'
import { program, run, speaking } from '../shell.ts'

const PRELUDE = `
from typing import Literal
from datetime import date
from uuid import UUID
from pydantic import BaseModel, Field, HttpUrl
class Order(BaseModel):
    class Config:
        extra = "forbid"
    item: str
    count: int = Field(1, ge=1, le=9)
    size: Literal["small", "large"] = "small"
    code: str = Field("ABC", regex="^[A-Z]{3}$")
    note: str = Field("", max_length=5)
    due: date | None = None
    id: UUID | None = None
    gift: bool = False
    tags: list[str] = []
    link: HttpUrl | None = None

def tell(act):
    try:
        act()
    except Exception as error:
        print(error)
`

/** A tool whose arguments Pydantic reads; what it raises is told as text. */
export const pydantic: Source = {
  tool: 'pydantic',
  languages: ['en'],
  async open({ dir }) {
    program('python3')
    const python = '/usr/bin/python3'
    const env = { ...speaking('en'), HOME: dir, PYTHONDONTWRITEBYTECODE: '1' }
    const there = await run(python, ['-c', 'import pydantic'], { cwd: dir, env })
    if (there.exitCode !== 0) throw new Unavailable('no pydantic for Python')
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
        ['missing', 'contract.missing_param', (v) => `Order(count=${v.integer(2, 9)})`],
        ['extra', 'contract.misnamed_param', (v) => `Order(item="a", ${v.name()}_x=1)`],
        ['int', 'contract.type', (v) => `Order(item="a", count="${v.word()}")`],
        ['bool', 'contract.type', (v) => `Order(item="a", gift="${v.word()}")`],
        ['list', 'contract.type', (v) => `Order(item="a", tags="${v.word()}")`],
        ['null', 'contract.type', (v) => `Order(item=None, count=${v.integer(2, 9)})`],
        ['too-large', 'contract.value', (v) => `Order(item="a", count=${v.integer(10, 99)})`],
        ['enum', 'contract.value', (v) => `Order(item="a", size="${v.word()}")`],
        ['pattern', 'contract.value', (v) => `Order(item="a", code="${v.word()}")`],
        ['too-long', 'contract.value', (v) => `Order(item="a", note="${v.phrase()}")`],
        ['date', 'contract.value', (v) => `Order(item="a", due="${v.word()}")`],
        ['uuid', 'contract.value', (v) => `Order(item="a", id="${v.word()}")`],
        ['url', 'contract.value', (v) => `Order(item="a", link="${v.word()}")`],
        ['json', 'parse.malformed_json', (v) => `Order.parse_raw("{${v.word()}")`],
      ]),
    }
  },
}
