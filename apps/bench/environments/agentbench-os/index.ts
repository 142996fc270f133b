import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '@lifeharness/core'
import { programsOf } from '../bash/commands.ts'
import { absentIn, refusalOf } from '../bash/goal.ts'
import type { BashEnvironment } from '../bash/index.ts'
import { ENVIRONMENT } from '../bash/machine.ts'
import { MAX_MS, SHELL_CONTRACT, type Shell, shellIn, shown } from '../bash/shell.ts'
import { type EnvironmentTask, splitByTemplate, taskAt } from '../environment.ts'
import { type Jail, missingJail, openJail } from '../jail.ts'
import { jsonLines } from '../json-lines.ts'

type Script = readonly [language: string, text: string]
/** Of `check` the first is to run the gold command, and the second is given both answers. */
type RecordedTask = {
  id: string
  init: Script[]
  check: [null, Script]
  example: Script
  description: string
}
type OsTask = EnvironmentTask & { setUp: string; gold: string; judge: string }

const HOME = ENVIRONMENT.HOME
/** Of Linux, in bytes. */
const LONGEST_WORD = 131_071

/**
 * Questions about files that a script makes; the answer is what the last command printed. The task's own script judges it
 * beside what the gold command prints where nothing else was run. A template is a chain of programs. A reason where there
 * is nothing to run them with, undefined where the tasks are not there.
 * @param every takes each nth recorded task only: all gold commands are run before the first task begins
 */
export async function osEnvironment(
  data: string,
  { every = 1 }: { every?: number } = {},
): Promise<BashEnvironment<OsTask> | string | undefined> {
  const file = join(data, 'env', 'agentbench-os', 'tasks.jsonl')
  if (!existsSync(file)) return undefined
  const missing = missingJail()
  if (missing !== undefined) return missing
  const jail = await openJail()
  const shell = shellIn(jail, HOME)
  const tasks: OsTask[] = []
  const answers = new Map<OsTask, string>()
  const leftOut: { id: string; because: string }[] = []
  for (const task of readTasks(file).filter((_, index) => index % every === 0)) {
    const answer = await answerOf(task, shell)
    if ('because' in answer) leftOut.push({ id: task.id, because: answer.because })
    else {
      tasks.push(task)
      answers.set(task, answer.answer)
    }
  }
  let current: OsTask | undefined
  let answer: string | undefined
  return {
    name: 'agentbench-os',
    tasks,
    leftOut,
    async reset(seed) {
      const task = taskAt(tasks, seed)
      await begin(task, shell)
      current = task
      answer = undefined
      const execute = async ({ command }: JsonObject) => {
        const ran = await shell.run(String(command), false)
        answer = ran.stdout
        return shown(ran)
      }
      return { task, tools: [{ ...SHELL_CONTRACT, execute }] }
    },
    async check() {
      const wanted = current && answers.get(current)
      if (!current || wanted === undefined || answer === undefined) return 0
      return (await isRight(current, jail, answer, wanted)) ? 1 : 0
    },
    solution: (seed) => [{ tool: SHELL_CONTRACT.name, input: { command: taskAt(tasks, seed).gold } }],
    close: jail.close,
  }
}

async function begin({ setUp }: OsTask, shell: Shell): Promise<void> {
  shell.jail.clear()
  shell.begin()
  await shell.run(`(${setUp}\n)`, true)
}

/** What the gold command prints, or why nobody can be held to that here. */
async function answerOf(task: OsTask, shell: Shell): Promise<{ answer: string } | { because: string }> {
  const refusal = refusalOf(task.gold, HOME)
  if (refusal !== undefined) return { because: refusal }
  const once = async () => {
    await begin(task, shell)
    return shell.run(task.gold, false)
  }
  const { stdout, stderr, late } = await once()
  const absent = absentIn(stderr)
  if (late) return { because: 'does not end in time' }
  if (absent !== undefined) return { because: `needs ${absent}, which is not here` }
  if (stdout !== (await once()).stdout) return { because: 'comes out differently each time' }
  if (await isRight(task, shell.jail, stdout, stdout)) return { answer: stdout }
  return { because: `prints no answer that its own check takes: ${(stdout || stderr).slice(0, 60).trim()}` }
}

/** By the files of the machine alone: nothing that was put into the jail is read. */
async function isRight({ judge }: OsTask, jail: Jail, answer: string, wanted: string): Promise<boolean> {
  // No program can be given such a word.
  if (answer.includes('\0') || Buffer.byteLength(answer) > LONGEST_WORD) return false
  const { exitCode } = await jail.run({
    ...{ program: '/usr/bin/python3', args: ['-I', '-c', judge, answer, wanted], timeoutMs: MAX_MS },
    ...{ cwd: '/', env: ENVIRONMENT },
  })
  return exitCode === 0
}

function readTasks(file: string): OsTask[] {
  const recorded = jsonLines<RecordedTask>(file)
  const splitOf = splitByTemplate(recorded.map(({ example: [, gold] }) => programsOf(gold)))
  return recorded.map(({ id, init, check: [, [, judge]], example: [, gold], description }) => {
    const template = programsOf(gold)
    const setUp = init.map(([, script]) => script).join('\n')
    return { id, split: splitOf(template), template, turns: [description], setUp, gold, judge }
  })
}
