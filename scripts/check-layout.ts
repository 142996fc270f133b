// The layout of the project, as docs/design.md describes it, checked: extension folders, indexes, import
// directions, file sizes, and words that belong to one person's machine.
import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, posix } from 'node:path'
import { printAll, type Result, root } from './check.ts'
import { isSource, projectFiles, readSource, resolveRelative, type Source } from './sources.ts'

const core = 'packages/core/src'
const coreExtensions = [`${core}/classifiers`, `${core}/interventions`, `${core}/learn/inducers`]
const extensionFolders = [...coreExtensions, 'packages/cli/src/commands']
/** Extensions are handed to these modules as arguments; they never reach for them. */
const engine = ['runtime', 'registry', 'snapshot', 'store'].map((name) => `${core}/${name}`)
/** A folder of packages or apps may import those of a lower number only. One that is not listed may not exist. */
const height: Record<string, number> = {
  ...{ 'packages/core': 0 },
  ...{
    'packages/ai-sdk': 1,
    'packages/langgraph': 1,
    'packages/mcp': 1,
    'packages/postgres': 1,
    'packages/packs': 1,
  },
  ...{ 'packages/cli': 2 },
  ...{ 'apps/dashboard': 3, 'apps/bench': 3, 'apps/examples': 3 },
}
const maxLines = 400
/** Written in pieces, so that this file does not find itself. */
const forbiddenWords = [['/work', 'main'].join('/'), ['/work', 'shared'].join('/'), ['', 'library'].join('.')]

interface Tree {
  root: string
  files: string[]
  sources: Source[]
}

export function checkLayout(root: string): Result[] {
  const files = projectFiles(root)
  const sources = files.filter(isSource).map((path) => readSource(root, path))
  const tree = { root, files, sources }
  return [
    result('sources are found and parse', checkFound(tree)),
    result('extensions have a sibling test and one index line', checkExtensions(tree), countExtensions(tree)),
    result('exports are named', checkExports(tree)),
    result('imports point down', checkDirections(tree)),
    result('the main entry of core needs no Node built-in', checkMainEntry(tree)),
    result('extensions of core import contracts only', checkContractsOnly(tree)),
    result(`no source is over ${maxLines} lines`, checkLines(tree), sizeTable(tree)),
    result('files speak of the project only', checkWords(tree)),
  ]
}

function result(name: string, problems: string[], note?: string): Result {
  const output = [...problems, ...(note ? [note] : [])].join('\n')
  return { name: `layout: ${name}`, ok: problems.length === 0, ...(output && { output }) }
}

function checkFound({ sources }: Tree): string[] {
  const packages = new Set(sources.map(({ path }) => folderOf(path)).filter((folder) => folder.includes('/')))
  return [
    ...(packages.size === 0 ? ['no source in any package or app: is this the root of the project?'] : []),
    ...sources.flatMap(({ path, error }) => (error ? `${path}: ${error}` : [])),
  ]
}

/** An extension is a file, or a folder with an index; `folder/x.ts` and `folder/x/index.ts` are both named x. */
function extensionsIn(folder: string, sources: Source[]): { entry: string; tested: boolean }[] {
  const inside = sources.filter(({ path }) => path.startsWith(`${folder}/`))
  const paths = new Set(inside.map(({ path }) => path))
  const parts = inside.filter(({ path, isTest }) => !isTest && path !== `${folder}/index.ts`)
  return parts.flatMap(({ path }) => {
    const [name = '', ...rest] = path.slice(folder.length + 1).split('/')
    if (rest.length === 0) return { entry: path, tested: paths.has(path.replace(/\.ts$/, '.test.ts')) }
    if (rest.join('/') !== 'index.ts') return []
    return {
      entry: path,
      tested: inside.some((file) => file.isTest && file.path.startsWith(`${folder}/${name}/`)),
    }
  })
}

