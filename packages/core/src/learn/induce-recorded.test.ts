// What induction makes of the reference recordings, where they are at hand (LIFEHARNESS_DATA, or ../shared/data).
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import type { Trajectory } from '../trajectory.ts'
import { importTrajectories } from './import/import.ts'
import { type Candidate, induce } from './induce.ts'
import { builtinInducers } from './inducers/index.ts'
import { edited, minedFrom } from './recording.test.support.ts'

const root = resolve(import.meta.dirname, '../../../..')
const folder = join(process.env.LIFEHARNESS_DATA ?? resolve(root, '../shared/data'), 'trajectories')
const EDITS = new Set([
  'affix-value',
  'coerce-argument',
  'map-value',
  'reformat-value',
  'rename-argument',
  'repair-json',
])

async function recorded(
  ...names: string[]
): Promise<{ trajectories: Trajectory[]; candidates: Candidate[] }> {
  const files = names.map((name) => join(folder, `${name}.jsonl`))
  const trajectories: Trajectory[] = []
  for await (const trajectory of importTrajectories({ files, onProblem: () => {} }))
    trajectories.push(trajectory)
  return { trajectories, candidates: induce(await minedFrom(trajectories), builtinInducers) }
}

/** Recorded successes that a candidate would change, with what it would make of them. */
function changed({ draft }: Candidate, trajectories: readonly Trajectory[]): Json[] {
  return trajectories.flatMap(({ steps, contracts }) =>
    steps.flatMap((step): Json[] => {
      if (step.type !== 'tool' || step.result.outcome !== 'ok' || step.call.tool.name !== draft.tool.name)
        return []
      const of = contracts.find(({ tool }) => tool.name === draft.tool.name)
      const after = edited(draft, step.call.input, of)
      return after === undefined ? [] : [[step.call.input as Json, after]]
    }),
  )
}

describe.skipIf(!existsSync(folder))(
  'the reference recordings (skipped where the data folder is absent)',
  () => {
    it('show agents which directory bare file names belong to', async () => {
      const { candidates, trajectories } = await recorded(
        'toolathlon-claude-4.5-sonnet',
        'toolathlon-deepseek-v3.2-exp',
      )
      const affixes = candidates.filter(({ draft }) => draft.kind === 'affix-value')
      const read = affixes.find(({ draft }) => /excel.*read/.test(draft.tool.name))
      expect(read?.draft.options.prefix).toMatch(/^\/.*\/$/)
      expect(read?.draft.origin.support.episodes).toBeGreaterThanOrEqual(2)
      for (const candidate of candidates.filter(({ draft }) => EDITS.has(draft.kind)))
        expect(changed(candidate, trajectories)).toEqual([])
    })

    it('show that a call refused with 503 may be made again', async () => {
      const { candidates } = await recorded('tau-retail-grok3-503')
      const [retry, ...others] = candidates.filter(({ draft }) => draft.kind === 'retry')
      expect(others).toEqual([])
      expect(retry?.draft.origin.support.pairs).toBeGreaterThan(30)
    })

    it('give no reason to edit payments that do not add up, nor anything else that was a decision', async () => {
      const { candidates } = await recorded('tau-airline-gpt4o', 'tau-retail-agentrx', 'tau-retail-grok3-503')
      expect(candidates.filter(({ draft }) => EDITS.has(draft.kind)).map(({ draft }) => draft)).toEqual([])
    })

    it('give no reason to edit statements and commands', async () => {
      const { candidates } = await recorded(
        'intercode-sql-gpt-4',
        'intercode-bash-gpt-4',
        'intercode-bash-vicuna',
      )
      expect(candidates.filter(({ draft }) => EDITS.has(draft.kind)).map(({ draft }) => draft)).toEqual([])
    })

    it('give edits of other servers that leave every success as it was', async () => {
      const { candidates, trajectories } = await recorded('livemcpbench-claude-sonnet-4')
      const edits = candidates.filter(({ draft }) => EDITS.has(draft.kind))
      expect(edits.length).toBeGreaterThan(3)
      for (const candidate of edits) expect(changed(candidate, trajectories)).toEqual([])
    })
  },
)
