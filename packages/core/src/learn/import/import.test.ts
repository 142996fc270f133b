import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Trajectory } from '../../trajectory.ts'
import { type ImportOptions, type ImportProblem, importTrajectories } from './import.ts'

const folder = mkdtempSync(join(tmpdir(), 'lifeharness-import-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, content: string): string {
  const file = join(folder, name)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, content)
  return file
}

async function read(options: Omit<ImportOptions, 'onProblem'>) {
  const problems: ImportProblem[] = []
  const trajectories: Trajectory[] = []
  const imported = importTrajectories({ ...options, onProblem: (problem) => problems.push(problem) })
  for await (const trajectory of imported) trajectories.push(trajectory)
  return { trajectories, problems, summary: { ...imported.summary } }
}

const call = { kind: 'call', tool: 't', args: {}, call_id: 'c' }
const result = { kind: 'result', call_id: 'c', ok: true, content: 'x' }
const recorded = (id: string, ...steps: object[]) => JSON.stringify({ source: 's', episode_id: id, steps })
const good = (id: string) => recorded(id, call, result)
const chat = [
  { role: 'user', content: 'q' },
  {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'c', type: 'function', function: { name: 't', arguments: '{}' } }],
  },
  { role: 'tool', tool_call_id: 'c', content: 'x' },
]
const aiSdk = [
  { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'c', toolName: 't', input: {} }] },
  {
    role: 'tool',
    content: [{ type: 'tool-result', toolCallId: 'c', toolName: 't', output: { type: 'text', value: 'x' } }],
  },
]

