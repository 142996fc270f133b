// `npm test`, as anyone would run it, and what became of every single test. A test that was skipped is named; in CI
// it is a failure, because there everything a test may need is there.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { printAll, type Result, root } from './check.ts'

/** What is read of the report of vitest's json reporter. */
export interface Report {
  testResults: {
    name: string
    status: string
    assertionResults: { status: string; fullName: string }[]
  }[]
}

export function checkTests(): Result[] {
  const file = join(root, 'node_modules/.cache/tests.json')
  rmSync(file, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { status } = spawnSync('npm', ['test', '--', ...reporters], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  })
  const report: Report | undefined = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  return summarise(report, status === 0, Boolean(process.env.CI))
}

export function summarise(report: Report | undefined, ok: boolean, ci: boolean): Result[] {
  const files = report?.testResults ?? []
  const all = files.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ status, fullName }) => ({
      status,
      title: `${relative(root, name)}: ${fullName}`,
    })),
  )
  const passed = all.filter(({ status }) => status === 'passed').length
  const failed = all.filter(({ status }) => status === 'failed')
  const skipped = all.filter(({ status }) => status !== 'passed' && status !== 'failed')
  // A file that could not even be loaded has no tests, and would otherwise fail unseen.
  const broken = files.filter(({ status, assertionResults }) => {
    return status === 'failed' && !assertionResults.some((test) => test.status === 'failed')
  })
  const problems = [
    ...(passed === 0 ? ['no test has passed'] : []),
    ...failed.map(({ title }) => `failed: ${title}`),
    ...broken.map(({ name }) => `did not run: ${relative(root, name)}`),
  ]
  return [
    {
      name: 'npm test',
      ok: ok && problems.length === 0,
      output: [`${passed} tests passed, ${failed.length + broken.length} did not`, ...problems].join('\n'),
      tests: { passed, failed: failed.length + broken.length },
    },
    {
      name: 'no test is skipped',
      ok: skipped.length === 0 || !ci,
      ...(skipped.length > 0 && { output: skipped.map(({ title }) => `skipped: ${title}`).join('\n') }),
    },
  ]
}

if (import.meta.main) printAll(checkTests())
