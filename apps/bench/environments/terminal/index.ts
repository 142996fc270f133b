import { chmodSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Environment, type EnvironmentTask, taskAt } from '../environment.ts'
import { missingTerminal, openSandbox, type Sandbox } from './sandbox.ts'
import type { FinalState, TerminalTask } from './template.ts'
import { dataTemplates } from './templates/data.ts'
import { fileTemplates } from './templates/files.ts'
import { projectTemplates } from './templates/projects.ts'
import { repositoryTemplates } from './templates/repositories.ts'
import { terminalTools } from './tools.ts'

const VARIANTS = 3
const TEMPLATES = [...projectTemplates, ...fileTemplates, ...dataTemplates, ...repositoryTemplates]

type Prepared = TerminalTask & { task: EnvironmentTask }

/**
 * Work at a terminal: real programs in a folder of their own, without a network. Judged by the files there are in the
 * end. Undefined where this machine lacks what it needs.
 */
export function terminalEnvironment(): Environment | undefined {
  if (missingTerminal() !== undefined) return undefined
  const prepared = TEMPLATES.flatMap(({ name, split, make }) =>
    Array.from({ length: VARIANTS }, (_, variant): Prepared => {
      const made = make(variant)
      const id = `terminal-${name.replaceAll(' ', '-')}-${variant}`
      return { ...made, task: { id, split, template: name, turns: [made.request] } }
    }),
  )
  let sandbox: Sandbox | undefined
  let current: Prepared | undefined
  return {
    name: 'terminal',
    tasks: prepared.map(({ task }) => task),
    async reset(seed) {
      current = taskAt(prepared, seed)
      sandbox ??= await openSandbox()
      sandbox.clear()
      await lay(sandbox, current)
      return { task: current.task, tools: terminalTools(sandbox) }
    },
    async check() {
      if (!sandbox || !current) return 0
      return (await current.isDone(finalState(sandbox))) ? 1 : 0
    },
    solution: (seed) => taskAt(prepared, seed).solution,
    async close() {
      await sandbox?.remove()
      sandbox = undefined
    },
  }
}

async function lay(
  { inside, write, run }: Sandbox,
  { files, executable = [], prepare }: TerminalTask,
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    write(path, content)
    chmodSync(inside(path), executable.includes(path) ? 0o755 : 0o644)
  }
  if (prepare === undefined) return
  const { exitCode, stderr } = await run('bash', ['-ec', prepare])
  if (exitCode !== 0) throw new Error(`a task cannot be prepared: ${stderr}`)
}

function finalState({ work, inside, run }: Sandbox): FinalState {
  return {
    read(path) {
      try {
        return readFileSync(inside(path), 'utf8')
      } catch {
        return undefined
      }
    },
    isExecutable(path) {
      const found = statSync(inside(path), { throwIfNoEntry: false })
      return found !== undefined && (found.mode & 0o111) !== 0
    },
    bash: (command, cwd = '') => run('bash', ['-c', command], { cwd: join(work, cwd) }),
  }
}
