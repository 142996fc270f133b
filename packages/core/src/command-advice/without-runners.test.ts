import { expect, it } from 'vitest'
import { withoutRunners } from './without-runners.ts'

it.each([
  ['a b', 'a b'],
  ['sudo a', 'a'],
  ['sudo -u x -n a b', 'a b'],
  ['/usr/bin/env A=1 -u B a', 'a'],
  ['sudo nice -n 5 timeout -k 1 60 a', 'a'],
  ['nohup setsid a', 'a'],
  ['command -p a', 'a'],
  ['command -v a', 'command -v a'],
  ['sudo -l', 'sudo -l'],
  ['env', 'env'],
  ['toString a', 'toString a'],
])('of %s leaves %s', (words, left) => expect(withoutRunners(words.split(' ')).join(' ')).toBe(left))
