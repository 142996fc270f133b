import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { type Filling, filled, recordedFacts, recordedFiles } from './recorded-files.ts'

let data: string | undefined
afterEach(() => {
  if (data !== undefined) rmSync(data, { recursive: true })
  data = undefined
})

/** Files as one recorded episode shows them. */
function shown(calls: readonly [command: string, content: string][], filling: Filling = 'plain') {
  data ??= mkdtempSync(join(tmpdir(), 'recorded-'))
  mkdirSync(join(data, 'trajectories'), { recursive: true })
  const steps = calls.flatMap(([command, content], id) => [
    { kind: 'call', call_id: `c${id}`, args: { command } },
    { kind: 'result', call_id: `c${id}`, ok: true, content },
  ])
  const episode = { task_id: 't', episode_id: 'e', fs: 2, steps }
  writeFileSync(join(data, 'trajectories', 'intercode-bash-gpt-4.jsonl'), `${JSON.stringify(episode)}\n`)
  return new Map(filled(recordedFacts(data, 2), filling).map(({ path, content }) => [path, content]))
}

it.each<[string, string, string, (content: string) => unknown, unknown]>([
  [
    'a length',
    'ls -l /testbed/*',
    '-rw-r--r-- 1 root root 82 May 20 22:27 /testbed/a.txt',
    ({ length }) => length,
    82,
  ],
  ['a length', "find /testbed -printf '%s %p\\n' | sort -n", '66 /testbed/a.txt', ({ length }) => length, 66],
  ['an empty file', 'ls -l /testbed/*', '-rw-r--r-- 1 root root 0 May 20 22:27 /testbed/a.txt', String, ''],
  ['a number of lines', 'wc -l /testbed/*', '  5 /testbed/a.txt', (content) => content.split('\n').length, 6],
])('%s: %s', (_, command, line, of, expected) => {
  expect(of(shown([[command, `${line}\n`]]).get('/testbed/a.txt') ?? 'not there')).toBe(expected)
})

it('knows a file whole whose only line is shown', () => {
  const files = shown([
    ['grep -rH Hello testbed', 'testbed/a.php:echo "Hello";\n'],
    ['wc -l testbed/a.php testbed/b.php', ' 1 ./testbed/a.php\n'],
    ['find testbed | xargs wc -l', ' 1 testbed/a.php\n'],
  ])
  expect(files.get('/testbed/a.php')).toBe('echo "Hello";\n')
})

it('gives files of one hash one content, whatever it is', () => {
  const hash = 'f32a3a97638afeb2ee2a15cfe335ab72'
  const listing = `${hash}  /testbed/a.c\n${hash}  /testbed/b.c\n${hash.replace('f', '0')}  /testbed/c.c\n`
  for (const filling of ['plain', 'other'] as const) {
    const files = shown([['find /testbed -exec md5sum {} +', listing]], filling)
    expect(files.get('/testbed/a.c')).toBe(files.get('/testbed/b.c'))
    expect(files.get('/testbed/a.c')).not.toBe(files.get('/testbed/c.c'))
  }
})

it.each<[string, [string, string][]]>([
  ['the command names it', [['ls /testbed/a.txt', '/testbed/a.txt\n']]],
  ['it is missed', [['cat x', 'cat: /testbed/a.txt: No such file or directory\n']]],
  [
    'a command before it may have made it',
    [
      ['touch $FILE', ''],
      ['find /testbed', '/testbed/a.txt\n'],
    ],
  ],
  ['it is a folder', [['find /testbed', '/testbed/dir\n']]],
  ['it was cut', [['find /testbed', '…[9 chars cut by converter]…\n/testbed/a.txt\n']]],
])('is not sure of a file where %s', (_, calls) => {
  expect(shown(calls).size).toBe(0)
})

it('fills up what is not known, otherwise each time it is asked for another filling', () => {
  const calls: [string, string][] = [['find /testbed', '/testbed/a.txt\n/testbed/b.txt\n']]
  const [plain, other, alike] = (['plain', 'other', { alike: 'a word' }] as const).map((filling) =>
    shown(calls, filling),
  )
  expect(recordedFiles(data as string, 2)).toEqual(filled(recordedFacts(data as string, 2), 'plain'))
  expect(other?.size).toBeGreaterThan(plain?.size ?? 0)
  expect(plain?.get('/testbed/a.txt')).not.toBe(plain?.get('/testbed/b.txt'))
  expect(alike?.get('/testbed/a.txt')).toBe(alike?.get('/testbed/b.txt'))
  expect(other?.get('/testbed/a.txt')).not.toBe(plain?.get('/testbed/a.txt'))
})
