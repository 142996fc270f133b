import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskWords } from './echo.ts'

describe('maskWords', () => {
  it.each<[string, string[], string]>([
    ['no column order_id in t', ['SELECT order_id FROM t'], 'no column <id> in t'],
    ['no column total', ['orders.total=1'], 'no column <id>'],
    ['no such session', ['close session'], 'no such session'],
    ['no buffer session', ['close session'], 'no buffer <id>'],
    ['Error: policy mountain', ['stop("policy mountain")'], 'Error: <id> <id>'],
    ['unknown encoding: policy', ['a.encode(policy)'], 'unknown encoding: <id>'],
    ['cannot delete cluster market', ['delete-cluster market'], 'cannot delete cluster <id>'],
    ['spec: exam==a', ['label exam==a'], 'spec: <id>'],
    ['unknown pear', ['pear'], 'unknown <id>'],
    ['unknown path', ['path'], 'unknown path'],
    ['unknown größe', ['größe: 3'], 'unknown <id>'],
    ['5 NOT_FOUND: gone', ['reply NOT_FOUND'], '5 NOT_FOUND: gone'],
    ['5 ORDER_GONE: gone', ['reply ORDER_GONE'], '5 <id>: gone'],
    ['xorder_idx', ['order_id'], 'xorder_idx'],
    ['ls: no', ['ls -la; cat'], 'ls: no'],
    [`${'x'.repeat(121)}9`, [`${'x'.repeat(121)}9`], `${'x'.repeat(121)}9`],
  ])('of %j with %j makes %j', (message, texts, masked) => {
    expect(maskWords(message, texts)).toBe(masked)
  })

  it('finds the same names where letters outside ASCII stand beside them', () => {
    const piece = constantFrom(...'ab a1 b_c d.e F=g /h i-j @k ~ % ( ) ; , x:y 7 Ab aB'.split(' '), ' ', '  ')
    const texts = array(piece, { maxLength: 10 }).map((pieces) => pieces.join(''))
    assert(
      property(texts, texts, (text, message) => {
        expect(maskWords(message, [text])).toBe(maskWords(message, [`${text} é`]))
      }),
      { numRuns: 3_000 },
    )
  })
})
