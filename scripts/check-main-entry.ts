// The main entry of core runs anywhere: it compiles without the types of Node, and bundled as an application would
// bundle it, it is small and evaluates no strings.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { bin, command, printAll, type Result, root } from './check.ts'

const limit = 30_000
const entry = join(root, 'packages/core/src/index.ts')

export async function checkMainEntry(): Promise<Result[]> {
  const fault = (error: unknown) => [{ name: 'main entry: bundles', ok: false, output: String(error) }]
  return [compilesWithoutNode(), ...(await bundles().catch(fault))]
}

function compilesWithoutNode(): Result {
  const folder = join(root, 'node_modules/.cache/main-entry')
  mkdirSync(folder, { recursive: true })
  const compilerOptions = {
    ...{ noEmit: true, composite: false, tsBuildInfoFile: null, rootDir: root },
    ...{ types: [], lib: ['es2024', 'esnext.collection', 'webworker', 'webworker.asynciterable'] },
  }
  const config = { extends: join(root, 'tsconfig.base.json'), compilerOptions, files: [entry], include: [] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  return command('main entry: compiles without Node', join(bin, 'tsc'), ['-p', folder])
}

async function bundles(): Promise<Result[]> {
  const { outputFiles, metafile } = await build({
    entryPoints: { main: entry },
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    outdir: join(root, 'node_modules/.cache/main-entry'),
    format: 'esm',
    platform: 'browser',
    conditions: ['lifeharness-source'],
    logLevel: 'silent',
  })
  const sizes = new Map(
    outputFiles.map(({ path, contents }) => [relative(root, path), gzipSync(contents, { level: 9 }).length]),
  )
  const main = [...sizes.keys()].find((path) => path.endsWith('/main.js'))
  if (!main || !sizes.get(main))
    return [{ name: 'main entry: size', ok: false, output: 'the bundle is empty' }]
  // The entry with all that it imports statically; what `createLifeHarness` loads on demand is printed beside it.
  const needed = new Set([main])
  for (const path of needed)
    for (const { path: imported, kind } of metafile.outputs[path]?.imports ?? [])
      if (kind === 'import-statement') needed.add(imported)
  const sum = (paths: Iterable<string>) =>
    [...paths].reduce((total, path) => total + (sizes.get(path) ?? 0), 0)
  const bytes = sum(needed)
  const evaluates = outputFiles.map(({ text }) => /\beval\(|\bFunction\(/.exec(text)?.[0]).find(Boolean)
  return [
    {
      name: 'main entry: size',
      ok: bytes <= limit,
      output: `${bytes} of ${limit} bytes, minified and gzipped; with all built-ins loaded ${sum(sizes.keys())}`,
    },
    { name: 'main entry: evaluates no strings', ok: !evaluates, ...(evaluates && { output: evaluates }) },
  ]
}

if (import.meta.main) printAll(await checkMainEntry())
