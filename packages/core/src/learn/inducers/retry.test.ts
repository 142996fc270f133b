import { describe, expect, it } from 'vitest'
import { builtinKinds } from '../../interventions/index.ts'
import { schemaCheck } from '../../schema.ts'
import { episode, failed, ok, proposed, type Written } from '../recording.test.support.ts'
import { retryInducer } from './retry.ts'

const down = failed({ id: 1 }, '503 Service Unavailable')

describe('retry', () => {
  it.each<[string, Written[], number]>([
    ['the identical call after an outage', [down, ok({ id: 1 })], 3],
    ['several attempts at one thing', [down, down, down, ok({ id: 1 })], 4],
    ['a rate limit', [failed({ id: 1 }, '429 Too Many Requests'), ok({ id: 1 })], 3],
  ])('matches %s', async (_, calls, attempts) => {
    const [draft, ...others] = await proposed(retryInducer, [episode('e', calls)])
    expect(others).toEqual([])
    expect(draft).toMatchObject({ kind: 'retry', options: { attempts } })
    const kind = builtinKinds.find((one) => one.kind === 'retry')
    expect(kind && draft && schemaCheck(kind.options)(draft.options)).toEqual([])
  })

  it.each<[string, Written[]]>([
    ['an outage that never passed', [down, down]],
    ['another call after an outage', [down, ok({ id: 2 })]],
    ['the identical call after another failure', [failed({ id: 1 }, '404 Not Found'), ok({ id: 1 })]],
  ])('does not match %s', async (_, calls) => {
    expect(await proposed(retryInducer, [episode('e', calls)])).toEqual([])
  })
})
