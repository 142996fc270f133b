import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { checkLayout } from './check-layout.ts'

type Files = Record<string, string | undefined>

const core = 'packages/core/src'
const sound: Files = {
  [`${core}/index.ts`]: `export { run } from './runtime.ts'\nexport { timeout } from './classifiers/index.ts'`,
  [`${core}/failure.ts`]: 'export type Failure = { category: string }',
  [`${core}/runtime.ts`]: `import type { Failure } from './failure.ts'\nexport const run = (): Failure[] => []`,
  [`${core}/classifiers/index.ts`]: `export { timeout } from './timeout.ts'\nexport { wide } from './wide/index.ts'`,
  [`${core}/classifiers/timeout.ts`]: `import type { Failure } from '../failure.ts'\nexport const timeout: Failure[] = []`,
  [`${core}/classifiers/timeout.test.ts`]: `import { timeout } from './timeout.ts'\ntimeout.length`,
  [`${core}/classifiers/wide/index.ts`]: `export { wide } from './part.ts'`,
  [`${core}/classifiers/wide/part.ts`]: 'export const wide = 1',
  [`${core}/classifiers/wide/part.test.ts`]: '',
  [`${core}/sqlite/index.ts`]: `import { DatabaseSync } from 'node:sqlite'\nexport const open = DatabaseSync`,
  'packages/mcp/src/index.ts': `import { run } from '@lifeharness/core'\nexport const wrap = run`,
  'apps/bench/src/overhead.ts': `import { wrap } from '@lifeharness/mcp'\nwrap()`,
  'vitest.config.ts': 'export default {}',
}

const trees: string[] = []
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true })
})

/** What the check complains of in the sound tree with these files changed, added, or (undefined) left out. */
function problems(changes: Files): string[] {
  const tree = mkdtempSync(join(tmpdir(), 'layout-'))
  trees.push(tree)
  execFileSync('git', ['init', '--quiet'], { cwd: tree })
  for (const [path, text] of Object.entries({ ...sound, ...changes })) {
    if (text === undefined) continue
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), `${text}\n`)
  }
  return checkLayout(tree).flatMap(({ ok, name, output }) => (ok ? [] : `${name}\n${output}`))
}

describe('accepts', () => {
  it('a sound tree', () => expect(problems({})).toEqual([]))

  const accepted: [string, Files][] = [
    [
      'a test that runs an extension in the engine',
      { [`${core}/classifiers/timeout.test.ts`]: `import '../runtime.ts'` },
    ],
    ['a test of any length', { [`${core}/runtime.test.ts`]: 'run()\n'.repeat(500) }],
    ['a source of 400 lines', { [`${core}/failure.ts`]: Array(400).fill('//').join('\n') }],
    ['core under its own name', { [`${core}/sqlite/index.ts`]: `import '@lifeharness/core'` }],
    [
      'words in a comment that look like imports',
      { [`${core}/failure.ts`]: `// import 'node:fs'\nexport const a = "import 'node:fs'"` },
    ],
  ]
  it.each(accepted)('%s', (_, changes) => expect(problems(changes)).toEqual([]))
})

