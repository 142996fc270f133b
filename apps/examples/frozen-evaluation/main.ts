// A frozen evaluation: what an agent learnt on one set of tasks is exported as JSON, reviewed like any other file, and
// measured on tasks it has not seen. Frozen applies what is active and learns nothing, so a second run of the same tasks
// gives the same figures to the digit. The model is a pure function of what it reads.
import assert from 'node:assert/strict'
import {
  createLifeHarness,
  exportRegistry,
  type LifeHarness,
  memoryStore,
  parseRegistry,
} from '@lifeharness/core'
import { createLearner, promoteByPerson } from '@lifeharness/core/learn'
import { actions, contract, execute, told } from '../plain-loop.ts'

const TRAINING = ['Lyon', 'Porto', 'Ghent', 'Turin', 'Tampa', 'Fresno', 'Graz', 'Bergen']
const EVALUATION = ['Leeds', 'Malmö', 'Cádiz', 'Boise', 'Kobe', 'Perth', 'Quito', 'Ávila', 'Genoa', 'Osaka']
const TURNS = 2

/** Writes the name of the argument wrong until it is told; on every third task it never understands. */
function model(task: number, errors: number): { city: string } | { cityName: string } {
  const [city] = [task < 0 ? TRAINING[-task - 1]! : EVALUATION[task]!]
  return errors > 0 && task % 3 !== 0 ? { city } : { cityName: city }
}

type Outcome = { solved: boolean; calls: number }

async function play(lifeHarness: LifeHarness, task: number): Promise<Outcome> {
  const episode = lifeHarness.episode({ model: { modelId: 'wrong-name-1' }, actions })
  episode.presentTools([contract])
  let solved = false
  let turn = 0
  for (; turn < TURNS && !solved; turn++) {
    const call = { id: `call-${turn}`, tool: contract.tool, turn, index: 0, attempt: 1, approved: false }
    const emitted = episode.repairEmitted({ ...call, input: model(task, turn) }).call
    solved = told(await episode.run(emitted, ({ tool, input }) => execute(tool.name, input))).includes(
      'sunny',
    )
  }
  episode.end({ success: solved })
  return { solved, calls: turn }
}

async function evaluate(lifeHarness: LifeHarness): Promise<{ solved: number; calls: number }> {
  const outcomes: Outcome[] = []
  for (const task of EVALUATION.keys()) outcomes.push(await play(lifeHarness, task))
  return {
    solved: outcomes.filter(({ solved }) => solved).length,
    calls: outcomes.reduce((sum, { calls }) => sum + calls, 0),
  }
}

// 1. Learn on the training tasks, and let a person promote what was proven.
const store = memoryStore()
const learning = await createLifeHarness({ store, mode: 'progressive', learner: createLearner() })
for (const task of TRAINING.keys()) await play(learning, -task - 1)
await learning.learn()
const entry = learning.registry().entries.find(({ intervention }) => intervention.kind === 'rename-argument')
assert(entry)
const state = await store.load()
await store.commit(state.version, promoteByPerson(state, entry.intervention.id, 'active', 'reviewed'))
const json = exportRegistry(await store.load()) // into a file, and into a pull request
await learning.close()

// 2. Measure on other tasks: without, and with the file, twice.
const frozen = () => createLifeHarness({ registry: parseRegistry(json), mode: 'frozen' })
const without = await evaluate(await createLifeHarness())
const lifeHarness = await frozen()
const first = await evaluate(lifeHarness)
assert.deepEqual(await evaluate(await frozen()), first, 'a second run gives the same figures')
assert.equal(exportRegistry(lifeHarness.registry()), json, 'nothing was learnt')
assert.deepEqual([without.solved, first.solved], [6, EVALUATION.length])
console.log(
  `solved ${without.solved} → ${first.solved} of ${EVALUATION.length}, calls ${without.calls} → ${first.calls}`,
)
await lifeHarness.close()
