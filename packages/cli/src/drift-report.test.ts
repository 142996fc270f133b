import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { conversation, lifeharness, temporaryFolder } from './run.test.support.ts'

const MINUTE = 60_000

/** Labels whose customer was accepted for an hour, and is an account since; each message says when it was written. */
function labels(): string {
  const lines = Array.from({ length: 36 }, (_, index) => {
    const call = { tool: 'create_label', args: { customer: `C-${1000 + index}`, grams: 100 + index } }
    const corrected = { ...call, args: { account: `C-${1000 + index}`, grams: 100 + index } }
    const refused = { ...call, error: "unknown argument 'customer'. Did you mean 'account'?" }
    const recorded = JSON.parse(conversation(`label-${index}`, index < 24 ? [call] : [refused, corrected]))
    const start = Date.parse('2026-03-02T10:00:00Z') + index * MINUTE
    const messages = recorded.messages.map((message: object, second: number) => ({
      ...message,
      created_at: new Date(start + second * 1_000).toISOString(),
    }))
    return JSON.stringify({ ...recorded, messages })
  })
  return `${lines.join('\n')}\n`
}

test('`mine` and `report` say that a tool has changed, and when', async () => {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'labels.jsonl'), labels())
  const mined = await lifeharness(['mine', 'labels.jsonl', '--store', 'registry.db'], { cwd })
  const said = mined.stdout.replaceAll(/\s+/g, ' ')
  expect(said).toContain(
    'create_label, between 2026-03-02 10:23 and 2026-03-02 10:24: ' +
      'calls with customer succeeded in 24 episodes and were refused in the 12 since.',
  )
  expect(said).toMatch(/shadow create_label: renames the argument customer to account \d+ of 12 0 of 12/)
  const reported = await lifeharness(['report', '--store', 'registry.db', 'labels.jsonl'], { cwd })
  expect(reported.stdout).toContain('What has changed in the tools')
  const { stdout } = await lifeharness(['mine', 'labels.jsonl', '--json'], { cwd })
  expect(JSON.parse(stdout).drifts).toMatchObject([
    { tool: 'create_label', path: '/customer', form: null, refusedFrom: '2026-03-02T10:24:02.000Z' },
  ])
})
