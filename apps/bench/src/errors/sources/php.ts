import { toolResult } from '@lifeharness/core'
import { type Provoked, provocations, type Source } from '../provocation.ts'
import { program, run, speaking } from '../shell.ts'

/** A tool `php{code}` that answers with what the interpreter printed, as an error text. */
export const php: Source = {
  tool: 'php',
  languages: ['en'],
  async open({ dir }) {
    const executable = program('php')
    const env = { ...speaking('en'), HOME: dir }
    const provoke = async (code: string): Promise<Provoked> => {
      const { stderr, stdout, exitCode } = await run(
        executable,
        ['-d', 'display_errors=stderr', '-d', 'log_errors=0', '-r', code],
        { cwd: dir, env },
      )
      if (exitCode === 0) return { input: { code }, result: toolResult('ok', stdout) }
      const message = stderr.trim() || stdout.trim() || `exit ${exitCode}`
      return { input: { code }, result: toolResult('error', message, { error: { message } }) }
    }
    return {
      close: () => {},
      provocations: provocations(provoke, [
        ['function', 'contract.value', (v) => `${v.name()}_x(${v.integer(1, 9)});`],
        ['method', 'contract.value', (v) => `$x = new ArrayObject(); $x->${v.name()}_x();`],
        ['null', 'contract.value', (v) => `$x = null; $x->${v.name()}();`],
        ['class', 'contract.value', (v) => `new ${v.name()}_x();`],
        ['constant', 'contract.value', (v) => `echo ${v.name().toUpperCase()}_X;`],
        ['syntax', 'contract.value', (v) => `$${v.name()} = = 1;`],
        ['syntax-end', 'contract.value', (v) => `if ($${v.name()}) {`],
        ['division', 'contract.value', (v) => `echo ${v.integer(1, 99)} % 0;`],
        ['add', 'contract.value', (v) => `echo ${v.integer(1, 9)} + "${v.word()}";`],
        ['argument-count', 'contract.value', (v) => `function f($a, $b) {} f(${v.integer(1, 9)});`],
        ['argument-type', 'contract.value', (v) => `function f(int $a) {} f("${v.word()}");`],
        ['include', 'state.not_found', (v) => `require "${v.path()}";`],
        [
          'json',
          'contract.value',
          (v) => `json_decode('{"${v.word()}": ${v.word()}}', flags: JSON_THROW_ON_ERROR);`,
        ],
        ['date', 'contract.value', (v) => `new DateTime("${v.phrase()}");`],
        [
          'no-table',
          'state.not_found',
          (v) => `(new PDO("sqlite::memory:"))->query("SELECT * FROM ${v.name()}_s");`,
        ],
      ]),
    }
  },
}
