import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** One package of ours, as a project has it. */
export type Installed = { name: string; version: string; path: string }

/** The packages `@lifeharness/*` that code in a folder would load: those of the nearest `node_modules` upwards. */
export function installedPackages(folder: string): Installed[] {
  const found = new Map<string, Installed>()
  for (let at = folder; ; at = dirname(at)) {
    const scope = join(at, 'node_modules', '@lifeharness')
    if (existsSync(scope))
      for (const name of readdirSync(scope)) {
        const path = join(scope, name)
        const version = versionAt(path)
        if (version !== undefined && !found.has(name))
          found.set(name, { name: `@lifeharness/${name}`, version, path })
      }
    if (at === dirname(at)) return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  }
}

function versionAt(path: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
    return typeof version === 'string' ? version : undefined
  } catch {
    return undefined
  }
}
