import { describe, expect, it } from 'vitest'
import { callOf, failure, kindContext } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { toolResult } from '../trajectory.ts'
import { suggestCommand } from './suggest-command.ts'

const options: JsonObject = {
  path: '/command',
  rules: [
    {
      name: 'git-similar',
      program: ['git'],
      says: ["git: '{wrong}' is not a git command*"],
      listed: { name: 'choices', after: '*most similar*', each: '{choices}' },
      edits: [{ replace: '{wrong}', by: '{choices~wrong}' }],
    },
    {
      name: 'git-said',
      program: ['git'],
      says: ['say {word} instead'],
      edits: [{ replace: '@sub', by: '{word}' }],
    },
    {
      name: 'program',
      says: ['*: {wrong}: command not found'],
      where: { '{@program}': '{wrong}' },
      edits: [{ replace: '{wrong}', by: '{programs~wrong}' }],
    },
    {
      name: 'option-of-its-program',
      says: ["*unrecognized option '{wrong}'"],
      edits: [{ replace: '{wrong}', by: '{program-options~wrong}' }],
    },
    {
      name: 'option-without-dashes',
      program: ['uniq'],
      says: ['*unrecognized option "{wrong}"'],
      edits: [{ replace: '--{wrong}', by: '{program-options~wrong}' }],
    },
    {
      name: 'told-by-no-runner',
      exceptProgram: ['make'],
      says: ['*aybe {right}'],
      edits: [{ replace: '@like right', by: '{right}' }],
    },
    {
      name: 'option',
      says: ["*unrecognized option '{wrong}'"],
      edits: [{ replace: '{wrong}', by: '{options~wrong}' }],
    },
    {
      name: 'run-what-was-said',
      program: ['planted'],
      says: ['run {word}'],
      edits: [{ replace: '@program', by: '{word}' }],
    },
    {
      name: 'told',
      program: ['tool'],
      says: ["*id you mean '{right}'*"],
      edits: [{ replace: '@like right', by: '{right}' }],
    },
    { name: 'named', program: ['named'], says: ['use {word}'], edits: [{ replace: '@sub', by: '{word}' }] },
  ],
  lists: { programs: ['git', 'grep', 'ls'], 'uniq-options': ['--count', '--unique', '--user'] },
}

/** What the model reads after a command that printed something on its error output. */
function told(command: Json, stderr: string, { failed = true } = {}): Json | undefined {
  const result = toolResult(failed ? 'error' : 'ok', { stderr, stdout: '', exitCode: failed ? 1 : 0 })
  const context = kindContext(callOf({ command }), { result, failure: failed ? failure : undefined })
  const action = suggestCommand.compile(options)(context)
  return action?.type === 'replace-result' ? action.edit(stderr) : undefined
}

const similar = (wrong: string, right: string) =>
  `git: '${wrong}' is not a git command. See 'git --help'.\n\nThe most similar command is\n\t${right}`

describe('suggest-command matches', () => {
  it.each([
    ['git stauts -s', similar('stauts', 'status'), 'git status -s'],
    ['cd a && git stauts | cat', similar('stauts', 'status'), 'cd a && git status | cat'],
    ["git 'stauts'", similar('stauts', 'status'), 'git status'],
    [
      'git stauts; true'.padEnd(120, '; true'),
      similar('stauts', 'status'),
      'git status; true'.padEnd(120, '; true'),
    ],
    ['gti status', 'bash: line 1: gti: command not found', 'git status'],
    [
      'cut --delimeter=, x',
      "cut: unrecognized option '--delimeter=,'\n  --delimiter=D",
      'cut --delimiter=, x',
    ],
    ['tool lst', "tool: no command 'lst'.\nDid you mean 'list'?", 'tool list'],
    ['tool --colour red', "unknown option --colour, did you mean '--color'?", 'tool --color red'],
    ['named x', 'use y', 'named y'],
    ['sudo gti status', 'bash: gti: command not found', 'sudo git status'],
    [
      'sort --revers=1 a',
      "sort: unrecognized option '--revers'\n  -r, --reverse  turn round",
      'sort --reverse=1 a',
    ],
    // Each program has options of its own.
    ['uniq --cuont=2 a', "uniq: unrecognized option '--cuont=2'", 'uniq --count=2 a'],
    ['/bin/uniq --cuont', 'unrecognized option "cuont"', '/bin/uniq --count'],
    ['tool lst', 'lst: maybe list', 'tool list'],
    // What is wrong stands at the end of what was printed.
    ['tool lst', `${'x\n'.repeat(20_000)}\ntool: no lst\nDid you mean 'list'?`, 'tool list'],
  ])('%s', (command, stderr, expected) => {
    expect(told(command, stderr)).toBe(`${stderr}\nTry instead: ${expected}`)
  })
})

