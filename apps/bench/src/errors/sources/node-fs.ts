import * as fs from 'node:fs/promises'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorFacts, type Json, toolResult } from '@lifeharness/core'
import { type Provoked, provocations, type Source } from '../provocation.ts'

type Call = { input: Json; act: () => Promise<unknown> }

/** Calls a function and keeps what it throws. */
export async function thrownBy({ input, act }: Call): Promise<Provoked> {
  try {
    const value = await act()
    return { input, result: toolResult('ok', value) }
  } catch (thrown) {
    return { input, result: toolResult('error', thrown, { error: errorFacts(thrown) }) }
  }
}

/** Tools that a developer writes around `node:fs`: the errors are typed. */
export const nodeFs: Source = {
  tool: 'node-fs',
  languages: ['en'],
  async open({ dir }) {
    await mkdir(join(dir, 'full', 'inner'), { recursive: true })
    await writeFile(join(dir, 'plain.txt'), 'text')
    const on = (path: unknown, act: (path: string) => Promise<unknown>): Call => ({
      input: { path } as Json,
      act: () => act(path as string),
    })
    const fresh = async (name: string): Promise<string> => {
      const path = join(dir, name)
      await mkdir(path, { recursive: true })
      return path
    }
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        ['read-missing', 'state.not_found', (v) => on(v.path(), (path) => fs.readFile(path))],
        [
          'list-missing',
          'state.not_found',
          (v) => on(join(dir, v.name(), v.word()), (path) => fs.readdir(path)),
        ],
        ['stat-missing', 'state.not_found', (v) => on(v.file(), (path) => fs.stat(path))],
        ['delete-missing', 'state.not_found', (v) => on(v.path(), (path) => fs.unlink(path))],
        ['rename-missing', 'state.not_found', (v) => on(v.file(), (path) => fs.rename(path, `${path}.old`))],
        [
          'read-directory',
          'contract.value',
          (v) =>
            on(join(dir, v.word()), async (path) => {
              await fs.mkdir(path, { recursive: true })
              return fs.readFile(path)
            }),
        ],
        [
          'list-file',
          'contract.value',
          (v) =>
            on(join(dir, v.file()), async (path) => {
              await writeFile(path, '')
              return fs.readdir(path)
            }),
        ],
        [
          'mkdir-exists',
          'state.conflict',
          (v) => on(join(dir, v.name()), async (path) => fs.mkdir(await fresh(path.slice(dir.length + 1)))),
        ],
        [
          'rmdir-not-empty',
          'state.conflict',
          (v) =>
            on(join(dir, v.name()), async (path) => {
              await fresh(join(path.slice(dir.length + 1), v.word()))
              return fs.rmdir(path)
            }),
        ],
        ['name-too-long', 'contract.value', (v) => on(v.word().repeat(60), (path) => fs.writeFile(path, ''))],
        ['path-type', 'contract.type', (v) => on(v.integer(7e9, 9e9), (path) => fs.readFile(path))],
        [
          'encoding',
          'contract.value',
          (v) => on(join(dir, 'plain.txt'), (path) => fs.readFile(path, v.word() as BufferEncoding)),
        ],
        [
          'mode-range',
          'contract.value',
          (v) => on(v.integer(-90, -1), (path) => fs.chmod(join(dir, 'plain.txt'), Number(path))),
        ],
        ['null-byte', 'contract.value', (v) => on(`${v.word()}\u0000.txt`, (path) => fs.readFile(path))],
        [
          'not-folder',
          'contract.value',
          (v) => on(join(dir, 'plain.txt', v.file()), (path) => fs.writeFile(path, '')),
        ],
        [
          'copy-exists',
          'state.conflict',
          (v) =>
            on(join(dir, v.file()), async (path) => {
              await writeFile(path, '')
              return fs.copyFile(join(dir, 'plain.txt'), path, fs.constants.COPYFILE_EXCL)
            }),
        ],
      ]),
    }
  },
}
