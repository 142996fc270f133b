import { provocations, type Source } from '../provocation.ts'
import { pythonTool, TELL_RAISED } from '../python-tool.ts'

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
${TELL_RAISED}`

/** A tool whose arguments Pydantic reads; what it raises is told as text. */
export const pydantic: Source = {
  tool: 'pydantic',
  languages: ['en'],
  async open({ dir }) {
    const provoke = await pythonTool(dir, { modules: 'pydantic', prelude: PRELUDE })
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
