import { expect, test } from 'vitest'
import type { Explanation, FiredReport } from './explain-report.ts'
import { printExplanation } from './print-explanation.ts'

const MADE: Explanation = {
  format: 'lifeharness-explain/1',
  ...{ call: 'c1', event: 'e1', episode: 'e', family: 'm', tool: 'bookFlight', at: null, outcome: 'ok' },
  ...{ input: { to: 'Lyon' }, executed: null, executedTool: null, error: null, failure: null },
  ...{ fired: [], others: [], since: [] },
}

const FIRED: FiredReport = {
  ...{ id: 'i1', version: 1, does: 'helps', arm: 'applied', action: 'replace-call', treatedShare: null },
  ...{ guard: null, answers: null, changes: [], added: null, note: null, stood: null, stands: null },
  origin: { inducer: 'test', pairs: 0, failures: 0, episodes: 0, subjects: 0 },
}

function printed(more: Partial<Explanation>): string {
  const lines: string[] = []
  const write = (text = '') => void lines.push(text)
  const plain = (_: unknown, text: string) => text
  printExplanation(
    { ...MADE, ...more },
    { width: 100, out: write, err: write, paint: plain, paintErr: plain },
  )
  return lines.join('\n')
}

test('a call of another tool says which one ran', () => {
  const said = printed({ executed: { to: 'Lyon' }, executedTool: 'book_flight', fired: [FIRED] })
  expect(said).toMatch(/^executed +book_flight \{"to":"Lyon"\}$/m)
  expect(said).toMatch(/^ {2}changed +the tool: bookFlight → book_flight$/m)
})

test('a call that was added is told as one, and not as a change of the arguments', () => {
  const said = printed({ fired: [{ ...FIRED, action: 'insert-call', added: { user: 'u' } }] })
  expect(said).toMatch(/^ {2}added +a call with \{"user":"u"\}$/m)
  expect(said).not.toContain('changed')
})

test('what would add a call says which', () => {
  const would = { action: 'insert-call', changes: [], tool: 'login', added: {} }
  const other = {
    id: 'i2',
    does: 'calls login before it',
    stage: 'shadow' as const,
    because: 'it is in shadow',
  }
  expect(printed({ others: [{ ...other, would }] })).toMatch(/^ {2}would +call login with \{\}$/m)
})

test('an edit says what it changes, and a hint what it adds', () => {
  const edit = { ...FIRED, changes: [{ path: 'id', before: 'W1', after: '#W1' }] }
  const hint = { ...FIRED, changes: [{ path: '', before: 'no', after: 'no\nCall login first.' }] }
  const said = printed({ fired: [edit, hint] })
  expect(said).toContain('id: "W1" → "#W1"')
  expect(said).toContain('+ "\\nCall login first."')
})
