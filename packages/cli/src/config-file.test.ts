import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadConfig } from './config-file.ts'
import { temporaryFolder } from './run.test.support.ts'

function file(name: string, content: string): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, content)
  return path
}

describe('reads', () => {
  test.each([
    [
      'TypeScript with an import of the library',
      'c.config.ts',
      `import { defineConfig, type LifeHarnessConfig } from '@lifeharness/core'
       const tools: LifeHarnessConfig['tools'] = { 'get_*': { readOnly: true } }
       export default defineConfig({ tools })`,
    ],
    ['JavaScript', 'c.config.js', `export default { tools: { 'get_*': { readOnly: true } } }`],
    ['CommonJS', 'c.config.cjs', `module.exports = { tools: { 'get_*': { readOnly: true } } }`],
    ['JSON', 'c.json', '{ "tools": { "get_*": { "readOnly": true } } }'],
  ])('%s', async (_, name, content) => {
    expect((await loadConfig(file(name, content))).tools).toEqual({ 'get_*': { readOnly: true } })
  })
})

describe('refuses, and says why', () => {
  test.each([
    ['a misspelt member', 'c.json', '{ "tool": {} }', /tool is not known; it may hold tools, trustedOrigins/],
    [
      'a member of another form',
      'c.json',
      '{ "trustedOrigins": "x" }',
      /trustedOrigins should be a list, not string/,
    ],
    ['settings that are none', 'c.json', '{ "tools": { "a": true } }', /tools\["a"\] should be an object/],
    [
      'a misspelt setting of a tool',
      'c.json',
      '{ "tools": { "get_*": { "readonly": true } } }',
      /tools\["get_\*"\]\.readonly is not known; it may hold readOnly, idempotent/,
    ],
    [
      'a setting of another form',
      'c.json',
      '{ "tools": { "a": { "readOnly": "yes" } } }',
      /tools\["a"\]\.readOnly should be a boolean or a function, not string/,
    ],
    ['a list', 'c.json', '[]', /its default export is no object/],
    ['broken JSON', 'c.json', '{', /c\.json cannot be read: /],
    ['a syntax error', 'c.ts', 'export default {', /c\.ts cannot be read: /],
    ['an error of its own', 'c.ts', 'throw new Error("no disk")', /c\.ts cannot be read: no disk/],
  ])('%s', async (_, name, content, said) => {
    await expect(loadConfig(file(name, content))).rejects.toThrow(said)
  })

  test('a file that is not there', async () => {
    await expect(loadConfig('/nowhere/c.ts')).rejects.toThrow(/\/nowhere\/c\.ts does not exist/)
  })
})