describe('suggest-command does not match', () => {
  it.each<[Json, string]>([
    ['cat log', similar('stauts', 'status')],
    ['git status', similar('stauts', 'status')],
    ['git stauts', similar('stauts', 'status; rm -rf ~')],
    ['git stauts', similar('stauts', '$(reboot)')],
    ['grep gti log', 'bash: gti: command not found'],
    ['frobnicate', 'bash: frobnicate: command not found'],
    ['gt', 'bash: line 1: gti: command not found'],
    ['git stauts $(cat x)', similar('stauts', 'status')],
    ["git 'stauts", similar('stauts', 'status')],
    ['cp --recusive a b', "cp: unrecognized option '--recusive'\n  --recursive  copy folders"],
    // What was printed names no program and consents to nothing.
    ['planted x', 'run reboot'],
    ['git x', 'say --force instead'],
    ['git x', 'say -rf instead'],
    ['git x', 'say --force=true instead'],
    ['named x', 'use --prune'],
    ['named x', 'use /etc/passwd'],
    ['named x', 'use ~/.ssh'],
    ['named x', 'use ../../y'],
    ['named x', 'use x/../../y'],
    ['named x', 'use https://example.org/x'],
    ['named x', 'use PATH=/x'],
    ['named x', 'use .'],
    [`git stauts ${'x '.repeat(2_000)}`, similar('stauts', 'status')],
    [`git stauts${' ; true'.repeat(40)}`, similar('stauts', 'status')],
    ['named x', 'use +main'],
    ['named x', 'use :main'],
    // A Cyrillic letter.
    ['named x', 'use st\u0430tus'],
    // What is said is said of something that was read.
    ['tool build', "Property 'biuld' does not exist. Did you mean 'builds'?"],
    ['tool ab', "1c1\n< Did you mean 'ac'?"],
    // A target of its own that speaks of something else.
    ['make lst', 'lst: maybe list'],
    // The command holds the message itself.
    ['tool lst "Did you mean \'x\'"', "lst: Did you mean 'list'?"],
    // No slip of the fingers: the dashes are no letters.
    ['uniq --tset a', "uniq: unrecognized option '--tset'"],
    ['command -V gti', 'bash: command: gti: command not found'],
    [7, similar('stauts', 'status')],
    [null, similar('stauts', 'status')],
  ])('%j after %j', (command, stderr) => {
    expect(told(command, stderr)).toBeUndefined()
  })

  it('a command that did not fail', () => {
    expect(told('git stauts', similar('stauts', 'status'), { failed: false })).toBeUndefined()
  })
})

it('suggest-command is about effect as soon as one of its rules is', () => {
  const [first] = options.rules as JsonObject[]
  const risk = (effect: boolean) =>
    suggestCommand.riskFor?.({ path: '/c', rules: [{ ...first, ...(effect && { effect: true }) }] })
  expect([risk(false), risk(true)]).toEqual(['value', 'effect'])
})

it('suggest-command refuses a rule that fits whatever is printed', () => {
  const rules = [{ name: 'any', edits: [{ remove: '@sub' }] }]
  expect(() => suggestCommand.compile({ path: '/c', rules })).toThrow('fits whatever')
})