describe('importTrajectories', () => {
  it('reads all formats, mixed in one file, record by record', async () => {
    const lines = [good('a'), JSON.stringify(chat), JSON.stringify({ id: 'm', messages: aiSdk }), good('b')]
    const file = write('mixed.jsonl', lines.join('\n'))
    const { trajectories, problems, summary } = await read({ files: file })
    expect(problems).toEqual([])
    expect(trajectories.map(({ id }) => id)).toEqual(['s/a', 'mixed.jsonl:2', 'm', 's/b'])
    expect(trajectories.map(({ steps }) => steps.map(({ type }) => type))).toEqual(
      Array(4).fill(['model', 'tool']),
    )
    expect(summary).toEqual({ files: 1, trajectories: 4, steps: 4, problems: 0 })
  })

  it('reads the records of a log together, as far as they follow one another, on lines or in a list', async () => {
    const asked = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 't', arguments: {} } }
    const answered = { jsonrpc: '2.0', id: 1, result: { content: [] } }
    const lines = [asked, answered].map((message) => JSON.stringify(message))
    const apart = write('log.jsonl', [...lines, good('a'), ...lines].join('\n'))
    const list = write('log.json', JSON.stringify([asked, answered], null, 2))
    const { trajectories, problems } = await read({ files: [apart, list] })
    expect(problems).toEqual([])
    expect(trajectories.map(({ id, steps }) => [id, steps.length])).toEqual([
      ['log.jsonl:1', 2],
      ['s/a', 2],
      ['log.jsonl:4', 2],
      ['log.json:1', 2],
    ])
  })

  it('reports a record of another format among those of a log', async () => {
    const asked = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 't' } }
    const { trajectories, problems } = await read({
      files: write('odd.json', JSON.stringify([asked, { a: 1 }])),
    })
    expect(trajectories.length).toBe(1)
    expect(problems.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('not of the format mcp-log'),
    ])
  })

  it.each<[string, string, string[]]>([
    ['a pretty-printed conversation', JSON.stringify(chat, null, 2), ['whole.json:1']],
    [
      'a pretty-printed list of conversations',
      JSON.stringify([chat, aiSdk], null, 2),
      ['whole.json:1:1', 'whole.json:1:2'],
    ],
    ['a list of objects in one line', JSON.stringify([{ id: 'x', messages: chat }]), ['x']],
    ['one pretty-printed object', JSON.stringify({ id: 'x', messages: chat }, null, 2), ['x']],
  ])('reads %s', async (_, content, ids) => {
    const { trajectories, problems } = await read({ files: write('whole.json', content) })
    expect(problems).toEqual([])
    expect(trajectories.map(({ id }) => id)).toEqual(ids)
  })

  it.each<[string, string, string]>([
    ['truncated JSON', good('x').slice(0, 40), 'not valid JSON'],
    ['no object', '"steps"', 'no known format'],
    ['a null', 'null', 'no known format'],
    ['an empty list', '[]', 'the list holds no record'],
    ['an unknown form', '{"spans":[]}', 'no known format'],
    ['a list of an unknown form', '[{"spans":[]}]', 'record 1: this object is of no known format'],
    ['steps of a wrong type', '{"steps":{"kind":"call"}}', 'steps are not a list'],
    ['messages of a wrong type', '{"messages":"hello"}', 'messages are not a list'],
    ['a nested bomb', `${'['.repeat(200_000)}`, 'not valid JSON'],
  ])('skips a line with %s, and goes on', async (_, line, reason) => {
    const file = write('broken.jsonl', [good('a'), line, good('b')].join('\n'))
    const { trajectories, problems, summary } = await read({ files: file })
    expect(problems).toEqual([{ file, line: 2, reason: expect.stringContaining(reason) }])
    expect(trajectories.map(({ id }) => id)).toEqual(['s/a', 's/b'])
    expect(summary).toEqual({ files: 1, trajectories: 2, steps: 2, problems: 1 })
  })

  it.each<[string, object[], string[], string[]]>([
    ['a call without an id', [{ ...call, call_id: undefined }], ['a call of "t" has no id'], []],
    [
      'an id that two open calls have',
      [call, call, result, result],
      ['a second call has the id "c" while the first has no result'],
      ['interrupted'],
    ],
    [
      'a result before its call',
      [result, call],
      ['a result has the call id "c", but no call before it awaits one'],
      ['interrupted'],
    ],
    [
      'steps of wrong types',
      [[], { kind: 5 }, { ...call, tool: {} }, { ...result, ok: 1 }],
      [
        'a step is not an object',
        'a step has the unknown kind 5',
        'a call names no tool',
        'a result does not say whether it is ok',
      ],
      [],
    ],
    ['an id that comes again later', [call, result, call, result], [], ['ok', 'ok']],
  ])('keeps an episode with %s, without the faulty steps', async (_, steps, reasons, outcomes) => {
    const file = write('steps.jsonl', [good('a'), recorded('b', ...steps)].join('\n'))
    const { trajectories, problems } = await read({ files: file })
    expect(problems).toEqual(reasons.map((reason) => ({ file, line: 2, reason })))
    const second = trajectories[1]?.steps.flatMap((step) =>
      step.type === 'tool' ? [step.result.outcome] : [],
    )
    expect(second).toEqual(outcomes)
  })

  it('reports files that cannot be read or are empty, and goes on', async () => {
    const missing = join(folder, 'missing.jsonl')
    const empty = write('empty.jsonl', '\n')
    const fine = write('fine.jsonl', good('a'))
    const { trajectories, problems, summary } = await read({ files: [missing, folder, empty, fine] })
    expect(problems).toEqual([
      { file: missing, reason: 'there is no such file' },
      { file: folder, reason: 'this is a folder: name the files in it' },
      { file: empty, reason: 'the file holds no record' },
    ])
    expect(trajectories).toHaveLength(1)
    expect(summary).toEqual({ files: 4, trajectories: 1, steps: 1, problems: 3 })
  })

  it('reads a record of 10 MB', async () => {
    const text = 'é'.repeat(5_000_000)
    const file = write(
      'large.jsonl',
      [good('a'), recorded('b', call, { ...result, content: text }), good('c')].join('\n'),
    )
    const { trajectories, problems } = await read({ files: file })
    expect(problems).toEqual([])
    const step = trajectories[1]?.steps[1]
    expect(step?.type === 'tool' && step.result.value === text).toBe(true)
  })

  it('starts over with each iteration, and hands the consumer his own errors', async () => {
    const file = write('again.jsonl', [good('a'), good('b')].join('\n'))
    const imported = importTrajectories({ files: [file], onProblem: () => {} })
    await expect(
      (async () => {
        for await (const _ of imported) throw new Error('mine')
      })(),
    ).rejects.toThrow('mine')
    let count = 0
    for await (const _ of imported) count++
    expect([count, imported.summary.trajectories]).toEqual([2, 2])
  })

  it('tells of its progress', async () => {
    const seen: string[] = []
    const files = [write('p.jsonl', [good('a'), '{', good('b')].join('\n'))]
    await read({
      files,
      onProgress: ({ files, trajectories, problems }) => seen.push(`${files} ${trajectories} ${problems}`),
    })
    expect(seen).toEqual(['0 1 0', '0 2 1', '1 2 1'])
  })
})

