import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '@lifeharness/core'
import { type Environment, type EnvironmentTask, splitByTemplate, taskAt } from '../environment.ts'
import { missingJail, openJail } from '../jail.ts'
import { jsonLines } from '../json-lines.ts'
import { programsOf } from './commands.ts'
import { type Goal, goalOf, isReached } from './goal.ts'
import { INSTEAD, lay } from './machine.ts'
import { type RecordedFile, recordedFiles } from './recorded-files.ts'
import { SHELL_CONTRACT, shellIn, shown } from './shell.ts'

export type BashTask = EnvironmentTask & { gold: string; fileSystem: number }
export type BashEnvironment<Task extends EnvironmentTask = BashTask> = Environment & {
  tasks: readonly Task[]
  /** Recorded tasks that cannot be judged here, and why. */
  leftOut: readonly { id: string; because: string }[]
}
type RecordedTask = { task_id: string; fs: number; question: string; gold: string }

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
  const shell = shellIn(jail, '/')
  const begin = (task: { fileSystem: number }) => {
    lay(jail, filesOf(task.fileSystem))
    shell.begin()
  }
  const tasks: BashTask[] = []
  const goals = new Map<BashTask, Goal>()
  const leftOut: { id: string; because: string }[] = []
  for (const recorded of readTasks(file).filter((_, index) => index % every === 0)) {
    const goal = await goalOf(recorded.gold, shell, () => begin(recorded))
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
        const ran = await shell.run(String(command), true)
        output = ran.stdout
        return shown(ran)
      }
      return { task, tools: [{ ...SHELL_CONTRACT, execute }] }
    },
    async check() {
      const goal = current && goals.get(current)
      return goal && isReached(goal, shell, output) ? 1 : 0
    },
    solution: (seed) => [{ tool: SHELL_CONTRACT.name, input: { command: taskAt(tasks, seed).gold } }],
    close: jail.close,
  }
}

function readTasks(file: string): BashTask[] {
  const recorded = jsonLines<RecordedTask>(file)
  const splitOf = splitByTemplate(recorded.map(({ gold }) => programsOf(gold)))
  return recorded.map(({ task_id, fs, question, gold }) => {
    const template = programsOf(gold)
    return { id: task_id, split: splitOf(template), template, turns: [question], gold, fileSystem: fs }
  })
}
