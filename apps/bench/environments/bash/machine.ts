import { createHash } from 'node:crypto'
import { lstatSync, lutimesSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Jail, place } from '../jail.ts'
import type { RecordedFile } from './recorded-files.ts'

/** As it was for the recorded agents. */
export const ENVIRONMENT = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  TZ: 'UTC',
}
/** Of the two that Debian knows by the name `awk`, the one that the recorded agents had. */
export const INSTEAD = { '/usr/bin/gawk': '/usr/bin/mawk' }
/** When the recorded agents' files were made. */
export const MADE = new Date('2023-05-21T15:40:00Z')
/** The machine's own, and what nobody keeps anything in. */
const NOT_KEPT = ['dev', 'proc', 'run', 'tmp', 'usr', 'var/tmp']

/** The root as it is at the beginning of each task. */
export function lay(jail: Jail, files: readonly RecordedFile[]): void {
  jail.clear()
  for (const { path, content } of files) place(join(jail.root, path), content)
  const dated = new Set<string>()
  for (const { path } of files) for (let at = path; at !== '/'; at = dirname(at)) dated.add(at)
  for (const path of dated) lutimesSync(join(jail.root, path), MADE, MADE)
}

/** All that there is in a root, with contents, and without times. */
export function snapshot(root: string): string {
  const lines: string[] = []
  const look = (folder: string) => {
    for (const name of readdirSync(join(root, folder)).sort()) {
      const path = join(folder, name)
      if (NOT_KEPT.includes(path)) continue
      const found = lstatSync(join(root, path))
      const mode = (found.mode & 0o7777).toString(8)
      if (found.isSymbolicLink()) lines.push(`${path} -> ${readlinkSync(join(root, path))}`)
      else if (found.isDirectory()) {
        lines.push(`${path}/ ${mode}`)
        look(path)
      } else lines.push(`${path} ${mode} ${found.isFile() ? hashOf(join(root, path)) : 'no file'}`)
    }
  }
  look('')
  return lines.join('\n')
}

function hashOf(file: string): string {
  return createHash('sha1').update(readFileSync(file)).digest('hex')
}
