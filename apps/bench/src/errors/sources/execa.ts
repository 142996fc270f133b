import { chmod, mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa as execute, type Options } from 'execa'
import { provocations, type Source } from '../provocation.ts'
import { nobody, speaking } from '../shell.ts'
import { thrownBy } from './node-fs.ts'

/** A tool that runs programs by name: its errors tell the command, how it ended, and what it wrote. */
export const execa: Source = {
  tool: 'execa',
  languages: ['en'],
  async open({ dir }) {
    const env = speaking('en')
    const on = (file: string, args: string[], options: Options = {}) => ({
      input: { file, args },
      act: async () => execute(file, args, { cwd: dir, env, extendEnv: false, ...nobody, ...options }),
    })
    const fresh = () => mkdtemp(join(dir, 'x-'))
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        ['command', 'exec.dependency', (v) => on(`${v.name()}ctl`, [v.word()])],
        [
          'timed-out',
          'exec.timeout',
          (v) => on('sleep', [`${v.integer(5, 90)}`], { timeout: v.integer(30, 90) }),
        ],
        ['folder-missing', 'state.not_found', (v) => on('ls', [], { cwd: join(dir, v.name(), v.word()) })],
        [
          'not-executable',
          'auth.denied',
          (v) => {
            const name = v.file()
            return {
              input: { file: name, args: [] },
              act: async () => {
                const path = join(await fresh(), name)
                await writeFile(path, 'x')
                await chmod(path, 0o600)
                return execute(path, [], { cwd: dir })
              },
            }
          },
        ],
        ['ls-missing', 'state.not_found', (v) => on('ls', [v.path()])],
        ['mkdir-denied', 'auth.denied', (v) => on('mkdir', [`/usr/${v.name()}`])],
        ['tee-denied', 'auth.denied', (v) => on('tee', [`/etc/${v.file()}`], { input: 'a' })],
        ['option-type', 'contract.type', (v) => on('ls', [], { timeout: v.word() as never })],
        ['argument-type', 'contract.type', (v) => on('ls', v.word() as never)],
        ['mktemp-template', 'contract.value', (v) => on('mktemp', [v.word()])],
        ['cut-list', 'contract.value', (v) => on('cut', ['-f', v.word()], { input: 'a' })],
        ['tr-operand', 'contract.missing_param', (v) => on('tr', [v.word()], { input: 'a' })],
      ]),
    }
  },
}
