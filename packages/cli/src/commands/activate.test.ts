import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseRegistry, type RegistryState } from '@lifeharness/core'
import { expect, test } from 'vitest'
import { folderWithRegistry, lifeharness, temporaryFolder } from '../run.test.support.ts'

async function registryOf(cwd: string): Promise<RegistryState> {
  const { code, stderr } = await lifeharness(['export', '--store', 'registry.db', '-o', 'out.json'], { cwd })
  expect(code, stderr).toBe(0)
  return parseRegistry(readFileSync(join(cwd, 'out.json'), 'utf8'))
}

async function stagesOf(cwd: string): Promise<Record<string, string | undefined>> {
  const { entries } = await registryOf(cwd)
  return Object.fromEntries(
    entries.map(({ intervention, stages }) => [intervention.kind, stages.default?.stage]),
  )
}

test('a category: what is validated acts for all families, pinned, and the rest of it does not', async () => {
  const cwd = await folderWithRegistry()
  expect(await stagesOf(cwd)).toEqual({
    'affix-value': 'shadow',
    'explain-error': 'shadow',
    'patch-description': 'shadow',
    retry: 'proposed',
  })
  const args = ['activate', 'state.not_found', '--store', 'registry.db']
  const { code, stdout } = await lifeharness([...args, '--yes'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toMatch(/active {2}affix-value-\w+/)
  expect(await stagesOf(cwd)).toEqual({
    'affix-value': 'active',
    'explain-error': 'active',
    'patch-description': 'active',
    retry: 'proposed',
  })
  const { entries } = await registryOf(cwd)
  expect(entries.filter(({ pinned }) => pinned).length).toBe(3)
  const again = await lifeharness([...args, '--yes'], { cwd })
  expect(again.code).toBe(0)
  expect(again.stdout).toContain('was active already')
})

test('a category leaves alone what was suspended, which its own id brings back', async () => {
  const cwd = await folderWithRegistry()
  await lifeharness(['suspend', 'affix', '--store', 'registry.db'], { cwd })
  const all = await lifeharness(['activate', 'state.not_found', '--store', 'registry.db', '-y'], { cwd })
  expect(all.stdout).toMatch(/refused {2}affix[\s\S]*suspended, so name it by its id/)
  expect(await stagesOf(cwd)).toMatchObject({ 'affix-value': 'suspended', 'explain-error': 'active' })
  await lifeharness(['activate', 'affix', '--store', 'registry.db', '-y'], { cwd })
  expect(await stagesOf(cwd)).toMatchObject({ 'affix-value': 'active' })
})

test('one, by the beginning of its id, for one family: the others are left as they are', async () => {
  const cwd = await folderWithRegistry()
  const args = ['activate', 'affix', '--family', 'other-model', '--store', 'registry.db', '-y']
  expect((await lifeharness(args, { cwd })).code).toBe(0)
  const { entries } = await registryOf(cwd)
  const affix = entries.find(({ intervention }) => intervention.kind === 'affix-value')
  expect(affix?.stages['other-model']).toMatchObject({ stage: 'active', controlShare: 0.1 })
  expect(affix?.stages.default?.stage).toBe('shadow')
})

test('a draft is refused, and taken by force', async () => {
  const cwd = await folderWithRegistry()
  const refused = await lifeharness(['activate', 'exec.unavailable', '--store', 'registry.db', '--yes'], {
    cwd,
  })
  expect(refused.code).toBe(1)
  expect(refused.stdout).toContain('not validated: the tool is not declared read-only or idempotent')
  expect(refused.stderr).toContain('--force')
  expect((await stagesOf(cwd)).retry).toBe('proposed')
  const forced = await lifeharness(['activate', 'retry', '--store', 'registry.db', '--yes', '--force'], {
    cwd,
  })
  expect(forced.code).toBe(0)
  expect((await stagesOf(cwd)).retry).toBe('active')
})

test.each([
  [
    'an unknown category names the nearest and the closed list',
    ['state.notfound', '--yes'],
    2,
    /state\.not_found[\s\S]*contract\.value/,
  ],
  ['an unknown id names the nearest', ['retri-x', '--yes'], 1, /did you mean retry-\w+\?/],
  [
    'a category without interventions',
    ['auth.denied', '--yes'],
    1,
    /no intervention of the category auth\.denied/,
  ],
  ['nobody to confirm it', ['state.not_found'], 2, /add --yes/],
  ['an unknown option', ['state.not_found', '--yess'], 2, /unknown option '--yess'/],
])('%s', async (_, args, code, said) => {
  const cwd = await folderWithRegistry()
  const ran = await lifeharness(['activate', ...args, '--store', 'registry.db'], { cwd })
  expect(ran.stderr).toMatch(said)
  expect(ran.stderr).not.toMatch(/\n\s+at /)
  expect(ran.code).toBe(code)
  expect(Object.values(await stagesOf(cwd))).not.toContain('active')
})

test('a store that is not there is not made', async () => {
  const { code, stderr } = await lifeharness(['activate', 'auth.denied'], { cwd: temporaryFolder() })
  expect(code).toBe(1)
  expect(stderr).toContain('there is no registry at .lifeharness/registry.db')
})
