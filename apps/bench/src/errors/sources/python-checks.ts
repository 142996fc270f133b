import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** What a Python project is checked with from the command line: pytest, Flake8, Black, yamllint and pip. */
export const pythonChecks: Source = {
  tool: 'python-checks',
  languages: ['en'],
  async open({ dir, language }) {
    for (const name of ['py.test-3', 'flake8', 'black', 'yamllint']) program(name)
    await requireLocale(language, dir)
    await writeFile(join(dir, 'test_shop.py'), 'def test_total():\n    assert 1 + 1 == 2\n')
    const shell = shellTool(dir, language)
    const write = (file: string, text: string) => `printf '${text}' > ${file}; `
    const pytest = (args: string) => `py.test-3 -q ${args}`
    return {
      close: () => {},
      provocations: provocations(shell, [
        ['test-file', 'state.not_found', (v) => pytest(`tests/test_${v.word()}.py`)],
        ['test-name', 'state.not_found', (v) => pytest(`test_shop.py::test_${v.word()}`)],
        ['test-option', 'exec.dependency', (v) => pytest(`--${v.word()}s`)],
        ['test-keyword', 'contract.value', (v) => pytest(`-k '${v.word()} and'`)],
        [
          'test-fixture',
          'state.not_found',
          (v) => write('test_a.py', `def test_a(${v.word()}_x): pass\\n`) + pytest('test_a.py'),
        ],
        [
          'test-import',
          'exec.dependency',
          (v) => write('test_b.py', `import ${v.word()}_api\\n`) + pytest('test_b.py'),
        ],
        [
          'test-syntax',
          'contract.value',
          (v) => write('test_c.py', `def ${v.word()}(:\\n`) + pytest('test_c.py'),
        ],
        ['flake8-file', 'state.not_found', (v) => `flake8 ${v.word()}.py`],
        ['black-file', 'state.not_found', (v) => `black ${v.word()}.py`],
        ['black-syntax', 'contract.value', (v) => `${write('d.py', `def ${v.word()}(:\\n`)}black d.py`],
        ['black-version', 'contract.value', (v) => `black -t ${v.word()} test_shop.py`],
        ['black-option', 'exec.dependency', (v) => `black --${v.word()}s .`],
        ['yamllint-file', 'state.not_found', (v) => `yamllint ${v.word()}.yaml`],
        ['yamllint-syntax', 'contract.value', (v) => `printf 'a: [${v.word()}\\n' | yamllint -`],
        ['yamllint-rule', 'contract.value', (v) => `yamllint -d '{rules: {${v.word()}: enable}}' .`],
        ['yamllint-nothing', 'contract.missing_param', () => 'yamllint'],
        ['pip-command', 'exec.dependency', (v) => `/usr/bin/python3 -m pip ${v.word()}s`],
        [
          'pip-file',
          'state.not_found',
          (v) => `/usr/bin/python3 -m pip install --target . -r ${v.word()}.txt`,
        ],
        ['pip-show', 'state.not_found', (v) => `/usr/bin/python3 -m pip show ${v.word()}-sdk`],
      ]),
    }
  },
}
