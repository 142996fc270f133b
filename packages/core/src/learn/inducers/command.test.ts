import { describe, expect, it } from 'vitest'
import type { Trajectory } from '../../trajectory.ts'
import { edited, episode, failed, ok, proposed } from '../recording.test.support.ts'
import { commandInducer } from './command.ts'

const line = (command: string) => ({ command })
const good = ['ls -la', 'cd a && python b.py', 'python -V', 'find . -name "*.c" | head -3'].map(
  (command, index) => episode(`good${index}`, [ok(line(command))]),
)

function repair(id: string, before: string, after: string, error = 'Security violation'): Trajectory {
  return episode(id, [failed(line(before), error), ok(line(after))])
}

describe('command', () => {
  it('finds the redirection that is refused', async () => {
    const drafts = await proposed(commandInducer, [
      ...good,
      repair('a', 'ls *.csv 2>/dev/null | head', 'ls *.csv | head'),
      repair('b', 'find . -type f 2>/dev/null', 'find . -type f'),
    ])
    expect(drafts).toMatchObject([
      { kind: 'rewrite-command', options: { path: '/command', remove: '2>/dev/null' } },
    ])
    expect(drafts[0]?.origin.support).toMatchObject({ pairs: 2, episodes: 2 })
    expect(drafts[0] && edited(drafts[0], line('du -sh x 2>/dev/null'))).toEqual(line('du -sh x'))
  })

  it('finds the program that stands in for another', async () => {
    const drafts = await proposed(commandInducer, [...good, repair('a', 'python3 x.py', 'python x.py')])
    expect(drafts).toMatchObject([{ options: { path: '/command', command: 'python3', by: 'python' } }])
  })

  it.each<[string, Trajectory[]]>([
    [
      'a redirection that also succeeds',
      [repair('a', 'ls x 2>/dev/null', 'ls x'), repair('b', 'no 2>/dev/null', 'ls y 2>/dev/null')],
    ],
    ['a flag that was left out', [repair('a', 'rm x --dry-run', 'rm x')]],
    ['another program with other arguments', [repair('a', 'python3 x.py', 'python y.py')]],
    ['a program that nobody called otherwise', [repair('a', 'xxd -p f', 'od -p f')]],
    ['a query', [repair('a', 'SELECT t.a FROM s t', 'SELECT s.a FROM s t')]],
    ['words of prose', [repair('a', 'Timber wolves', 'Minnesota wolves')]],
    ['what cannot be read as a command line', [repair('a', 'echo "x 2>/dev/null', 'echo x')]],
  ])('does not propose for %s', async (_, episodes) => {
    expect(await proposed(commandInducer, [...good, ...episodes])).toEqual([])
  })
})
