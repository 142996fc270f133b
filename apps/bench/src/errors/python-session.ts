import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Json, JsonObject } from '@lifeharness/core'
import { toolResult } from '@lifeharness/core'
import { type Provoked, Unavailable } from './provocation.ts'
import { nobody, run, speaking } from './shell.ts'

/** One call a line, one answer a line. What libraries print themselves does not come between. */
const ANSWER = `
import json, os, sys
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
def act(tool, **arguments):
    globals()[tool](**arguments)
def told(error):
    return str(error)
`
const LISTEN = `
for line in sys.stdin:
    try:
        answer = {"value": act(**json.loads(line))}
    except Exception as error:
        answer = {"error": told(error)}
    print(json.dumps(answer, default=str), file=answers, flush=True)
`

/** What hangs ends the session, and with it the bench: a fault of its source. */
const MAX_MS = 20_000

const DEBIAN = '/usr/bin/python3'

/**
 * What Debian does not have: `python3 -m venv node_modules/.cache/python`, into which
 * `pip install moto==5.0.5 boto3==1.34.69 docker py-partiql-parser==0.5.4 polars==0.20.31`.
 */
export const ENVIRONMENT = fileURLToPath(
  new URL('../../../../node_modules/.cache/python/bin/python', import.meta.url),
)

export type PythonSession = {
  provoke(input: JsonObject): Promise<Provoked>
  close(): void
}

/**
 * A tool around Python that is started once, for libraries which are slow to load or keep a state. The prelude defines
 * the functions that a call may name as its `tool`, or `act`, which takes the arguments of a call in another way; and it
 * may define `told`, the text of what is raised.
 * @throws Unavailable where Python or one of the modules is not there
 */
export async function pythonSession(
  dir: string,
  { modules, prelude, python = DEBIAN }: { modules: string; prelude: string; python?: string },
): Promise<PythonSession> {
  if (!existsSync(python)) throw new Unavailable(`no ${python}`)
  const env = { ...speaking('en'), HOME: dir, PYTHONDONTWRITEBYTECODE: '1' }
  // Found, not loaded: what is slow to load is loaded once.
  const find = `import importlib.util, sys; sys.exit(None in map(importlib.util.find_spec, sys.argv[1].split(", ")))`
  const there = await run(python, ['-c', find, modules], { cwd: dir, env })
  if (there.exitCode !== 0) throw new Unavailable(`no ${modules} for Python`)
  const child = spawn(python, ['-c', ANSWER + prelude + LISTEN], { ...nobody, cwd: dir, env })
  return { provoke: caller(child), close: () => void child.kill('SIGKILL') }
}

function caller(child: ChildProcessWithoutNullStreams): PythonSession['provoke'] {
  let printed = ''
  child.stderr.setEncoding('utf8').on('data', (text) => (printed = (printed + text).slice(-2_000)))
  child.stdin.on('error', () => {})
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return async (input) => {
    child.stdin.write(`${JSON.stringify(input)}\n`)
    const limit = setTimeout(() => child.kill('SIGKILL'), MAX_MS)
    const { value: line } = await answers.next()
    clearTimeout(limit)
    if (line === undefined) throw new Error(`Python ended: ${printed}`)
    const { error: message, value } = JSON.parse(line) as { error?: string; value?: Json }
    return message === undefined
      ? { input, result: toolResult('ok', value) }
      : { input, result: toolResult('error', message, { error: { message } }) }
  }
}
