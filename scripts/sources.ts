// The project's own files, and what each source imports and exports, for the checks that read them.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync } from 'oxc-parser'

export interface Source {
  /** From the root of the project, with forward slashes. */
  path: string
  isTest: boolean
  lines: number
  /** Lines that are neither blank nor comment only. */
  codeLines: number
  /** Module requests of imports and re-exports, one for each statement; `import('…')` of a literal included. */
  imports: string[]
  /** `export *`, or `export * as name`. */
  hasStarExport: boolean
  hasDefaultExport: boolean
  /** What a parser could not read. */
  error?: string
}

/** Tracked files and new ones that are not ignored, so that a check speaks before the commit does. */
export function projectFiles(root: string): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const paths = new Set(listed.split('\0').filter((path) => path && existsSync(join(root, path))))
  return [...paths].sort()
}

export const isSource = (path: string): boolean =>
  /^(packages|apps|scripts)\/.*\.(ts|tsx|mts|js|jsx|mjs)$/.test(path) && !path.endsWith('.d.ts')

export function readSource(root: string, path: string): Source {
  const text = readFileSync(join(root, path), 'utf8')
  const { module, comments, errors } = parseSync(path, text)
  const requests = [
    ...module.staticImports.map((statement) => statement.moduleRequest.value),
    // Each re-exported name is an entry of its own; one statement counts once.
    ...module.staticExports.flatMap(({ entries }) => entries[0]?.moduleRequest?.value ?? []),
    ...module.dynamicImports.map(({ moduleRequest }) => text.slice(moduleRequest.start, moduleRequest.end)),
  ]
  const exported = module.staticExports.flatMap(({ entries }) => entries)
  return {
    path,
    isTest: /\.test(-d)?\.[cm]?[jt]sx?$/.test(path),
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    codeLines: countCodeLines(text, comments),
    imports: requests.map((request) => request.replace(/^(['"`])(.*)\1$/s, '$2')),
    hasStarExport: exported.some(({ importName }) => /^All/.test(importName.kind)),
    hasDefaultExport: exported.some(
      ({ exportName }) => exportName.kind === 'Default' || exportName.name === 'default',
    ),
    ...(errors[0] && { error: errors[0].message }),
  }
}

function countCodeLines(text: string, comments: { start: number; end: number }[]): number {
  let code = text
  for (const { start, end } of comments) {
    code = code.slice(0, start) + code.slice(start, end).replace(/[^\n]/g, ' ') + code.slice(end)
  }
  return code.split('\n').filter((line) => line.trim()).length
}

/** Where a relative import points, as a path from the root; undefined for a package. */
export function resolveRelative(from: string, request: string): string | undefined {
  return request.startsWith('.') ? posix.join(posix.dirname(from), request) : undefined
}