describe('contracts of recordings', () => {
  const tools = [{ name: 't', parameters: { type: 'dict', properties: { a: { type: 'float' } } } }]
  const contract = {
    tool: { origin: 'local', name: 't' },
    inputSchema: { type: 'object', properties: { a: { type: 'number' } } },
  }
  const line = (more: object) => JSON.stringify({ source: 's', steps: [], ...more })

  it('are found by reference above the recording, and shared', async () => {
    write('refs/tools/x.json', JSON.stringify({ key: tools }))
    const ref = line({ tools_ref: 'tools/x.json#key' })
    const files = [write('refs/deep/a.jsonl', `${ref}\n${ref}`), write('refs/deep/b.jsonl', ref)]
    const { trajectories, problems } = await read({ files })
    expect(problems).toEqual([])
    expect(trajectories.map(({ contracts }) => contracts)).toEqual([[contract], [contract], [contract]])
    expect(new Set(trajectories.map(({ contracts }) => contracts)).size).toBe(1)
  })

  it.each<[string, string]>([
    ['tools/none.json', 'was not found'],
    ['tools/x.json#none', 'has no such member'],
    ['tools/x.json#constructor', 'has no such member'],
    ['tools/broken.json', 'is not JSON'],
    ['../tools/x.json#key', 'is no path below the recording'],
    ['/etc/tools.json', 'is no path below the recording'],
  ])('that cannot be had from %j are one problem, and the episodes are kept', async (ref, reason) => {
    write('bad/tools/x.json', JSON.stringify({ key: tools }))
    write('bad/tools/broken.json', '{')
    const file = write('bad/a.jsonl', [line({ tools_ref: ref }), line({ tools_ref: ref })].join('\n'))
    const { trajectories, problems } = await read({ files: file })
    expect(problems).toEqual([{ file, line: 1, reason: expect.stringContaining(reason) }])
    expect(trajectories.map(({ contracts }) => contracts)).toEqual([[], []])
  })

  it('stated inline are shared by all that state the same', async () => {
    const other = [{ name: 'u' }]
    const records = [{ tools }, { tools: other }, { tools }, { messages: chat, tools, steps: undefined }]
    const { trajectories, problems } = await read({
      files: write('inline.jsonl', records.map(line).join('\n')),
    })
    expect(problems).toEqual([])
    expect(trajectories[0]?.contracts).toEqual([contract])
    expect(new Set(trajectories.map(({ contracts }) => contracts)).size).toBe(2)
  })

  it('come from the caller where the recording states none', async () => {
    const mine = [contract]
    const file = write('mine.jsonl', [line({}), line({ source: 'other' }), line({ tools: [] })].join('\n'))
    const { trajectories } = await read({
      files: file,
      contractsFor: ({ source }) => (source === 's' ? mine : undefined),
    })
    expect(trajectories[0]?.contracts).toBe(mine)
    expect(trajectories.slice(1).map(({ contracts }) => contracts)).toEqual([[], []])
  })
})
