import { describe, expect, it } from 'vitest'
import { NEEDS_NETWORK, programsOf, SEARCHES_ALL } from './commands.ts'

describe('what searches the whole machine', () => {
  it.each([
    'find / -name x',
    'find "$HOME" -type f',
    "find /testbed / -iname '*.txt'",
    "find $DIRECTORY -name '*.c' | wc -l",
    "find . -name '*.c'",
    'find -name x',
    'find -L /usr/include -type f',
    'grep -r Hello *',
    'grep -r -l Hello .',
    'grep -rl "a b" / | wc',
  ])('%s', (command) => {
    expect(SEARCHES_ALL.test(command)).toBe(true)
  })

  it.each([
    'find /testbed -name x',
    'find testbed -name "*.c" -exec grep -l x {} +',
    'find ./testbed -type f',
    'grep -r Hello /testbed',
    'grep Hello *',
    'ls -R /testbed/.',
    'findmnt -n /',
    'find /testbed -name x -exec cp {} / ;',
  ])('not %s', (command) => {
    expect(SEARCHES_ALL.test(command)).toBe(false)
  })
})

describe('what needs a network', () => {
  it.each(['dig -x 127.0.0.1', 'a=$(curl -s x) && echo $a', 'ping -c 1 host'])('%s', (command) => {
    expect(NEEDS_NETWORK.test(command)).toBe(true)
  })

  it.each(['hostname -I', 'echo ping', 'ls /curl'])('not %s', (command) => {
    expect(NEEDS_NETWORK.test(command)).toBe(false)
  })
})

describe('the programs of a command', () => {
  it.each([
    ["find /testbed -name '*.c' | xargs -0 wc -l", 'find | xargs | wc'],
    ['find . -exec /bin/echo {} \\; | sort | sort', 'find | echo | sort'],
    ["echo 'a | b; c' | cut -d: -f1", 'echo | cut'],
    ['comm -23 <(sort a | uniq) <(sort b)', 'comm | sort | uniq'],
    ['cd $(dirname $(which python))', 'cd | dirname | which'],
    ['a=$(w | head -n 1) && echo $a', 'w | head | echo'],
  ])('%s: %s', (command, programs) => {
    expect(programsOf(command)).toBe(programs)
  })
})
