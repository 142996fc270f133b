import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const own = join(root, 'packages/ai-sdk')

const program = (used: string) => `
import { lifeHarnessMiddleware, lifeHarnessTools } from '@lifeharness/ai-sdk'
import { createLifeHarness } from '@lifeharness/core'
import { generateText, type LanguageModel, streamText, tool, wrapLanguageModel } from 'ai'
import { z } from 'zod'
declare const plain: Parameters<typeof wrapLanguageModel>[0]['model']
const lifeHarness = await createLifeHarness()
const add = tool({ inputSchema: z.object({ a: z.number() }), execute: ({ a }) => a + 1 })
const tools = lifeHarnessTools(lifeHarness, { add })
const model: LanguageModel = wrapLanguageModel({ model: plain, middleware: lifeHarnessMiddleware(lifeHarness) })
const { toolResults } = await generateText({ model, tools, prompt: 'go' })
for (const result of toolResults) if (!result.dynamic) console.log(${used})
streamText({ model, tools, prompt: 'go' })
`

/** The program compiled as a user's, with one major of the SDK in the place of \`ai\`. */
async function compiled(major: string, source: string): Promise<string> {
  const folder = join(own, 'node_modules/.cache/types', major, source.length.toString())
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'program.ts'), source)
  const compilerOptions = {
    ...{ composite: false, incremental: false, tsBuildInfoFile: null, noEmit: true, rootDir: root },
    ...{ isolatedDeclarations: false, declaration: false, declarationMap: false, skipLibCheck: true },
    paths: { ai: [join(own, 'node_modules', major)] },
  }
  const config = {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions,
    files: ['program.ts'],
    include: [],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const tsc = join(root, 'node_modules/.bin/tsc')
  const run = promisify(execFile)(tsc, ['-p', folder, '--pretty', 'false'])
  return run.then(
    () => '',
    ({ stdout }: { stdout: string }) => stdout,
  )
}

test.each(['ai-5', 'ai-6', 'ai'])('types fit %s, and results keep theirs', async (major) => {
  expect(await compiled(major, program('result.output.toFixed()'))).toBe('')
  expect(await compiled(major, program('result.output.trim()'))).toMatch(
    /^\S*program\.ts\(\d+,\d+\): error TS2339/,
  )
})
