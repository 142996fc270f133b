import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { provocations, type Source, Unavailable } from '../provocation.ts'
import { run, shellTool } from '../shell.ts'

const REPORT = `
import argparse
parser = argparse.ArgumentParser(prog="report")
parser.add_argument("month")
parser.add_argument("--limit", type=int)
parser.add_argument("--format", choices=["table", "csv"])
parser.add_argument("--pair", nargs=2)
parser.add_argument("--verbose", action="store_true")
parser.add_argument("--version", action="store_true")
parser.add_argument("--source", type=argparse.FileType())
either = parser.add_mutually_exclusive_group()
either.add_argument("--all", action="store_true")
either.add_argument("--one")
parser.parse_args()
`
const SEND = `
import argparse
parser = argparse.ArgumentParser(prog="send")
which = parser.add_mutually_exclusive_group(required=True)
which.add_argument("--mail")
which.add_argument("--post")
parser.parse_args()
`
const SHOP = `
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import List
import typer
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
class Size(str, Enum):
    small = "small"
    large = "large"
@app.command()
def add(item: str, price: float = typer.Option(..., help="in euro"), size: Size = Size.small,
        count: int = typer.Option(1, min=1, max=9), due: datetime = None):
    pass
@app.command()
def load(file: Path = typer.Argument(..., exists=True, dir_okay=False, readable=True), to: Path = typer.Option(None, exists=True, file_okay=False, writable=True)):
    pass
app()
`

/** A tool \`bash{command}\` for scripts of one's own, whose arguments argparse and Typer read. */
export const pythonCli: Source = {
  tool: 'python-cli',
  languages: ['en'],
  async open({ dir, language }) {
    const there = await run('/usr/bin/python3', ['-c', 'import typer'], { cwd: dir }).catch(() => undefined)
    if (there?.exitCode !== 0) throw new Unavailable('no typer for Python')
    for (const [name, text] of Object.entries({ report: REPORT, send: SEND, shop: SHOP }))
      await writeFile(join(dir, `${name}.py`), text)
    const shell = shellTool(dir, language)
    return {
      close: () => {},
      provocations: provocations(
        (command: string) => shell(`/usr/bin/python3 ${command}`),
        [
          ['argument', 'contract.missing_param', (v) => `report.py --limit ${v.integer(2, 99)}`],
          ['either', 'contract.missing_param', () => 'send.py'],
          ['no-value', 'contract.missing_param', (v) => `report.py ${v.word()} --one`],
          ['option', 'exec.dependency', (v) => `report.py may --${v.word()}s`],
          ['integer', 'contract.value', (v) => `report.py may --limit ${v.word()}`],
          ['choice', 'contract.value', (v) => `report.py may --format ${v.word()}`],
          ['file', 'state.not_found', (v) => `report.py may --source ${v.path()}`],
          ['file-denied', 'auth.denied', (v) => `report.py ${v.word()} --source /etc/shadow`],
          ['both', 'contract.value', (v) => `report.py may --all --one ${v.word()}`],
          ['ambiguous', 'contract.value', (v) => `report.py ${v.word()} --ver`],
          ['flag-value', 'contract.value', (v) => `report.py may --verbose=${v.word()}`],
          ['script', 'state.not_found', (v) => `${v.word()}_${v.word()}.py --limit 3`],
          ['typer-option', 'contract.missing_param', (v) => `shop.py add ${v.word()}`],
          ['typer-unknown', 'exec.dependency', (v) => `shop.py add a --price 1 --${v.word()}s`],
          ['typer-command', 'exec.dependency', (v) => `shop.py ${v.word()}s`],
          ['typer-choice', 'contract.value', (v) => `shop.py add a --price 1 --size ${v.word()}`],
          ['typer-range', 'contract.value', (v) => `shop.py add a --price 1 --count ${v.integer(10, 99)}`],
          ['typer-date', 'contract.value', (v) => `shop.py add a --price 1 --due ${v.word()}`],
          ['typer-extra', 'contract.value', (v) => `shop.py add a --price 1 ${v.word()}`],
          ['typer-file', 'state.not_found', (v) => `shop.py load ${v.path()}`],
        ],
      ),
    }
  },
}
