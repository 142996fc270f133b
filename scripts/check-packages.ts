// Every publishable package, as it would arrive from a registry: packed, linted, its types resolved, and installed
// into an empty project (see check-installed.ts).
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { bin, command, pnpm, printAll, type Result, root, run } from './check.ts'
import { checkInstalled, type Manifest, type Packed } from './check-installed.ts'

export function checkPackages(): Result[] {
  const folder = mkdtempSync(join(tmpdir(), 'lifeharness-packed-'))
  try {
    // An earlier build may have left modules behind whose source is gone.
    for (const path of publishable()) rmSync(join(root, path, 'dist'), { recursive: true, force: true })
    const built = command('packages: build', join(bin, 'tsc'), ['-b', ...publishable()])
    const packed = publishable().map((path) => pack(path, folder))
    const failed = packed.filter((outcome): outcome is Result => 'ok' in outcome)
    const arrived = packed.filter((outcome): outcome is Packed => 'tarball' in outcome)
    if (packed.length === 0) failed.push({ name: 'packages', ok: false, output: 'none is publishable' })
    return [
      built,
      ...failed,
      ...arrived.flatMap(checkTarball),
      ...(failed.length ? [] : checkInstalled(arrived, folder)),
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const readManifest = (path: string): Manifest => JSON.parse(readFileSync(path, 'utf8'))

function publishable(): string[] {
  const manifests = globSync('packages/*/package.json', { cwd: root }).sort()
  return manifests.filter((path) => !readManifest(join(root, path)).private).map((path) => dirname(path))
}

function pack(path: string, folder: string): Packed | Result {
  const { ok, stdout, output } = pnpm(['pack', '--json', '--pack-destination', folder], join(root, path))
  if (!ok) return { name: `${path}: packs`, ok, output }
  const tarball: string = JSON.parse(stdout.slice(stdout.indexOf('{'))).filename
  const { stdout: manifest } = run('tar', ['-xOzf', tarball, 'package/package.json'])
  const { stdout: readme } = run('tar', ['-xOzf', tarball, 'package/README.md'])
  return { manifest: JSON.parse(manifest), tarball, readme }
}

function checkTarball({ manifest, tarball }: Packed): Result[] {
  const { name, exports = {} } = manifest
  const text = JSON.stringify(manifest)
  const leaks = ['workspace:', 'catalog:', 'lifeharness-source'].filter((word) => text.includes(word))
  const files = run('tar', ['-tzf', tarball]).stdout.split('\n')
  const strays = files.filter((file) => /\.test\.|tsbuildinfo/.test(file))
  const missing = ['package/LICENSE', 'package/README.md'].filter((file) => !files.includes(file))
  const problems = [
    ...leaks.map((word) => `package.json still says ${word}`),
    ...strays.map((file) => `${file} does not belong in it`),
    ...missing.map((file) => `${file} is missing`),
  ]
  return [
    {
      name: `${name}: contents`,
      ok: problems.length === 0,
      ...(problems[0] && { output: problems.join('\n') }),
    },
    command(`${name}: publint`, join(bin, 'publint'), ['run', '--strict', tarball]),
    // Types can be looked up only where something can be imported.
    ...(hasLibrary(exports) ? [command(`${name}: types resolve`, join(bin, 'attw'), attw(tarball))] : []),
  ]
}

const attw = (tarball: string): string[] => ['--profile', 'esm-only', '--no-emoji', '--no-color', tarball]

const hasLibrary = (exports: object): boolean =>
  Object.keys(exports).some((entry) => entry !== './package.json')

if (import.meta.main) printAll(checkPackages())
