import * as fs from 'node:fs'
import { promises as files } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import git from 'isomorphic-git'
import http from 'isomorphic-git/http/node'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** Git in JavaScript. */
export const isomorphicGitTool: Source = {
  tool: 'isomorphic-git',
  languages: ['en'],
  async open() {
    const dir = await mkdtemp(join(tmpdir(), 'bench-git-'))
    await git.init({ fs, dir, defaultBranch: 'main' })
    await files.writeFile(join(dir, 'kept'), 'a')
    await git.add({ fs, dir, filepath: 'kept' })
    const author = { name: 'a', email: 'a@b.c' }
    await git.commit({ fs, dir, message: 'a', author })
    await git.branch({ fs, dir, ref: 'old' })
    await git.tag({ fs, dir, ref: 'v1' })
    const on = (input: Record<string, string>, act: () => Promise<unknown>) => ({ input, act })
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        [
          'resolve',
          'state.not_found',
          (v) => {
            const ref = v.name()
            return on({ ref }, () => git.resolveRef({ fs, dir, ref }))
          },
        ],
        [
          'commit-message',
          'contract.missing_param',
          (v) => {
            const name = v.word()
            return on({ name }, () => git.commit({ fs, dir, author: { name, email: 'a' } } as never))
          },
        ],
        [
          'author',
          'contract.missing_param',
          (v) => {
            const message = v.phrase()
            return on({ message }, () => git.commit({ fs, dir, message }))
          },
        ],
        [
          'branch-name',
          'contract.value',
          (v) => {
            const ref = `${v.word()}..${v.word()}`
            return on({ ref }, () => git.branch({ fs, dir, ref }))
          },
        ],
        [
          'branch-exists',
          'state.conflict',
          (v) => {
            const object = v.pick(['main', 'old'])
            return on({ object }, () => git.branch({ fs, dir, ref: 'old', object }))
          },
        ],
        [
          'tag-exists',
          'state.conflict',
          (v) => {
            const object = v.pick(['main', 'old'])
            return on({ object }, () => git.tag({ fs, dir, ref: 'v1', object }))
          },
        ],
        [
          'clone-refused',
          'exec.unavailable',
          (v) => {
            const url = `http://127.0.0.1:${v.integer(2, 9)}/${v.word()}.git`
            return on({ url }, () => git.clone({ fs, http, dir: join(dir, 'x'), url }))
          },
        ],
        [
          'clone-protocol',
          'contract.value',
          (v) => {
            const url = `${v.word()}://a/b.git`
            return on({ url }, () => git.clone({ fs, http, dir: join(dir, 'y'), url }))
          },
        ],
        [
          'expand',
          'state.not_found',
          (v) => {
            const oid = `${v.integer(1000, 9999)}`
            return on({ oid }, () => git.expandOid({ fs, dir, oid }))
          },
        ],
      ]),
    }
  },
}
