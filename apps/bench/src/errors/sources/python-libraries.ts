import { toolResult } from '@lifeharness/core'
import { localServer } from '../local-server.ts'
import { type Provoked, provocations, type Source, Unavailable } from '../provocation.ts'
import { program, run, speaking } from '../shell.ts'

/** A tool `python{code}` around Debian's requests, SQLAlchemy, jsonschema and click. */
export const pythonLibraries: Source = {
  tool: 'python-libraries',
  languages: ['en'],
  async open({ dir }) {
    program('python3')
    const python = '/usr/bin/python3'
    const env = {
      ...speaking('en'),
      HOME: dir,
      PYTHONDONTWRITEBYTECODE: '1',
      SQLALCHEMY_SILENCE_UBER_WARNING: '1',
    }
    const there = await run(python, ['-c', 'import requests, sqlalchemy, jsonschema, click, yaml'], {
      cwd: dir,
      env,
    })
    if (there.exitCode !== 0)
      throw new Unavailable('no requests, SQLAlchemy, jsonschema, click and yaml for Python')
    const { url, close } = await localServer((request, response) => {
      const [, what = '', rest = ''] = (request.url ?? '').split(/[/?]/)
      if (what === 'status') response.writeHead(Number(rest)).end('no')
      else if (what === 'html') response.end('<html>')
      // Any other path is never answered.
    })
    const provoke = async (code: string): Promise<Provoked> => {
      const { stderr, exitCode } = await run(python, ['-c', code], { cwd: dir, env })
      if (exitCode === 0) return { input: { code }, result: toolResult('ok', '') }
      const message = stderr.trim() || `exit ${exitCode}`
      return { input: { code }, result: toolResult('error', message, { error: { message } }) }
    }
    const get = (address: string, more = '') =>
      `import requests\nr = requests.get("${address}"${more})\nr.raise_for_status()\nr.json()`
    const database = (sql: string) =>
      `from sqlalchemy import create_engine, text\nwith create_engine("sqlite://").connect() as c:\n    c.execute(text("CREATE TABLE orders (id INTEGER PRIMARY KEY, total REAL NOT NULL)"))\n    c.execute(text("${sql}"))`
    const schema = (value: string, rule: string) =>
      `import jsonschema\njsonschema.validate(${value}, ${rule})`
    const command = (args: string) =>
      `import click\n@click.command()\n@click.option("--count", type=int)\n@click.option("--size", type=click.Choice(["small", "large"]))\n@click.argument("item")\ndef order(item, count, size): pass\norder([${args}])`
    return {
      close,
      provocations: provocations(provoke, [
        ['status-404', 'state.not_found', (v) => get(`${url}/status/404?${v.word()}`)],
        ['status-401', 'auth.denied', (v) => get(`${url}/status/401?${v.word()}`)],
        ['status-429', 'exec.rate_limited', (v) => get(`${url}/status/429?${v.word()}`)],
        ['status-500', 'exec.unavailable', (v) => get(`${url}/status/500?${v.word()}`)],
        ['refused', 'exec.unavailable', (v) => get(`http://127.0.0.1:${v.integer(2, 8)}/${v.word()}`)],
        ['timed-out', 'exec.timeout', (v) => get(`${url}/slow/${v.word()}`, ', timeout=0.1')],
        ['scheme', 'contract.value', (v) => get(`/${v.word()}/${v.word()}`)],
        ['html', 'result.contract', (v) => get(`${url}/html/${v.word()}`)],
        ['no-table', 'state.not_found', (v) => database(`SELECT * FROM ${v.name()}_s`)],
        ['syntax', 'contract.value', (v) => database(`SELECT * FROM orders WHERE WHERE ${v.word()}`)],
        [
          'not-null',
          'contract.missing_param',
          (v) => database(`INSERT INTO orders (id) VALUES (${v.integer(1, 99)})`),
        ],
        ['schema-missing', 'contract.missing_param', (v) => schema('{}', `{"required": ["${v.name()}"]}`)],
        [
          'schema-type',
          'contract.type',
          (v) => schema(`{"${v.word()}": "a"}`, '{"additionalProperties": {"type": "number"}}'),
        ],
        [
          'schema-enum',
          'contract.value',
          (v) => schema(`"${v.id()}"`, `{"enum": ["${v.word()}", "${v.word()}"]}`),
        ],
        [
          'schema-extra',
          'contract.misnamed_param',
          (v) => schema(`{"${v.name()}_x": 1}`, '{"properties": {"a": {}}, "additionalProperties": False}'),
        ],
        ['argument', 'contract.missing_param', (v) => command(`"--count", "${v.integer(1, 9)}"`)],
        ['option', 'exec.dependency', (v) => command(`"--${v.word()}x", "a"`)],
        ['option-choice', 'contract.value', (v) => command(`"--size", "${v.word()}", "a"`)],
        ['yaml', 'contract.value', (v) => `import yaml\nyaml.safe_load("${v.name()}: [${v.word()}")`],
      ]),
    }
  },
}
