import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownedFolder } from '../../errors/owned-folder.ts'
import { nobody, run, speaking } from '../../errors/shell.ts'
import type { Family } from './family.ts'

/** A command as it was seen: what it printed, and what is known of how it should have been. */
export type TerminalCase = {
  kind: 'fix' | 'broken' | 'untouched'
  command: string
  output: string
  exitCode?: number
  expected?: readonly string[]
  family: string
  heldOut: boolean
}

/** The cases of a family; without those whose labels the machine does not bear out, which are told. */
export type Collected = { cases: TerminalCase[]; refuted: string[]; skipped?: string }

const AT_ONCE = 4
const MORE_PATH = ':/usr/local/go/bin:/usr/games'

/** Long enough on a busy machine: what is ended from outside says something else. */
const MAX_MS = 90_000

/**
 * Runs the commands of a family in a real bash, each in a folder of its own, and checks what is said of them. `path`: more
 * folders of programs, before those of the system.
 */
export async function collect(family: Family, { path = '' } = {}): Promise<Collected> {
  const dir = await mkdtemp(join(tmpdir(), 'lifeharness-terminal-'))
  try {
    await chmod(dir, 0o777)
    const home = await ownedFolder(dir, 'home', nobody)
    const base = await ownedFolder(dir, 'base', nobody)
    const { TF_CLI_CONFIG_FILE: _, ...spoken } = speaking('en')
    const folders = [path, spoken.PATH + MORE_PATH].filter((folder) => folder !== '')
    const env = {
      ...{ ...spoken, PATH: folders.join(':'), HOME: home, GIT_CONFIG_NOSYSTEM: '1' },
      ...{ GIT_TERMINAL_PROMPT: '0', GIT_PAGER: 'cat', PAGER: 'cat', GOFLAGS: '-mod=mod', GOPROXY: 'off' },
      ...{ npm_config_update_notifier: 'false', npm_config_offline: 'true', PYTHONDONTWRITEBYTECODE: '1' },
      ...{ GOCACHE: join(home, 'go-cache'), PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1' },
    }
    const { needs } = family
    const lacks = await run('bash', ['-c', needs.map((name) => `command -v ${name}`).join(' && ')], {
      cwd: base,
      env,
    })
    if (lacks.exitCode !== 0) return { cases: [], refuted: [], skipped: `needs ${needs.join(', ')}` }
    const made = await run('bash', ['-ec', family.setup], { cwd: base, env, timeout: MAX_MS })
    if (made.exitCode !== 0) throw new Error(`${family.name}: setup failed: ${made.stderr}`)
    let count = 0
    const inBash = async (command: string) => {
      const cwd = join(dir, `run-${count++}`)
      await run('cp', ['-a', base, cwd], { cwd: dir })
      const ran = await run('bash', ['-c', command], { cwd, env, timeout: MAX_MS })
      return { ...ran, output: [ran.stderr, ran.stdout].filter((text) => text !== '').join('\n') }
    }
    const refuted: string[] = []
    const { name, heldOut } = family
    const seen = { family: name, heldOut }
    const tasks: (() => Promise<TerminalCase[]>)[] = []
    for (const [index, [command, ...expected]] of [...family.fixes, ...(family.unverified ?? [])].entries())
      tasks.push(async () => {
        const { exitCode, output } = await inBash(command)
        if (exitCode === 0 && !isChain(command)) {
          refuted.push(`succeeds: ${command}`)
          return []
        }
        const fix: TerminalCase = { kind: 'fix', command, output, exitCode, expected, ...seen }
        if (index >= family.fixes.length) return [fix]
        const { output: said, exitCode: ended } = await inBash(expected[0] as string)
        if (ended !== 0 && !isChain(command)) {
          refuted.push(`fails: ${expected[0]}: ${said.slice(0, 200)}`)
          return []
        }
        return [
          fix,
          { kind: 'untouched', command: expected[0] as string, output: said, exitCode: ended, ...seen },
        ]
      })
    for (const kind of ['broken', 'untouched'] as const)
      for (const command of family[kind])
        tasks.push(async () => {
          const { exitCode, output } = await inBash(command)
          if (kind === 'broken' && exitCode === 0) {
            refuted.push(`succeeds: ${command}`)
            return []
          }
          return [{ kind, command, output, exitCode, ...seen }]
        })
    const cases: TerminalCase[][] = []
    let next = 0
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let index = next++; index < tasks.length; index = next++)
          cases[index] = await (tasks[index] as (typeof tasks)[number])()
      }),
    )
    return { cases: cases.flat(), refuted }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** Of several commands the last one decides how the line ends. */
function isChain(command: string): boolean {
  return command.includes(';')
}
