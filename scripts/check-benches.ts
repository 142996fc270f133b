// Benches that hold core to a promise, in their short form. The full one is for whoever changes the statistics.
import { join } from 'node:path'
import { bin, printAll, type Result, root, run } from './check.ts'

const PROMISING = ['activation', 'fuzz', 'packs', 'env', 'worlds']

export function checkBenches(): Result[] {
  return PROMISING.map((bench) => {
    const main = `apps/bench/src/${bench}.ts`
    const { ok, output } = run(
      join(bin, 'node'),
      ['--conditions=lifeharness-source', main, '--quick'],
      root,
      600_000,
    )
    return { name: `bench: ${bench} --quick`, ok, ...(!ok && { output }) }
  })
}

if (import.meta.main) printAll(checkBenches())
