import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const own = join(import.meta.dirname, '..')

test('the example of the README runs as it stands there, with a model in the place of the reader’s', async () => {
  const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(own, 'README.md'), 'utf8')) ?? []
  const scripted = example.replace('new MockLanguageModelV4()', 'scriptedHostModel(followScript(turns))')
  expect(scripted).not.toBe(example)
  const folder = join(own, 'node_modules/.cache')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'readme-example.ts')
  const source = join(own, 'src')
  writeFileSync(
    file,
    `import { followScript } from '@lifeharness/core/testing'
import { scriptedHostModel } from ${JSON.stringify(join(source, 'host.test.support.ts'))}
const turns = [[{ id: 'call-1', name: 'add', input: { a: 1, b: 2 } }]]
${scripted.replace('@lifeharness/ai-sdk', join(source, 'index.ts'))}
export { ask, lifeHarness }
`,
  )
  const { ask, lifeHarness } = await import(file)
  const { text, steps } = await ask('What is 1 + 2?')
  expect(text).toBe('done')
  expect(steps[0].toolResults).toMatchObject([{ toolName: 'add', output: 3 }])
  await lifeHarness.flush()
  // An episode, its tools, two turns of the model, one call, and the end.
  expect(lifeHarness.health()).toMatchObject({ events: { written: 6 }, faults: 0 })
})
