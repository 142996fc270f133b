import { toolResult } from '@lifeharness/core'
import { localServer } from '../local-server.ts'
import { type Provoked, provocations, type Source } from '../provocation.ts'
import { nobody, program, run, speaking } from '../shell.ts'

/** A tool `python{code}` that answers with what the interpreter printed, as an error text. */
export const python: Source = {
  tool: 'python',
  languages: ['en'],
  async open({ dir }) {
    program('python3')
    // A version manager's shim needs the home of whoever installed it: the real interpreter does not.
    const real = await run('python3', ['-c', 'import sys; print(sys.executable)'], { cwd: dir })
    const executable = real.exitCode === 0 ? real.stdout.trim() : await debianPython(dir)
    const server = await localServer(() => {})
    const env = { ...speaking('en'), HOME: dir, PYTHONDONTWRITEBYTECODE: '1' }
    const provoke = async (code: string): Promise<Provoked> => {
      const ran = await run(executable, ['-c', code], { cwd: dir, env })
      const message = ran.stderr.trim() || `exit ${ran.exitCode}`
      return { input: { code }, result: toolResult('error', message, { error: { message } }) }
    }
    const url = JSON.stringify(server.url)
    return {
      close: server.close,
      provocations: provocations(provoke, [
        ['name', 'contract.value', (v) => `${v.word()} = ${v.integer(1, 9)}\nprint(${v.name()}_total)`],
        ['key', 'contract.value', (v) => `d = {"${v.word()}": 1}\nprint(d["${v.name()}s"])`],
        [
          'index',
          'contract.value',
          (v) => `rows = [${v.integer(1, 9)}]\nfor i in range(${v.integer(3, 9)}):\n    print(rows[i])`,
        ],
        [
          'zero',
          'contract.value',
          (v) => `def rate(n):\n    return n / 0\n\nprint(rate(${v.integer(1, 999)}))`,
        ],
        ['int', 'contract.value', (v) => `print(int("${v.word()}"))`],
        ['attribute', 'contract.value', (v) => `x = ${v.pick(['1', '"a"', '[1]', '{}'])}\nx.${v.name()}()`],
        ['add', 'contract.value', (v) => `print(${v.integer(1, 9)} + "${v.word()}")`],
        ['call', 'contract.value', (v) => `x = ${v.integer(1, 99)}\nx(${v.integer(1, 9)})`],
        ['keyword', 'contract.value', (v) => `def f(a):\n    return a\n\nf(${v.name()}=${v.integer(1, 9)})`],
        [
          'positional',
          'contract.value',
          (v) =>
            `def ${v.name()}(a, b):\n    return a\n\nfor n in [${v.integer(1, 9)}]:\n    list(globals().values())[-2](n)`,
        ],
        ['module', 'exec.dependency', (v) => `import ${v.name()}_sdk`],
        ['import-name', 'exec.dependency', (v) => `from os import ${v.name()}`],
        [
          'file',
          'state.not_found',
          (v) => `with open("${v.pick([v.path(), v.file()])}") as f:\n    print(f.read())`,
        ],
        [
          'file-exists',
          'state.conflict',
          (v) =>
            `import os, tempfile\nos.chdir(tempfile.mkdtemp())\nos.mkdir("${v.name()}")\nos.mkdir("${v.name()}") if 0 else os.mkdir(os.listdir()[0])`,
        ],
        ['denied', 'auth.denied', (v) => `open("/${v.file()}", "w").write("x")`],
        ['directory', 'contract.value', (v) => `open("/${v.pick(['tmp', 'usr', 'etc', 'var'])}").read()`],
        ['syntax', 'contract.value', (v) => `def ${v.name()}(:\n    pass`],
        ['indentation', 'contract.value', (v) => `def ${v.name()}():\npass`],
        ['unclosed', 'contract.value', (v) => `print("${v.phrase()}", (${v.integer(1, 9)}`],
        ['json', 'contract.value', (v) => `import json\njson.loads('{"${v.word()}": ${v.word()}}')`],
        [
          'refused',
          'exec.unavailable',
          (v) =>
            `import urllib.request\nurllib.request.urlopen("http://127.0.0.1:${v.integer(2, 8)}/${v.word()}")`,
        ],
        [
          'resolve',
          'exec.unavailable',
          (v) => `import urllib.request\nurllib.request.urlopen("http://${v.word()}.invalid/")`,
        ],
        [
          'timed-out',
          'exec.timeout',
          (v) =>
            `import urllib.request\nurllib.request.urlopen(${url} + "/${v.id()}", timeout=0.${v.integer(1, 2)})`,
        ],
        ['file', 'state.not_found', (v) => `import subprocess\nsubprocess.run(["${v.name()}ctl", "--all"])`],
        ['decode', 'contract.value', (v) => `b"${v.word()}\\xff".decode("utf-8")`],
        ['unpack', 'contract.value', (v) => `a, b = [${v.integer(1, 9)}]`],
        [
          'date',
          'contract.value',
          (v) =>
            `import datetime\nprint(datetime.date.fromisoformat("${v.integer(1, 28)}/${v.integer(1, 12)}/2024"))`,
        ],
        [
          'arguments',
          'contract.missing_param',
          (v) =>
            `import argparse\np = argparse.ArgumentParser(prog="report")\np.add_argument("--${v.name()}", required=True)\np.parse_args([])`,
        ],
        [
          'no-column',
          'state.not_found',
          (v) =>
            `import sqlite3\nc = sqlite3.connect(":memory:")\nc.execute("select ${v.name()} from (select 1 as one)")`,
        ],
      ]),
    }
  },
}

async function debianPython(cwd: string): Promise<string> {
  const ran = await run('/usr/bin/python3', ['--version'], { cwd }).catch(() => undefined)
  if (ran?.exitCode !== 0) throw new Error(`python3 does not run as ${JSON.stringify(nobody)}`)
  return '/usr/bin/python3'
}
