import { describe, expect, it } from 'vitest'
import { edited, episode, failed, ok, proposed } from '../recording.test.support.ts'
import { repairJsonInducer } from './repair-json.ts'

const broken = (raw: string) =>
  episode('e', [failed(null, 'invalid JSON', { raw }), ok({ a: 'one', b: [1, 2] })])

describe('repair-json', () => {
  it.each([
    ['a trailing comma', `{"a": "one", "b": [1, 2,]}`],
    ['single quotes', `{'a': 'one', 'b': [1, 2]}`],
    ['bare names', `{a: "one", b: [1, 2]}`],
  ])('matches %s', async (_, raw) => {
    const [draft, ...others] = await proposed(repairJsonInducer, [broken(raw)])
    expect(others).toEqual([])
    expect(draft).toMatchObject({ kind: 'repair-json', options: {}, origin: { support: { pairs: 1 } } })
    const [fix] = draft?.origin.fixtures.fixes ?? []
    expect(fix).toMatchObject({ rawInput: raw, expect: { a: 'one', b: [1, 2] } })
    expect(draft && edited(draft, undefined, undefined, raw)).toEqual(fix?.expect)
  })

  it.each([
    ['what was cut short', `{"a": "one", "b": [1, 2`],
    ['prose', 'book the flight'],
    ['no object', '[1, 2,]'],
  ])('does not match %s', async (_, raw) => {
    expect(await proposed(repairJsonInducer, [broken(raw)])).toEqual([])
  })
})
