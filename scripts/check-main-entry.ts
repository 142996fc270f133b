// The main entry of core runs anywhere: it compiles without the types of Node, and bundled as an application would
// bundle it, it is small and evaluates no strings.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
    ...{ types: [], lib: ['es2024', 'webworker', 'webworker.asynciterable'] },
  }
  const config = { extends: join(root, 'tsconfig.base.json'), compilerOptions, files: [entry], include: [] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  return command('main entry: compiles without Node', join(bin, 'tsc'), ['-p', folder])
}

async function bundles(): Promise<Result[]> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    absWorkingDir: root,
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    conditions: ['lifeharness-source'],
    logLevel: 'silent',
  })
  const [bundle] = outputFiles
  if (!bundle?.contents.length)
    return [{ name: 'main entry: size', ok: false, output: 'the bundle is empty' }]
  const bytes = gzipSync(bundle.contents, { level: 9 }).length
  const evaluates = /\beval\(|\bFunction\(/.exec(bundle.text)?.[0]
  return [
    {
      name: 'main entry: size',
      ok: bytes <= limit,
      output: `${bytes} of ${limit} bytes, minified and gzipped`,
    },
    { name: 'main entry: evaluates no strings', ok: !evaluates, ...(evaluates && { output: evaluates }) },
  ]
}

if (import.meta.main) printAll(await checkMainEntry())
