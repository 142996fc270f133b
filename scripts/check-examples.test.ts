import { expect, it } from 'vitest'
import { shownOutputs } from './check-examples.ts'

it('finds what the readme says that an example prints, and nothing else', () => {
  const markdown = [
    'Lines (`npm run example quickstart`) print:\n\n```\n6 runs\nDone.\n```\n',
    'Or run `npm run example demo` with a look at this:\n\n```\nno output of it\n```\n',
    '`npm run example other` prints:\n\n```\none\n```',
  ].join('\n')
  expect([...shownOutputs(markdown)]).toEqual([
    ['quickstart', '6 runs\nDone.\n'],
    ['other', 'one\n'],
  ])
})
