import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from './check.ts'
import { type Report, summarise } from './check-tests.ts'

const file = (status: string, ...tests: string[]): Report['testResults'][number] => ({
  name: join(root, 'packages/core/src/a.test.ts'),
  status,
  assertionResults: tests.map((test, index) => ({ status: test, fullName: `test ${index}` })),
})

const verdicts = (report: Report | undefined, ok: boolean, ci = true) =>
  summarise(report, ok, ci).map((result) => result.ok)

it('passes when every test has', () => {
  const [tests, skips] = summarise({ testResults: [file('passed', 'passed', 'passed')] }, true, true)
  expect(tests).toMatchObject({ ok: true, tests: { passed: 2, failed: 0 } })
  expect(skips).toMatchObject({ ok: true })
})

it('counts and names a test that failed', () => {
  const [tests] = summarise({ testResults: [file('failed', 'passed', 'failed')] }, false, true)
  expect(tests).toMatchObject({ ok: false, tests: { passed: 1, failed: 1 } })
  expect(tests?.output).toContain('failed: packages/core/src/a.test.ts: test 1')
})

it('counts a file that could not be loaded', () => {
  const [tests] = summarise({ testResults: [file('passed', 'passed'), file('failed')] }, false, true)
  expect(tests).toMatchObject({ ok: false, tests: { passed: 1, failed: 1 } })
})

it('fails when the command did, whatever the tests say', () => {
  expect(verdicts({ testResults: [file('passed', 'passed')] }, false)).toEqual([false, true])
})

it('fails without a report, and without a test', () => {
  expect(verdicts(undefined, true)).toEqual([false, true])
  expect(verdicts({ testResults: [] }, true)).toEqual([false, true])
})

it.each(['skipped', 'pending', 'todo'])('names a %s test, and fails in CI only', (status) => {
  const report = { testResults: [file('passed', 'passed', status)] }
  expect(verdicts(report, true)).toEqual([true, false])
  expect(verdicts(report, true, false)).toEqual([true, true])
  expect(summarise(report, true, false)[1]?.output).toContain('skipped: packages/core/src/a.test.ts: test 1')
})
