import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { LifeHarnessConfig } from '../../config.ts'

/**
 * The configuration in a file: the default export of a module, or JSON. A `.ts` file needs a Node that strips types.
 * @throws Error with the path and the reason.
 */
export async function loadConfigFile(url: string): Promise<LifeHarnessConfig> {
  const path = fileURLToPath(url)
  let config: unknown
  try {
    config = path.endsWith('.json')
      ? JSON.parse(await readFile(path, 'utf8'))
      : ((await import(url)) as { default?: unknown }).default
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`the configuration ${path} cannot be read: ${reason}`, { cause })
  }
  if (typeof config !== 'object' || config === null || Array.isArray(config))
    throw new Error(`the configuration ${path} has no object as its default export`)
  return config
}

/** Where functions stand in a value, `tools.search.succeeded`: they cannot be handed to another thread. */
export function functionsIn(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value === 'function') return [path.join('.')]
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return []
  return Object.entries(value).flatMap(([name, member]) => functionsIn(member, [...path, name]))
}