function checkExtensions({ root, sources }: Tree): string[] {
  return extensionFolders.flatMap((folder) => {
    const inside = sources.filter(({ path }) => path.startsWith(`${folder}/`))
    if (inside.length === 0) return []
    const extensions = extensionsIn(folder, sources)
    const index = inside.find(({ path }) => path === `${folder}/index.ts`)
    // An import that is exported again counts as two requests; what matters is the lines that name the file.
    const listed = new Set(
      (index?.imports ?? []).map((request) => resolveRelative(`${folder}/index.ts`, request)),
    )
    const isTypeOnly = (path: string) => {
      const request = posix.relative(folder, path)
      return lines.some((line) => line.startsWith('import type ') && line.includes(`'${request}'`))
    }
    const lines = index ? readFileSync(join(root, index.path), 'utf8').split('\n') : []
    const entries = new Set(extensions.map(({ entry }) => entry))
    const paths = new Set(inside.map(({ path }) => path))
    return [
      ...(extensions.length === 0 ? [`${folder}: exists, but no extension was found in it`] : []),
      ...(index ? [] : [`${folder}/index.ts is missing`]),
      ...extensions.flatMap(({ entry, tested }) => {
        const request = `'./${entry.slice(folder.length + 1)}'`
        const found = lines.filter((line) => line.includes(request)).length
        return [
          ...(tested ? [] : [`${entry}: has no sibling test`]),
          ...(found === 1 ? [] : [`${entry}: needs exactly one line in ${folder}/index.ts, found ${found}`]),
        ]
      }),
      ...[...listed].flatMap((path) =>
        !path || entries.has(path) || isTypeOnly(path) ? [] : `${folder}/index.ts: ${path} is no extension`,
      ),
      ...inside.flatMap(({ path, isTest }) => {
        const of = path.replace('.test.ts', '.ts')
        const direct = posix.dirname(path) === folder && of !== `${folder}/index.ts`
        return isTest && direct && !paths.has(of) ? `${path}: tests a file that is not there` : []
      }),
      ...foldersWithoutIndex(folder, inside),
    ]
  })
}

function foldersWithoutIndex(folder: string, inside: Source[]): string[] {
  const names = inside
    .map(({ path }) => path.slice(folder.length + 1).split('/'))
    .filter(({ length }) => length > 1)
  const folders = new Set(names.map(([name]) => `${folder}/${name}`))
  return [...folders].flatMap((sub) =>
    inside.some(({ path }) => path === `${sub}/index.ts`) ? [] : `${sub}/index.ts is missing`,
  )
}

function countExtensions({ sources }: Tree): string {
  const counts = extensionFolders.map((folder) => [folder, extensionsIn(folder, sources).length] as const)
  return counts.map(([folder, count]) => `${folder}: ${count || 'not there yet'}`).join('\n')
}

function checkExports({ sources }: Tree): string[] {
  return sources.flatMap(({ path, hasStarExport, hasDefaultExport }) => [
    ...(hasStarExport && path.endsWith('/index.ts') ? [`${path}: export * hides what becomes public`] : []),
    ...(hasDefaultExport && !/\.config\.[cm]?[jt]s$/.test(path) ? [`${path}: export default`] : []),
  ])
}

function checkDirections({ sources }: Tree): string[] {
  return sources.flatMap(({ path, imports }) => {
    const from = folderOf(path)
    if (from === 'scripts') return []
    const own = height[from]
    if (own === undefined)
      return `${path}: ${from} has no place in the order of imports (scripts/check-layout.ts)`
    return imports.flatMap((request) => {
      const relative = resolveRelative(path, request)
      if (relative !== undefined) {
        return folderOf(relative) === from
          ? []
          : `${path}: ${request} leaves ${from}; import the package by name`
      }
      const name = /^@lifeharness\/([^/]+)/.exec(request)?.[1]
      if (!name || posix.basename(from) === name) return []
      const to = height[`packages/${name}`]
      if (to === undefined) return `${path}: ${request} is no package others may import`
      return to < own ? [] : `${path}: ${from} must not import ${request}`
    })
  })
}

