// docs/interventions.md is what the code says of its kinds, and names all of docs/design.md §4; docs/laws.md names a test
// for each law, and it is there. With `--write`, docs/interventions.md is written anew.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { printAll, type Result, root } from './check.ts'

const TABLE = 'docs/interventions.md'
const FOLDER = 'packages/core/src/interventions'
const HOSTS = ['ai-sdk', 'langgraph', 'mcp']
const LAWS = 14

/** The kinds are read from source, as they run; the scripts are a project of their own. */
type Kind = { kind: string; layer: string; risk: string; riskFor?: unknown; phase: string; actions: string[] }
const { builtinKinds }: { builtinKinds: readonly Kind[] } = await import(join(root, FOLDER, 'index.ts'))

export function checkInterventions(root: string): Result[] {
  const read = (path: string) => readFileSync(join(root, path), 'utf8')
  return [
    result(
      `${TABLE} is what the code says`,
      read(TABLE) === table(root) ? [] : ['write it: node scripts/check-interventions.ts --write'],
    ),
    result('every kind of docs/design.md is there', missingKinds(namedKinds(read('docs/design.md')))),
    result(
      'every kind has a table of matches and one of non-matches',
      builtinKinds.flatMap(({ kind }) => untested(read(`${FOLDER}/${kind}.test.ts`), kind)),
    ),
    result('every law has a test, and it exists', lawProblems(read('docs/laws.md'), read)),
  ]
}

function result(name: string, problems: string[]): Result {
  return {
    name: `interventions: ${name}`,
    ok: problems.length === 0,
    ...(problems.length > 0 && { output: problems.join('\n') }),
  }
}

/** The table, made from the kinds, the first sentence of what is written above them, and what each adapter declares. */
export function table(root: string): string {
  const hosts = HOSTS.map((host) => [host, hostActions(join(root, 'packages', host, 'src'))] as const)
  const rows = builtinKinds
    .toSorted((a, b) => (a.kind < b.kind ? -1 : 1))
    .map(({ kind, layer, risk, riskFor, phase, actions }) => {
      const file = `${FOLDER}/${kind}`
      const able = hosts.filter(([, own]) => actions.every((action) => own.has(action))).map(([host]) => host)
      const cells = [
        `[${kind}](../${file}.ts)`,
        ...[layer, riskFor ? `${risk}, by its options` : risk, phase, actions.join(', ')],
        able.length > 0 ? able.join(', ') : 'a plain loop',
        `[test](../${file}.test.ts)`,
        sentence(readFileSync(join(root, `${file}.ts`), 'utf8')),
      ]
      return `| ${cells.join(' | ')} |`
    })
  return `# Kinds of interventions

Written by \`node scripts/check-interventions.ts --write\` from the code, and checked by every run of the checks. A host is
named where one of its bindings can do all actions of the kind; a plain loop (\`episode\`) can do them all. The AI SDK shows
other tools only where the caller names the episode.

| kind | layer | risk | asked at | actions | hosts | tests | does |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`
}

/** All actions that some list of an adapter's source declares. */
function hostActions(folder: string): Set<string> {
  const found = new Set<string>()
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.ts') || name.includes('.test.')) continue
    const text = readFileSync(join(folder, name), 'utf8')
    for (const [, list = ''] of text.matchAll(/ActionType\[\] = \[([^\]]*)\]/g))
      for (const [, action = ''] of list.matchAll(/'([a-z-]+)'/g)) found.add(action)
    if (text.includes("['replace-tools', ...HOST_ACTIONS]")) found.add('replace-tools')
  }
  return found
}

function sentence(source: string): string {
  const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport const \w+: Kind/.exec(source)?.[1] ?? ''
  const text = comment
    .replace(/^\s*\*\s?/gm, '')
    .replace(/\s+/g, ' ')
    .trim()
  return (/^(.*?[.:])(?:\s|$)/.exec(text)?.[1] ?? text).replace(/:$/, '.').replaceAll('|', '\\|')
}

/** The names in the list of kinds: what stands between commas and full stops, without what is in brackets. */
function namedKinds(design: string): Set<string> {
  const list = /Kinds that come with the library[^\n]*\n([\s\S]*?)\n\n/.exec(design)?.[1] ?? ''
  const names = list
    .replace(/\([^)]*\)/g, '')
    .replace(/\*\w+\*:/g, ',')
    .split(/[,.]\s*/)
  return new Set(names.map((name) => name.trim()).filter((name) => /^[a-z]+(?:-[a-z]+)*$/.test(name)))
}

function missingKinds(named: Set<string>): string[] {
  const kinds = new Set(builtinKinds.map(({ kind }) => kind))
  return [
    ...(named.size < 20 ? ['the list of kinds was not found in docs/design.md'] : []),
    ...[...named].filter((kind) => !kinds.has(kind)).map((kind) => `${kind} is named and does not exist`),
  ]
}

function untested(test: string, kind: string): string[] {
  const has = (words: RegExp) => words.test(test)
  return [
    ...(has(new RegExp(`${kind} matches`)) ? [] : [`${kind}: no table of matches`]),
    ...(has(new RegExp(`${kind} (?:does not match|leaves alone|refuses)`))
      ? []
      : [`${kind}: no table of non-matches`]),
  ]
}

function lawProblems(laws: string, read: (path: string) => string): string[] {
  const rows = [...laws.matchAll(/^\| (\d+) \| `([^`]+)`: (.*?) \|/gm)]
  const held = new Set(rows.map(([, law]) => Number(law)))
  const missing = Array.from({ length: LAWS }, (_, at) => at + 1).filter((law) => !held.has(law))
  return [
    ...missing.map((law) => `law ${law} has no test`),
    ...rows.flatMap(([, law, path = '', name = '']) =>
      read(path).includes(`'${name}'`) ? [] : [`law ${law}: ${path} has no test called ${name}`],
    ),
  ]
}

if (import.meta.main) {
  if (process.argv.includes('--write')) writeFileSync(join(root, TABLE), table(root))
  printAll(checkInterventions(root))
}
