import { describe, expect, it } from 'vitest'
import { NEEDS_NETWORK, programsOf, searchesAll } from './commands.ts'

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
    expect(searchesAll(command, '/')).toBe(true)
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
    expect(searchesAll(command, '/')).toBe(false)
  })

  it.each([
    ['find . -type f', false],
    ['find -name x', false],
    ['find "$folder" -type f', false],
    ['grep -r Hello .', false],
    ['find / -name x', true],
    ['grep -rl x /usr', true],
  ])('from another folder: %s, %s', (command, all) => {
    expect(searchesAll(command, '/root')).toBe(all)
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
    ['# find it\ncd ~/logs # since\ngrep x *\n', 'cd | grep'],
    ['for i in *; do if test -d "$i"; then ls; else rm $i; fi; done', 'test | ls | rm'],
    ['n=$(wc -l < a)\necho $((n + 1))\n((total += n))', 'wc | echo'],
    ['cat a | while read -r x; do echo "$(basename $x)"; done', 'cat | read | echo | basename'],
  ])('%s: %s', (command, programs) => {
    expect(programsOf(command)).toBe(programs)
  })
})
