import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readDocuments } from './documents.ts'

const folder = mkdtempSync(join(tmpdir(), 'lifeharness-documents-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** `line: value`, or `line: !` where there is a reason instead. */
async function documentsOf(content: string, limit?: number): Promise<string[]> {
  const file = join(folder, 'documents.json')
  writeFileSync(file, content)
  const documents: string[] = []
  for await (const document of readDocuments(file, limit))
    documents.push(`${document.line}: ${'value' in document ? JSON.stringify(document.value) : '!'}`)
  return documents
}

describe('readDocuments', () => {
  it.each<[string, string, string[]]>([
    ['one a line', '{"a":1}\n{"a":2}\n', ['1: {"a":1}', '2: {"a":2}']],
    ['blank lines', '\n{"a":1}\n\n  \n{"a":2}', ['2: {"a":1}', '5: {"a":2}']],
    ['a broken line in between', '{"a":1}\n{"a":\n{"a":2}', ['1: {"a":1}', '2: !', '3: {"a":2}']],
    ['a broken first line', '{"a":\n{"a":2}\n{"a":3}', ['1: !', '2: {"a":2}', '3: {"a":3}']],
    ['two broken first lines', '{"a":\n{"b":\n{"a":3}', ['1: !', '2: !', '3: {"a":3}']],
    ['text first', 'hello\n{"a":1}', ['1: !', '2: {"a":1}']],
    ['a pretty-printed list', '[\n  {"a":1},\n  {"a":2}\n]\n', ['1: [{"a":1},{"a":2}]']],
    ['a list of one', '[\n{"a":1}\n]', ['1: [{"a":1}]']],
    ['a pretty-printed object', '{\n  "a": [\n    1\n  ]\n}', ['1: {"a":[1]}']],
    ['a truncated pretty-printed object', '{\n  "a": [\n    1', ['1: !']],
    ['only a broken line', '{"a":', ['1: !']],
    ['nothing', '\n \n', []],
  ])('%s', async (_, content, expected) => {
    expect(await documentsOf(content)).toEqual(expected)
  })

  it('reads line by line again where the lines outgrow one document', async () => {
    expect(await documentsOf('{"a":\n{"b":\n{"c":1}', 8)).toEqual(['1: !', '2: !', '3: {"c":1}'])
  })
})
