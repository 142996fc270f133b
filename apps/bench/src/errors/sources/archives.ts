import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Zip from 'adm-zip'
import * as tar from 'tar'
import { functionProvocations } from '../function-tool.ts'
import type { Source } from '../provocation.ts'

/** Archives made and opened by adm-zip and node-tar. */
export const archives: Source = {
  tool: 'archives',
  languages: ['en'],
  async open({ dir }) {
    const zipped = new Zip()
    zipped.addFile('kept.txt', Buffer.from('text'))
    const kept = zipped.toBuffer()
    await writeFile(join(dir, 'kept.zip'), kept)
    await writeFile(join(dir, 'kept.txt'), 'text\n')
    await writeFile(join(dir, 'empty.tar'), '')
    await tar.create({ file: join(dir, 'kept.tar'), cwd: dir }, ['kept.txt'])
    await tar.create({ file: join(dir, 'packed.tgz'), cwd: dir, gzip: true }, ['kept.txt'])
    const packed = await readFile(join(dir, 'packed.tgz'))
    const at = (path: string) => (path.startsWith('/') ? path : join(dir, path))
    const functions = {
      openBytes: (text: string) => new Zip(Buffer.from(text)).getEntries(),
      extract: (entry: string, to: string) => new Zip(at('kept.zip')).extractEntryTo(entry, at(to)),
      addLocal: (path: string) => new Zip().addLocalFile(path),
      extractOver: (entry: string) => new Zip(at('kept.zip')).extractEntryTo(entry, dir, false, false),
      listTar: (file: string) => tar.list({ file: at(file), strict: true }),
      extractTar: (file: string, cwd: string) => tar.extract({ file: at(file), cwd: at(cwd), strict: true }),
      createTar: (files: string[], to = 'new.tar') => tar.create({ file: at(to), cwd: dir }, files),
      appendTar: (file: string, files: string[]) => tar.replace({ file: at(file), cwd: dir }, files),
      createPacked: (options: object) =>
        tar.create({ file: at('packed.tar'), cwd: dir, ...options }, ['kept.txt']),
      cutTar: async (bytes: number) => {
        await writeFile(at('cut.tgz'), packed.subarray(0, bytes))
        await tar.list({ file: at('cut.tgz'), strict: true })
      },
    }
    return {
      close: () => {},
      provocations: functionProvocations(functions, [
        ['zip-text', 'contract.value', (v) => ['openBytes', `${v.phrase()} ${v.phrase()}`]],
        ['entry-absent', 'state.not_found', (v) => ['extract', v.file(), 'out']],
        ['local-absent', 'state.not_found', (v) => ['addLocal', v.path()]],
        ['tar-absent', 'state.not_found', (v) => ['listTar', v.path()]],
        ['tar-text', 'contract.value', () => ['listTar', 'kept.zip']],
        ['tar-cwd', 'state.not_found', (v) => ['extractTar', 'kept.tar', v.word()]],
        ['tar-member', 'state.not_found', (v) => ['createTar', [v.file()]]],
        ['tar-nothing', 'contract.missing_param', () => ['createTar', []]],
        ['append-nothing', 'contract.missing_param', () => ['appendTar', 'kept.tar', []]],
        ['over', 'state.conflict', () => ['extractOver', 'kept.txt']],
        ['cut', 'contract.value', (v) => ['cutTar', v.integer(40, 80)]],
        [
          'two-ways',
          'contract.value',
          (v) => ['createPacked', { gzip: { level: v.integer(1, 9) }, brotli: true }],
        ],
        ['level', 'contract.value', (v) => ['createPacked', { gzip: { level: v.integer(10, 99) } }]],
      ]),
    }
  },
}