function checkMainEntry({ sources }: Tree): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const entry = `${core}/index.ts`
  if (!byPath.has(entry))
    return sources.some(({ path }) => path.startsWith(core)) ? [`${entry} is missing`] : []
  const cameFrom = new Map<string, string>([[entry, '']])
  const problems: string[] = []
  for (const path of cameFrom.keys()) {
    for (const request of byPath.get(path)?.imports ?? []) {
      const target = coreTarget(path, request)
      if (target === undefined) {
        if (request.startsWith('node:') || builtinModules.includes(request)) {
          problems.push(`${request} is imported by ${chain(path, cameFrom)}`)
        }
      } else if (!byPath.has(target)) {
        if (!target.endsWith('.json')) problems.push(`${path}: ${request} was not found`)
      } else if (!cameFrom.has(target)) cameFrom.set(target, path)
    }
  }
  return problems
}

/** A module of core by relative path, or by core's own name. */
function coreTarget(from: string, request: string): string | undefined {
  const sub = /^@lifeharness\/core(?:\/(.+))?$/.exec(request)
  return sub ? posix.join(core, sub[1] ?? '', 'index.ts') : resolveRelative(from, request)
}

function chain(path: string, cameFrom: Map<string, string>): string {
  const before = cameFrom.get(path)
  return before ? `${path} < ${chain(before, cameFrom)}` : path
}

function checkContractsOnly({ sources }: Tree): string[] {
  return coreExtensions.flatMap((folder) =>
    sources.flatMap(({ path, imports, isTest }) => {
      if (isTest || !path.startsWith(`${folder}/`) || path === `${folder}/index.ts`) return []
      const own = extensionName(folder, path)
      return imports.flatMap((request) => {
        const target = coreTarget(path, request)
        if (!target) return []
        if (engine.some((module) => target === `${module}.ts` || target.startsWith(`${module}/`))) {
          return `${path}: must not import ${request}; extensions are handed to the engine`
        }
        const other = coreExtensions.find((candidate) => target.startsWith(`${candidate}/`))
        const isOwn = other === folder && extensionName(folder, target) === own
        return other && !isOwn
          ? `${path}: must not import ${request}; what is shared lives outside these folders`
          : []
      })
    }),
  )
}

const extensionName = (folder: string, path: string): string =>
  (path.slice(folder.length + 1).split('/')[0] ?? '').replace(/\.ts$/, '')

function checkLines({ sources }: Tree): string[] {
  const long = sources.filter(({ isTest, lines }) => !isTest && lines > maxLines)
  return long.map(({ path, lines }) => `${path}: ${lines} lines`)
}

function sizeTable({ sources }: Tree): string {
  const shipped = sources.filter(({ isTest }) => !isTest).sort((a, b) => b.lines - a.lines)
  const codeLines = shipped.map((source) => source.codeLines).sort((a, b) => a - b)
  const testLines = sources.filter(({ isTest }) => isTest).reduce((sum, source) => sum + source.codeLines, 0)
  const sum = codeLines.reduce((a, b) => a + b, 0)
  const rows = shipped.slice(0, 10).map(({ path, lines, codeLines }) => [lines, codeLines, path])
  const median = codeLines[Math.floor(codeLines.length / 2)] ?? 0
  return [
    ...[['lines', 'code', 'file'], ...rows].map(([lines, code, path]) => {
      return `${String(lines).padStart(6)} ${String(code).padStart(6)}  ${path}`
    }),
    `${shipped.length} sources, median ${median} lines of code; test to source ${(testLines / (sum || 1)).toFixed(2)}`,
  ].join('\n')
}

function checkWords({ root, files }: Tree): string[] {
  return files.flatMap((path) => {
    const text = readFileSync(join(root, path), 'latin1')
    return forbiddenWords.flatMap((word) => (text.includes(word) ? `${path}: mentions ${word}` : []))
  })
}

/** `packages/core`, `apps/bench`, or `scripts`. */
function folderOf(path: string): string {
  const [first = '', second = ''] = path.split('/')
  return first === 'scripts' ? first : `${first}/${second}`
}

if (import.meta.main) printAll(checkLayout(root))
