import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { learnFiles } from './learn-files.ts'
import { folderWithOrders } from './run.test.support.ts'

test.each([false, true])(
  'finds the same whether the files are held or read twice; untrusted: %s',
  async (untrusted) => {
    const folder = folderWithOrders()
    const broken = join(folder, 'broken.jsonl')
    writeFileSync(broken, 'no JSON\n')
    const run = async (holdUpTo: number) => {
      const faults: unknown[] = []
      const { learnt, problems } = await learnFiles({
        ...{ files: [join(folder, 'orders.jsonl'), broken], config: {}, registered: [], untrusted, holdUpTo },
        onProblem() {},
        onFault: (_, error) => faults.push(error),
      })
      expect(faults).toEqual([])
      const found = learnt.validated.map(({ intervention, replay, passes }) => ({
        id: intervention.id,
        replay,
        passes,
      }))
      return { found, problems, episodes: learnt.mined.episodes }
    }
    const held = await run(1e9)
    expect(held.found.length).toBeGreaterThan(1)
    expect(held.problems).toHaveLength(1)
    expect(await run(0)).toEqual(held)
  },
)
