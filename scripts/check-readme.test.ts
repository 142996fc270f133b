import { expect, it } from 'vitest'
import { typescriptBlocks } from './check-readme.ts'

const fence = '```'

it('finds TypeScript blocks and the lines they begin on', () => {
  const markdown = `# A\n${fence}ts\nconst a = 1\n${fence}\n${fence}sh\nnpm i\n${fence}\n${fence}typescript\nb()\n\nc()\n${fence}\n`
  expect(typescriptBlocks(markdown)).toEqual([
    { line: 3, code: 'const a = 1\n' },
    { line: 9, code: 'b()\n\nc()\n' },
  ])
})

it('leaves a TypeScript fence that is shown inside another block alone', () => {
  expect(
    typescriptBlocks(`${fence}${fence}md\n${fence}ts\nconst a = 1\n${fence}\n${fence}${fence}\n`),
  ).toEqual([])
})

it('takes a block that is never closed to the end', () => {
  expect(typescriptBlocks(`${fence}ts\na()`)).toEqual([{ line: 2, code: 'a()\n' }])
})
