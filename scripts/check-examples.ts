// Every example runs from source and ends well by its own assertions.
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { bin, printAll, type Result, root, run } from './check.ts'

export function checkExamples(): Result[] {
  const mains = globSync('apps/examples/*/main.ts', { cwd: root }).sort()
  if (mains.length === 0) return [{ name: 'examples', ok: false, output: 'there are none' }]
  return mains.map((main) => {
    const { ok, output } = run(join(bin, 'node'), ['--conditions=lifeharness-source', main], root, 120_000)
    return { name: `example: ${main.split('/')[2]}`, ok, ...(!ok && { output }) }
  })
}

if (import.meta.main) printAll(checkExamples())
