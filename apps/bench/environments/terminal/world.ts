import type { ToolCall } from '@lifeharness/core'
import { writes } from '../../src/worlds/contract-habits.ts'
import type { Habit } from '../../src/worlds/habit.ts'
import { of } from '../../src/worlds/profiles.ts'
import type { World } from '../../src/worlds/world.ts'
import type { SolutionCall } from '../environment.ts'
import { terminalEnvironment } from './index.ts'

const barePython = inCommand('python for python3', 'exec.dependency', (command, luck) =>
  command.replace(/\bpython3\b/g, luck < 0.8 ? 'python' : 'python2'),
)

const printStatement = writes('code of Python 2', 'contract.value', ({ tool, input }) =>
  tool === 'run_python' ? { tool, input: { ...input, code: `${input.code}print "done"\n` } } : undefined,
)

/** Some of these are refused, some do something else than was meant. */
const unquoted = inCommand('names with spaces without quotes', 'state.not_found', (command) =>
  command.replace(/'([^']* [^']*)'/g, '$1'),
)

const withoutFlags = inCommand('leaves out the flags that spare a question', 'exec.dependency', (command) =>
  command.replace(/ --(?:yes\b|name \S+)/g, ''),
)

const hiddenErrors = inCommand('hides what goes wrong', 'unknown', (command, luck) =>
  /[|>]/.test(command) ? command : `${command} ${luck < 0.5 ? '2>/dev/null' : '2>&1'}`,
)

const wrongFolder = writes(
  'another folder than was meant',
  'state.not_found',
  ({ tool, input }, { chance }) => {
    const { cwd, ...rest } = input
    if (typeof cwd !== 'string') return undefined
    return chance('where') < 0.5 && tool === 'bash'
      ? { tool, input: rest }
      : { tool, input: { ...input, cwd: `${chance('how') < 0.5 ? 'src/' : './work/'}${cwd}` } }
  },
)

const bareName = writes('name of a file without its folder', 'state.not_found', ({ tool, input }) => {
  const name = String(input.path).split('/').at(-1) as string
  return input.path === undefined || name === input.path
    ? undefined
    : { tool, input: { ...input, path: name } }
})

const everything = writes('asks for all at once', 'contract.value', ({ tool, input }, { chance }) =>
  input.limit === undefined
    ? undefined
    : { tool, input: { ...input, limit: chance('lines') < 0.5 ? 1000 : 2000 } },
)

/** Undefined where this machine lacks a program. */
export function terminalWorld(): World | undefined {
  if (!terminalEnvironment()) return undefined
  return {
    name: 'terminal',
    open: () => terminalEnvironment() as NonNullable<ReturnType<typeof terminalEnvironment>>,
    habits: {
      'small local model': [
        of(0.3, barePython),
        of(0.2, unquoted),
        of(0.15, bareName),
        of(0.1, hiddenErrors),
      ],
      hasty: [
        of(0.25, wrongFolder),
        of(0.3, unquoted),
        of(0.5, withoutFlags),
        of(0.25, everything),
        of(0.1, barePython),
      ],
      'old habits': [of(0.6, barePython), of(0.25, printStatement), of(0.3, withoutFlags)],
      careful: [of(0.05, unquoted), of(0.05, barePython)],
    },
    lessons: [
      {
        tool: 'run_tests',
        templates: ['failing test to mend'],
      },
    ],
    packs: [{ pack: 'terminal', binding: 'as proposed' }],
    config: {
      tools: {
        // Whoever runs a coding agent lets it set its projects up.
        bash: { readOnly: onlyReads, insertable: setsUp },
        read_file: { readOnly: true },
        run_tests: { readOnly: true },
      },
    },
  }
}

/** A command of one program that shows something, without a redirection. */
function onlyReads({ input }: ToolCall): boolean {
  const command = (input as { command?: unknown } | undefined)?.command
  return (
    typeof command === 'string' &&
    /^(?:ls|cat|grep|head|tail|wc|git (?:log|show|status))\b[^;&|<>`$]*$/.test(command)
  )
}

function setsUp({ input }: ToolCall): boolean {
  return (input as { command?: unknown } | undefined)?.command === 'make setup'
}

function inCommand(
  name: string,
  category: Habit['category'],
  change: (command: string, luck: number) => string,
): Habit {
  return writes(name, category, ({ tool, input }: SolutionCall, { chance }) => {
    if (typeof input.command !== 'string') return undefined
    const command = change(input.command, chance('form'))
    return command === input.command ? undefined : { tool, input: { ...input, command } }
  })
}
