// All checks, each printed with its result, and the totals on the last line. Every test counts, and every check.
import { join } from 'node:path'
import { bin, command, print, type Result, root } from './check.ts'
import { checkBenches } from './check-benches.ts'
import { checkExamples } from './check-examples.ts'
import { checkInterventions } from './check-interventions.ts'
import { checkLayout } from './check-layout.ts'
import { checkMainEntry } from './check-main-entry.ts'
import { checkPackages } from './check-packages.ts'
import { checkReadme } from './check-readme.ts'
import { checkTests } from './check-tests.ts'

const checks: Record<string, () => Result[] | Promise<Result[]>> = {
  tests: checkTests,
  layout: () => checkLayout(root),
  interventions: () => checkInterventions(root),
  lint: () => [command('lint', join(bin, 'biome'), ['ci', '--colors=off', '.'])],
  types: () => [command('types', join(bin, 'tsc'), ['-b'])],
  knip: () => [command('knip', join(bin, 'knip'), [])],
  packages: checkPackages,
  'main entry': checkMainEntry,
  examples: checkExamples,
  benches: checkBenches,
  readme: checkReadme,
}

const totals = { passed: 0, failed: 0 }
for (const [name, check] of Object.entries(checks)) {
  const since = performance.now()
  console.log(`\n== ${name}`)
  for (const result of await attempt(name, check)) {
    print(result)
    totals[result.ok ? 'passed' : 'failed']++
    totals.passed += result.tests?.passed ?? 0
    totals.failed += result.tests?.failed ?? 0
  }
  console.log(`     ${((performance.now() - since) / 1000).toFixed(1)} s`)
}
console.log(`\n${totals.passed} passed, ${totals.failed} failed`)
process.exitCode = totals.failed === 0 ? 0 : 1

/** A check that throws, or that found nothing to check, has failed. */
async function attempt(name: string, check: () => Result[] | Promise<Result[]>): Promise<Result[]> {
  try {
    const results = await check()
    return results.length > 0 ? results : [{ name, ok: false, output: 'checked nothing' }]
  } catch (fault) {
    return [{ name, ok: false, output: String(fault) }]
  }
}
