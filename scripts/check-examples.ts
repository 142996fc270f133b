// Every example runs from source and ends well by its own assertions; what README.md says that one prints, it prints.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bin, printAll, type Result, root, run } from './check.ts'

export function checkExamples(): Result[] {
  const mains = globSync('apps/examples/*/main.ts', { cwd: root }).sort()
  if (mains.length === 0) return [{ name: 'examples', ok: false, output: 'there are none' }]
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const shown = shownOutputs(readme)
  const unknown = [...shown.keys()].filter((name) => !mains.some((main) => main.split('/')[2] === name))
  return [
    {
      name: 'README: outputs of examples',
      ok: shown.size > 0 && unknown.length === 0,
      output: unknown.join(),
    },
    ...mains.map((main) => {
      const name = main.split('/')[2] as string
      const ran = run(join(bin, 'node'), ['--conditions=lifeharness-source', main], root, 120_000)
      const output = shown.get(name)
      const differs = ran.ok && output !== undefined && ran.stdout.trim() !== output.trim()
      const problem = differs ? `README.md shows another output than\n${ran.stdout}` : ran.output
      return {
        name: `example: ${name}`,
        ok: ran.ok && !differs,
        ...((!ran.ok || differs) && { output: problem }),
      }
    }),
  ]
}

/** By the name of the example: "(`npm run example <name>`) print:", and what stands in the block below it. */
export function shownOutputs(markdown: string): Map<string, string> {
  const blocks = markdown.matchAll(/`npm run example ([\w-]+)`\)? prints?:\n\n```\n([\s\S]*?)```/g)
  return new Map([...blocks].map(([, name = '', output = '']) => [name, output]))
}

if (import.meta.main) printAll(checkExamples())
