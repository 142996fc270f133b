import { describe, expect, it } from 'vitest'
import { callOf, propose } from '../contexts.test.support.ts'
import type { Outage } from '../intervention.ts'
import type { JsonObject } from '../json.ts'
import { memoryStore } from '../memory-store.ts'
import { createLifeHarness } from '../runtime.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { registryWith } from '../testing/registry-entry.ts'
import { circuitBreak } from './circuit-break.ts'

const out: Outage = { failures: 4, sinceMs: 1_000, running: 0 }

function blocked(outage: Outage | undefined, options: JsonObject = {}, approved = false) {
  const action = propose(circuitBreak, options, callOf({}, { approved }), { outage: () => outage })
  return action?.type === 'respond' ? action.result.error : undefined
}

describe('circuit-break matches', () => {
  it.each<[string, Outage, JsonObject, number]>([
    ['four failures in a row', out, {}, 29_000],
    ['as many as it is told', { ...out, failures: 2 }, { after: 2, coolMs: 1_500 }, 500],
    ['half open, while one call finds out', { ...out, sinceMs: 40_000, running: 1 }, {}, 0],
  ])('%s', (_, outage, options, retryAfterMs) => {
    expect(blocked(outage, options)).toMatchObject({ code: 'CIRCUIT_OPEN', retryAfterMs })
  })
})

describe('circuit-break does not match', () => {
  it.each<[string, Outage | undefined, JsonObject, boolean]>([
    ['a tool that has not failed', undefined, {}, false],
    ['a few failures', { ...out, failures: 3 }, {}, false],
    ['half open', { ...out, sinceMs: 30_000 }, {}, false],
    ['what a person approved', out, {}, true],
  ])('%s', (_, outage, options, approved) => {
    expect(blocked(outage, options, approved)).toBeUndefined()
  })
})

it('circuit-break opens, is half open, opens again and closes, through the runtime', async () => {
  const clock = fakeClock()
  const entry = {
    kind: 'circuit-break',
    tool: 't',
    stage: 'active',
    options: { after: 2, coolMs: 1_000, max: 50 },
  } as const
  const lifeHarness = await createLifeHarness({
    mode: 'frozen',
    clock,
    store: memoryStore(registryWith(entry)),
  })
  const episode = lifeHarness.episode()
  let serial = 0
  async function run(fails: boolean, error: object = { code: 'ECONNREFUSED' }) {
    const tool = { origin: 'local', name: 't' }
    const call = {
      id: `c${serial}`,
      tool,
      turn: serial,
      index: 0,
      attempt: 1,
      approved: false,
      input: { n: serial++ },
    }
    const { result } = await episode.run(call, () => {
      if (fails) throw Object.assign(new Error('no'), error)
      return 'ok'
    })
    return result.error?.code ?? result.outcome
  }
  expect([await run(true), await run(true), await run(true)]).toEqual([
    'ECONNREFUSED',
    'ECONNREFUSED',
    'CIRCUIT_OPEN',
  ])
  await clock.advance(1_000)
  expect([await run(true), await run(false)]).toEqual(['ECONNREFUSED', 'CIRCUIT_OPEN'])
  await clock.advance(1_000)
  expect([await run(false), await run(true), await run(false)]).toEqual(['ok', 'ECONNREFUSED', 'ok'])
  // Arguments at fault open nothing.
  const invalid = { name: 'ZodError', message: 'invalid' }
  for (let at = 0; at < 4; at++) expect(await run(true, invalid)).not.toBe('CIRCUIT_OPEN')
})
