// From a fresh clone with nothing but Node and npm: installs what is missing, then runs the asked-for task on the
// workspace's own Node. Uses Node built-ins only, and stays readable for the oldest Node it may meet.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = join(root, 'node_modules', '.bin')
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const windows = process.platform === 'win32'
const quiet = { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', DO_NOT_TRACK: '1' }

/** @type {Record<string, (args: string[]) => string[][]>} */
const tasks = {
  install: () => [],
  // turbo calls pnpm, which need not be installed on the machine.
  build: (args) => [['npx', '--yes', packageManager, 'exec', 'turbo', 'run', 'build', ...args]],
  demo: (args) => [['node', '--conditions=lifeharness-source', 'apps/examples/demo/main.ts', ...args]],
  test: (args) => [
    ['tsc', '-b'],
    ['vitest', 'run', ...args],
  ],
}

const [name = '', ...args] = process.argv.slice(2)
const task = tasks[name]
if (!task) {
  console.error(`bootstrap: unknown task ${JSON.stringify(name)}; known: ${Object.keys(tasks).join(', ')}`)
  process.exit(2)
}
if (!isInstalled()) install()
// A failed step does not hide what the next one has to say.
const results = task(args).map(([command, ...rest]) => run(command, rest))
process.exitCode = results.find((status) => status !== 0) ?? 0

/** pnpm keeps a copy of the lockfile it installed from; equal copies mean there is nothing to do. */
function isInstalled() {
  const installed = join(root, 'node_modules', '.pnpm', 'lock.yaml')
  if (!existsSync(installed) || !existsSync(join(bin, windows ? 'node.CMD' : 'node'))) return false
  return readFileSync(installed, 'utf8') === readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8')
}

function install() {
  console.error(`bootstrap: installing with ${packageManager}`)
  const status = run('npx', ['--yes', packageManager, 'install', '--frozen-lockfile'])
  if (status !== 0) process.exit(status)
}

function run(command, rest) {
  const { status, error } = spawnSync(command, rest, {
    cwd: root,
    stdio: 'inherit',
    shell: windows,
    env: { ...quiet, ...process.env, PATH: bin + (windows ? ';' : ':') + process.env.PATH },
  })
  if (error) throw error
  return status ?? 1
}
