// Each package as its reader meets it: installed from its tarball into an empty project, with its own host and no other.
// There every entry is imported and required by the oldest Node that is promised and by the workspace's, the code of its
// README is compiled with the types that arrived, and run; programs say how they are used.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bin, type Result, run } from './check.ts'
import { type Block, typescriptBlocks } from './check-readme.ts'

export interface Manifest {
  name: string
  private?: boolean
  engines?: { node?: string }
  bin?: Record<string, string>
  exports?: Record<string, unknown>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

export interface Packed {
  manifest: Manifest
  tarball: string
  readme: string
}

/** What starts servers of the reader's own, or names things that he has, is compiled only. */
const NEEDS_A_READER = /^declare |\brunProxy\(/m

export function checkInstalled(packed: readonly Packed[], folder: string): Result[] {
  const oldest = oldestNode(packed, folder)
  if ('ok' in oldest) return [oldest]
  return packed.flatMap((one) => checkProject(one, packed, folder, [oldest.node, join(bin, 'node')]))
}

/** The first Node that all engines allow, as an executable. */
function oldestNode(packed: readonly Packed[], folder: string): { node: string } | Result {
  const [range, ...others] = new Set(packed.map(({ manifest }) => manifest.engines?.node))
  const [, version] = /^>=(\d+\.\d+)$/.exec(range ?? '') ?? []
  if (!version || others.length > 0)
    return {
      name: 'packages: engines',
      ok: false,
      output: `they differ, or are no >=x.y: ${range}, ${others}`,
    }
  const home = project(join(folder, 'oldest-node'), { node: `${version}.0` })
  const { ok, output } = install(home)
  return ok ? { node: join(home, 'node_modules/.bin/node') } : { name: 'packages: oldest Node', ok, output }
}

function checkProject(
  { manifest, readme }: Packed,
  packed: readonly Packed[],
  folder: string,
  nodes: readonly string[],
): Result[] {
  const { name, exports = {}, bin: programs = {}, devDependencies = {} } = manifest
  const blocks = typescriptBlocks(readme)
  const imported = blocks.flatMap(({ code }) => [...code.matchAll(/from '((?:@[^/']+\/)?[^/']+)/g)])
  const tools = ['typescript', '@types/node', ...imported.map(([, specifier]) => specifier as string)]
  const own = JSON.parse(readFileSync(join(bin, '../../package.json'), 'utf8')).devDependencies
  const home = project(join(folder, name.replace('/', '-')), {
    ...Object.fromEntries(tools.flatMap((tool) => versionOf(tool, { ...own, ...devDependencies }))),
    ...manifest.peerDependencies,
    ...Object.fromEntries(
      withOurs(manifest, packed).map((one) => [one.manifest.name, `file:${one.tarball}`]),
    ),
  })
  const installed = install(home)
  if (!installed.ok) return [{ name: `${name}: installs`, ok: false, output: installed.output }]
  const entries = Object.keys(exports).filter((entry) => !entry.endsWith('.json'))
  const specifiers = entries.map((entry) => name + entry.slice(1))
  return [
    ...specifiers.flatMap((specifier) => nodes.map((node) => checkEntry(specifier, node, home))),
    ...(blocks.length > 0 ? checkReadmeOf(name, blocks, nodes, home) : []),
    ...Object.keys(programs).map((program) => checkProgram(program, home)),
  ]
}

const versionOf = (name: string, versions: Record<string, string>): [string, string][] =>
  versions[name] ? [[name, versions[name]]] : []

/** A package and all of ours that it depends on. */
function withOurs({ name, dependencies = {} }: Manifest, packed: readonly Packed[]): Packed[] {
  const needed = packed.filter(({ manifest }) => manifest.name === name || manifest.name in dependencies)
  return needed.flatMap((one) => (one.manifest.name === name ? one : withOurs(one.manifest, packed)))
}

function project(home: string, dependencies: Record<string, string>): string {
  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }))
  return home
}

const install = (home: string) => run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], home)

/** Imported and required, a module gives the same names; top-level await anywhere would forbid the latter. */
function checkEntry(specifier: string, node: string, home: string): Result {
  const code = `
    import { createRequire } from 'node:module'
    const required = Object.keys(createRequire(process.cwd() + '/')('${specifier}'))
    const imported = Object.keys(await import('${specifier}'))
    if (imported.length === 0) throw new Error('exports nothing')
    if (String(required) !== String(imported)) throw new Error('required it is another: ' + required)`
  const { ok, output } = run(node, ['--input-type=module', '-e', code], home)
  return { name: `installed: ${specifier}, Node ${versionAt(node)}`, ok, ...(!ok && { output }) }
}

function checkReadmeOf(
  name: string,
  blocks: readonly Block[],
  nodes: readonly string[],
  home: string,
): Result[] {
  const modules = blocks.map(({ line, code }) => ({ module: `readme-line-${line}`, code }))
  for (const { module, code } of modules) writeFileSync(join(home, `${module}.ts`), code)
  const options = {
    ...{ target: 'es2023', module: 'nodenext', strict: true, types: ['node'], skipLibCheck: false },
    outDir: 'out',
  }
  writeFileSync(join(home, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['*.ts'] }))
  const { output } = run(join(home, 'node_modules/.bin/tsc'), ['--noEmitOnError', 'false'], home)
  // Types of hosts are theirs to mend.
  const problems = output
    .split('\n')
    .filter((line) => /^(readme-|node_modules\/@lifeharness\/).*error/.test(line))
  if (modules.some(({ module }) => !existsSync(join(home, 'out', `${module}.js`)))) problems.push(output)
  const compiled = { name: `installed: README of ${name} compiles`, ok: problems.length === 0 }
  const runnable = modules.filter(({ code }) => !NEEDS_A_READER.test(code))
  return [
    { ...compiled, ...(problems.length > 0 && { output: problems.join('\n') }) },
    ...runnable.flatMap(({ module }) =>
      nodes.map((node) => {
        const ran = run(node, [join('out', `${module}.js`)], home, 60_000)
        const title = `installed: README of ${name}, ${module}, Node ${versionAt(node)}`
        return { name: title, ok: ran.ok, ...(!ran.ok && { output: ran.output }) }
      }),
    ),
  ]
}

function checkProgram(program: string, home: string): Result {
  const { ok, output, stdout } = run(join(home, 'node_modules/.bin', program), ['--help'], home)
  const helped = ok && stdout.includes(program)
  const problem = !helped && { output: output || 'printed nothing' }
  return { name: `installed: ${program} --help`, ok: helped, ...problem }
}

const versionAt = (node: string): string => run(node, ['--version']).stdout.trim()
