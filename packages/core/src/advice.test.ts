import { expect, it } from 'vitest'
import { withAdvice } from './advice.ts'

it.each([
  ['no such thing\n', 'no such thing\nTry this.'],
  ['', 'Try this.'],
  [
    { content: [{ type: 'text', text: 'no' }] },
    {
      content: [
        { type: 'text', text: 'no' },
        { type: 'text', text: 'Try this.' },
      ],
    },
  ],
  [{ error: 'no' }, { error: 'no', advice: 'Try this.' }],
  [
    [{ type: 'text', text: 'no' }],
    [
      { type: 'text', text: 'no' },
      { type: 'text', text: 'Try this.' },
    ],
  ],
  [{ content: ['a.txt'] }, { content: ['a.txt'], advice: 'Try this.' }],
  [{ advice: 'own' }, { advice: 'own' }],
  [[1], [1]],
  [null, null],
])('puts advice after an error: %j', (view, expected) =>
  expect(withAdvice(view, 'Try this.')).toEqual(expected),
)
