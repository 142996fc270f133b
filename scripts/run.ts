// `pnpm bench <name>` and `pnpm example <name>`: runs one entry by name from source, or lists the names there are.
import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'

const places: Record<string, (name: string) => string> = {
  bench: (name) => `apps/bench/src/${name}.ts`,
  example: (name) => `apps/examples/${name}/main.ts`,
}

const root = join(import.meta.dirname, '..')
const [kind = '', name = '', ...args] = process.argv.slice(2)
const place = places[kind]
if (!place) throw new Error(`unknown kind ${JSON.stringify(kind)}; known: ${Object.keys(places).join(', ')}`)

const file = join(root, place(name))
if (!name || !existsSync(file)) {
  const [before = '', after = ''] = place('*').split('*')
  const names = globSync(place('*'), { cwd: root }).map((found) => found.slice(before.length, -after.length))
  const known = names.filter((found) => !found.endsWith('.test')).sort()
  console.error(`usage: pnpm ${kind} <name> [...args]\nnames: ${known.join(', ') || 'none yet'}`)
  process.exit(2)
}
const { status } = spawnSync(process.execPath, [...process.execArgv, file, ...args], {
  cwd: root,
  stdio: 'inherit',
})
process.exit(status ?? 1)
