// The whole of the reference recordings, where they are at hand (LIFEHARNESS_DATA, or ../shared/data).
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allowedTypes } from '../../schema.ts'
import type { ToolContract } from '../../tool.ts'
import { type ImportProblem, importTrajectories } from './import.ts'

const root = resolve(import.meta.dirname, '../../../../..')
const data = process.env.LIFEHARNESS_DATA ?? resolve(root, '../shared/data')
const folder = join(data, 'trajectories')
const files = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => join(folder, name))
  : []

/** The numbers of the README's table of recordings, by column. */
function tableTotals(): { episodes: number; calls: number; failed: number } {
  const totals = { episodes: 0, calls: 0, failed: 0 }
  const section = readFileSync(join(data, 'README.md'), 'utf8')
    .split(/^## /m)
    .find((part) => part.startsWith('traj'))
  for (const row of section?.split('\n') ?? []) {
    const [, , episodes, , calls, , failed] = row.split('|').map((cell) => Number(cell.replaceAll(',', '')))
    if (!row.startsWith('|') || !episodes || !calls || failed === undefined) continue
    totals.episodes += episodes
    totals.calls += calls
    totals.failed += failed
  }
  return totals
}

describe.skipIf(files.length === 0)(
  'the reference recordings (skipped where the data folder is absent)',
  () => {
    it('are read without a problem, call by call', async () => {
      const problems: ImportProblem[] = []
      const perFile = new Map<string, number>()
      const contracts = new Set<readonly ToolContract[]>()
      const ids = new Set<string>()
      let failed = 0
      let withRef = 0
      let open = 0
      for (const file of files) {
        const imported = importTrajectories({ files: file, onProblem: (problem) => problems.push(problem) })
        for await (const { id, contracts: shown, steps } of imported) {
          ids.add(id)
          if (shown.length > 0) withRef++
          contracts.add(shown)
          for (const step of steps) {
            if (step.type !== 'tool') continue
            if (step.result.outcome === 'error') failed++
            if (step.result.outcome === 'interrupted') open++
            if (step.result.outcome === 'error') expect(step.result.error?.message).toMatch(/\S/)
            else expect(step.result.error).toBeUndefined()
            expect('input' in step.call).toBe(step.call.rawInput === undefined)
          }
        }
        perFile.set(file, imported.summary.steps)
      }
      expect(problems).toEqual([])
      for (const [file, steps] of perFile) {
        const text = readFileSync(file, 'utf8')
        expect([file, steps]).toEqual([file, text.split('"kind":"call"').length - 1])
      }
      const calls = [...perFile.values()].reduce((sum, steps) => sum + steps, 0)
      expect({ episodes: ids.size, calls, failed }).toEqual(tableTotals())
      expect(open).toBe(0)
      const stating = files.flatMap((file) => readFileSync(file, 'utf8').match(/^\{.*?"steps"/gm) ?? [])
      expect(withRef).toBe(stating.filter((head) => head.includes('"tools_ref"')).length)
      expect(contracts.size).toBeLessThan(files.length)
    })

    it('state contracts in the type names of JSON Schema', async () => {
      const names = new Set<string>()
      const seen = new Set<readonly ToolContract[]>()
      for await (const { contracts } of importTrajectories({ files, onProblem: () => {} }))
        seen.add(contracts)
      for (const contract of [...seen].flat()) {
        for (const type of allowedTypes(contract.inputSchema)) names.add(type)
        const properties = Object.values((contract.inputSchema?.properties ?? {}) as Record<string, object>)
        for (const property of properties) for (const type of allowedTypes(property as never)) names.add(type)
      }
      const known = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']
      expect(names.size).toBeGreaterThan(0)
      expect([...names].filter((name) => !known.includes(name))).toEqual([])
    })
  },
)
