import { toolResult } from '@lifeharness/core'
import { type Provoked, provocations, type Source } from '../provocation.ts'
import { program, run, speaking } from '../shell.ts'

/** A tool `ruby{code}` that answers with what the interpreter printed, as an error text. */
export const ruby: Source = {
  tool: 'ruby',
  languages: ['en'],
  async open({ dir }) {
    const executable = program('ruby')
    const env = { ...speaking('en'), HOME: dir }
    const provoke = async (code: string): Promise<Provoked> => {
      const { stderr, stdout, exitCode } = await run(executable, ['-e', code], { cwd: dir, env })
      if (exitCode === 0) return { input: { code }, result: toolResult('ok', stdout) }
      const message = stderr.trim() || `exit ${exitCode}`
      return { input: { code }, result: toolResult('error', message, { error: { message } }) }
    }
    return {
      close: () => {},
      provocations: provocations(provoke, [
        ['name', 'contract.value', (v) => `puts ${v.name()}_x`],
        ['method', 'contract.value', (v) => `"${v.word()}".${v.name()}_x`],
        ['nil', 'contract.value', (v) => `x = nil\nx.${v.name()}_x`],
        ['constant', 'contract.value', (v) => `puts X${v.name()}`],
        ['syntax-end', 'contract.value', (v) => `def ${v.name()}_x\n  puts 1`],
        ['division', 'contract.value', (v) => `puts ${v.integer(1, 99)} / 0`],
        ['integer', 'contract.value', (v) => `Integer("${v.word()}")`],
        ['argument-count', 'contract.value', (v) => `def f(a)\nend\nf(${v.integer(1, 9)}, 2)`],
        ['key', 'contract.value', (v) => `{ a: 1 }.fetch(:${v.name()}_x)`],
        ['add', 'contract.value', (v) => `puts ${v.integer(1, 9)} + "${v.word()}"`],
        ['module', 'exec.dependency', (v) => `require '${v.word()}/${v.word()}'`],
        ['file', 'state.not_found', (v) => `File.read("${v.path()}")`],
        ['denied', 'auth.denied', (v) => `File.write("/etc/${v.file()}", "x")`],
        ['directory', 'contract.value', (v) => `File.read("/${v.pick(['tmp', 'usr', 'etc', 'var'])}")`],
        ['frozen', 'contract.value', (v) => `x = "${v.word()}".freeze\nx << "${v.word()}"`],
        [
          'refused',
          'exec.unavailable',
          (v) => `require 'net/http'\nNet::HTTP.get(URI("http://127.0.0.1:${v.integer(2, 8)}/${v.word()}"))`,
        ],
        ['json', 'contract.value', (v) => `require 'json'\nJSON.parse('{"${v.word()}": ${v.word()}}')`],
      ]),
    }
  },
}
