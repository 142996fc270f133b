// Every TypeScript block of README.md compiles against the workspace, each as a module of its own.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bin, printAll, type Result, root, run } from './check.ts'

/** Under apps/examples, because the packages a reader would install are linked there. */
const folder = join(root, 'apps/examples/.readme')

export interface Block {
  /** The line of README.md on which its first line of code stands. */
  line: number
  code: string
}

export function typescriptBlocks(markdown: string): Block[] {
  const blocks: Block[] = []
  let open: { fence: string; block: Block | undefined } | undefined
  for (const [index, line] of markdown.split(/\r?\n/).entries()) {
    const [, fence = '', language = ''] = /^ {0,3}(`{3,}|~{3,})\s*([\w-]*)/.exec(line) ?? []
    if (!open) {
      if (!fence) continue
      const block = /^(ts|tsx|typescript|mts)$/i.test(language) ? { line: index + 2, code: '' } : undefined
      if (block) blocks.push(block)
      open = { fence, block }
    } else if (fence.startsWith(open.fence) && !language) open = undefined
    else if (open.block) open.block.code += `${line}\n`
  }
  return blocks
}

export function checkReadme(): Result[] {
  const readme = join(root, 'README.md')
  const name = 'readme: examples compile'
  if (!existsSync(readme)) return [{ name, ok: false, output: 'README.md is missing' }]
  const blocks = typescriptBlocks(readFileSync(readme, 'utf8'))
  if (blocks.length === 0) return [{ name, ok: false, output: 'README.md has no ts block' }]

  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const config = {
    extends: '../../../tsconfig.base.json',
    compilerOptions: { noEmit: true, composite: false, isolatedDeclarations: false, rootDir: '../../..' },
    include: ['*.ts'],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  // Line numbers of a complaint are those of README.md.
  for (const { line, code } of blocks) {
    writeFileSync(join(folder, `line-${line}.ts`), `${'\n'.repeat(line - 1)}${code}\nexport {}\n`)
  }
  const { ok, output } = run(join(bin, 'tsc'), ['-p', folder])
  if (ok) rmSync(folder, { recursive: true })
  return [
    { name, ok, output: ok ? `${blocks.length} blocks` : output.replaceAll(/\S*line-\d+\.ts/g, 'README.md') },
  ]
}

if (import.meta.main) printAll(checkReadme())
