import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '@lifeharness/core'
import { type Environment, type EnvironmentTask, taskAt } from '../environment.ts'
import { type Jail, missingJail, openJail, place } from '../jail.ts'
import { programsOf } from './commands.ts'
import { type Goal, goalOf, isReached } from './goal.ts'
import { ENVIRONMENT, INSTEAD, lay } from './machine.ts'
import { type RecordedFile, recordedFiles } from './recorded-files.ts'

export type BashTask = EnvironmentTask & { gold: string; fileSystem: number }
export type BashEnvironment = Environment & {
  tasks: readonly BashTask[]
  /** Recorded tasks that cannot be judged here, and why. */
  leftOut: readonly { id: string; because: string }[]
}
type RecordedTask = { task_id: string; fs: number; question: string; gold: string }

const CONTRACT = {
  name: 'bash',
  description:
    'Runs one bash command and returns what it prints. What your last command prints is your answer.',
  inputSchema: {
    type: 'object',
    properties: { command: { type: 'string' } },
    required: ['command'],
    additionalProperties: false,
  },
}
const MAX_MS = 10_000
/** The folder that a command ends in is the one that the next begins in. */
const REMEMBER = "unset BASH_ENV; trap 'pwd > /run/folder' EXIT\n"

/**
 * Requests that a bash command answers, in a jail. A task is done when the files are those that the gold command leaves,
 * and the last output is what it prints. A template is a chain of programs. A reason where there is nothing to run them
 * with, undefined where the recordings are not there.
 * @param every takes each nth recorded task only: all gold commands are run before the first task begins
 */
export async function bashEnvironment(
  data: string,
  { every = 1 }: { every?: number } = {},
): Promise<BashEnvironment | string | undefined> {
  const file = join(data, 'env', 'intercode-bash', 'tasks.jsonl')
  if (!existsSync(file)) return undefined
  const missing = missingJail()
  if (missing !== undefined) return missing
  const jail = await openJail({ instead: INSTEAD })
  const known = new Map<number, RecordedFile[]>()
  const filesOf = (fileSystem: number): RecordedFile[] => {
    const files = known.get(fileSystem) ?? recordedFiles(data, fileSystem)
    known.set(fileSystem, files)
    return files
  }
  const run = runIn(jail)
  const begin = (task: { fileSystem: number }) => {
    lay(jail, filesOf(task.fileSystem))
    place(join(jail.root, 'run/remember'), REMEMBER)
    place(join(jail.root, 'run/folder'), '/\n')
  }
  const tasks: BashTask[] = []
  const goals = new Map<BashTask, Goal>()
  const leftOut: { id: string; because: string }[] = []
  for (const recorded of readTasks(file).filter((_, index) => index % every === 0)) {
    const goal = await goalOf(recorded.gold, { jail, run, begin: () => begin(recorded) })
    if (typeof goal === 'string') leftOut.push({ id: recorded.id, because: goal })
    else {
      tasks.push(recorded)
      goals.set(recorded, goal)
    }
  }
  let current: BashTask | undefined
  let output: string | undefined
  return {
    name: 'intercode-bash',
    tasks,
    leftOut,
    async reset(seed) {
      const task = taskAt(tasks, seed)
      begin(task)
      current = task
      output = undefined
      const execute = async ({ command }: JsonObject) => {
        const { stdout, exitCode, late } = await run(String(command), true)
        output = stdout
        return {
          output: late ? `${stdout}\nThe command was stopped after ${MAX_MS / 1000} seconds.` : stdout,
          exitCode,
        }
      }
      return { task, tools: [{ ...CONTRACT, execute }] }
    },
    async check() {
      const goal = current && goals.get(current)
      return goal && isReached(goal, jail, output) ? 1 : 0
    },
    solution: (seed) => [{ tool: CONTRACT.name, input: { command: taskAt(tasks, seed).gold } }],
    close: jail.close,
  }
}

export type RunBash = ReturnType<typeof runIn>

function runIn(jail: Jail) {
  return (command: string, merged: boolean) =>
    jail.run({
      ...{ program: '/bin/bash', args: ['-c', command], merged, timeoutMs: MAX_MS },
      cwd: folderOf(jail),
      env: { ...ENVIRONMENT, BASH_ENV: '/run/remember' },
    })
}

/** Where the last command ended. */
export function folderOf({ root }: Jail): string {
  return readFileSync(join(root, 'run/folder'), 'utf8').trim()
}

function readTasks(file: string): BashTask[] {
  const recorded = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RecordedTask)
  const templates = [...new Set(recorded.map(({ gold }) => programsOf(gold)))].sort()
  return recorded.map(({ task_id, fs, question, gold }) => {
    const template = programsOf(gold)
    const split = templates.indexOf(template) % 3 === 2 ? 'test' : 'train'
    return { id: task_id, split, template, turns: [question], gold, fileSystem: fs }
  })
}