describe('rejects', () => {
  const rejected: [string, Files, string][] = [
    [
      'an extension without a test',
      { [`${core}/classifiers/timeout.test.ts`]: undefined },
      'timeout.ts: has no sibling test',
    ],
    [
      'an extension folder without a test',
      { [`${core}/classifiers/wide/part.test.ts`]: undefined },
      'wide/index.ts: has no sibling test',
    ],
    [
      'a test without its source',
      { [`${core}/classifiers/timeuot.test.ts`]: '' },
      'timeuot.test.ts: tests a file that is not there',
    ],
    [
      'an extension that is not in the index',
      { [`${core}/classifiers/index.ts`]: `export { wide } from './wide/index.ts'` },
      'timeout.ts: needs exactly one line in packages/core/src/classifiers/index.ts, found 0',
    ],
    [
      'an extension that is in the index twice',
      {
        [`${core}/classifiers/index.ts`]: `${sound[`${core}/classifiers/index.ts`]}\nexport { timeout as again } from './timeout.ts'`,
      },
      'found 2',
    ],
    [
      'an index line for what is no extension',
      {
        [`${core}/classifiers/index.ts`]: `${sound[`${core}/classifiers/index.ts`]}\nexport { run } from '../runtime.ts'`,
      },
      'packages/core/src/runtime.ts is no extension',
    ],
    [
      'a folder without index',
      { [`${core}/classifiers/index.ts`]: undefined },
      'classifiers/index.ts is missing',
    ],
    [
      'an extension that is a folder without index',
      { [`${core}/classifiers/wide/index.ts`]: undefined },
      'wide/index.ts is missing',
    ],
    [
      'an extension folder with nothing in it',
      { 'packages/cli/src/commands/index.ts': 'export {}' },
      'commands: exists, but no extension',
    ],
    ['an untested command', { 'packages/cli/src/commands/mine.ts': '' }, 'mine.ts: has no sibling test'],
    ['export *', { 'packages/mcp/src/index.ts': `export * from '@lifeharness/core'` }, 'export * hides'],
    [
      'export * as',
      { 'packages/mcp/src/index.ts': `export * as all from '@lifeharness/core'` },
      'export * hides',
    ],
    ['export default', { [`${core}/failure.ts`]: 'export default 1' }, 'failure.ts: export default'],
    [
      'export as default',
      { [`${core}/failure.ts`]: 'const a = 1\nexport { a as default }' },
      'failure.ts: export default',
    ],
    [
      'core reaching up',
      { [`${core}/runtime.ts`]: `import '@lifeharness/mcp'` },
      'packages/core must not import @lifeharness/mcp',
    ],
    [
      'an adapter in an adapter',
      { 'packages/ai-sdk/src/act.ts': `import type { A } from '@lifeharness/mcp'` },
      'must not import @lifeharness/mcp',
    ],
    [
      'an adapter with the command line',
      { 'packages/mcp/src/index.ts': `import '@lifeharness/cli'` },
      'must not import @lifeharness/cli',
    ],
    [
      'an app in a package',
      { 'packages/cli/src/main.ts': `import '@lifeharness/bench'` },
      '@lifeharness/bench is no package',
    ],
    [
      'a relative path into another package',
      { 'packages/mcp/src/index.ts': `export { run } from '../../core/src/runtime.ts'` },
      'leaves packages/mcp',
    ],
    [
      'a package that has no place',
      { 'packages/extra/src/index.ts': '' },
      'packages/extra has no place in the order',
    ],
    [
      'a Node built-in in the main entry',
      { [`${core}/failure.ts`]: `import { hash } from 'node:crypto'` },
      'node:crypto is imported by packages/core/src/failure.ts < packages/core/src/runtime.ts',
    ],
    ['a Node built-in by its old name', { [`${core}/failure.ts`]: `import 'fs'` }, 'fs is imported by'],
    [
      'a Node built-in imported late',
      { [`${core}/failure.ts`]: `export const f = () => import('node:fs')` },
      'node:fs is imported by',
    ],
    [
      'a Node built-in behind a subpath',
      { [`${core}/runtime.ts`]: `import '@lifeharness/core/sqlite'` },
      'node:sqlite is imported by',
    ],
    ['a missing main entry', { [`${core}/index.ts`]: undefined }, 'packages/core/src/index.ts is missing'],
    [
      'an import that leads nowhere',
      { [`${core}/runtime.ts`]: `import './gone.ts'` },
      './gone.ts was not found',
    ],
    [
      'an extension that reaches for the engine',
      { [`${core}/classifiers/timeout.ts`]: `import type { A } from '../runtime.ts'` },
      'must not import ../runtime.ts',
    ],
    [
      'an extension that imports a neighbour',
      { [`${core}/classifiers/timeout.ts`]: `import './wide/part.ts'` },
      'must not import ./wide/part.ts',
    ],
    [
      'an extension that imports its index',
      { [`${core}/classifiers/timeout.ts`]: `import './index.ts'` },
      'must not import ./index.ts',
    ],
    [
      'an extension that imports another kind',
      { [`${core}/interventions/retry.ts`]: `import '../classifiers/timeout.ts'` },
      'must not import ../classifiers/timeout.ts',
    ],
    [
      'a source of 401 lines',
      { [`${core}/failure.ts`]: Array(401).fill('//').join('\n') },
      'failure.ts: 401 lines',
    ],
    [
      'a path of one machine',
      { 'docs/a.md': `see ${['/work', 'shared'].join('/')}/x` },
      'docs/a.md: mentions',
    ],
    ['a source that does not parse', { [`${core}/failure.ts`]: 'export const = 1' }, 'failure.ts: '],
  ]
  it.each(rejected)('%s', (_, changes, complaint) => {
    expect(problems(changes).join('\n')).toContain(complaint)
  })

  it('a tree with nothing in it', () => {
    const nothing = Object.fromEntries(Object.keys(sound).map((path) => [path, undefined]))
    expect(problems(nothing).join('\n')).toContain('no source in any package or app')
  })
})
