import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { installedPackages } from './installed.ts'
import { temporaryFolder } from './run.test.support.ts'

function install(folder: string, name: string, manifest: string): void {
  const path = join(folder, 'node_modules', '@lifeharness', name)
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'package.json'), manifest)
}

test('the nearest of each name counts, and what is no package is passed over', () => {
  const root = temporaryFolder()
  const inner = join(root, 'apps', 'shop')
  install(root, 'core', '{"version":"0.1.0"}')
  install(root, 'mcp', '{"version":"0.1.0"}')
  install(root, 'broken', 'no JSON')
  install(inner, 'core', '{"version":"0.2.0"}')
  const found = installedPackages(inner).map(({ name, version }) => `${name} ${version}`)
  expect(found).toEqual(['@lifeharness/core 0.2.0', '@lifeharness/mcp 0.1.0'])
})

test('a folder without any', () => {
  expect(installedPackages(temporaryFolder())).toEqual([])
})
