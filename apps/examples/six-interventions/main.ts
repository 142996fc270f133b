// Six interventions are learnt; nobody decides anything. What helps ends active, for the models it helps; what does
// not, what harms, and what cannot be trusted does not.
//   pnpm example six-interventions --seed 2
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createLifeHarness, type LifeHarnessConfig, type Store, type Transition } from '@lifeharness/core'
import { builtinInducers, createLearner, type Health } from '@lifeharness/core/learn'
import { sqliteStore } from '@lifeharness/core/sqlite'
import { heading, say } from '../demo/print.ts'
import { playEpisode, type Story } from './agents.ts'
import { storyClock } from './clock.ts'
import { check, isDecided, nameOf, onlyItsTool } from './six.ts'
import { showHealth, showOutcome, showTimeline } from './timeline.ts'
import { openWorld } from './world.ts'

/** The user's word. That a payment may be repeated is his mistake. */
const CONFIG: LifeHarnessConfig = {
  tools: { get_rate: { readOnly: true }, pay_invoice: { idempotent: true } },
}

const OBSERVED = 400
const ROUND = 150
const MAX_ROUNDS = 40

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } })
const seed = Number(values.seed)
const folder = await mkdtemp(join(tmpdir(), 'lifeharness-six-'))
const clock = storyClock()
const world = await openWorld(clock)
const store = sqliteStore(join(folder, 'registry.db'))
const faults: string[] = []
let health: Health | undefined
try {
  await tell()
} finally {
  await store.close()
  await world.close()
  await rm(folder, { recursive: true, force: true })
}

async function tell(): Promise<void> {
  // Fewer episodes without effect than by default: a story has seconds where a product has weeks.
  const learner = createLearner({
    config: CONFIG,
    clock,
    growth: 0.3,
    inducers: builtinInducers.map(onlyItsTool),
    limits: { canaries: 20, noEffect: 200 },
    onHealth: (report) => {
      health = report
    },
    fault: (where, error) => faults.push(`${where}: ${error}`),
  })
  const lifeHarness = await createLifeHarness({
    ...{ store, clock, config: CONFIG, learner, mode: 'progressive', learnEveryMs: 0 },
    onFault: ({ where, error }) => faults.push(`${where}: ${error}`),
  })
  const story: Story = { world, clock, lifeHarness, seed, hasOpenedUS: false }

  heading('Observed: nothing is registered yet')
  let episodes = 0
  const play = async (count: number): Promise<void> => {
    for (const end = episodes + count; episodes < end; episodes++) await playEpisode(story, episodes)
  }
  await play(OBSERVED)
  say(`${OBSERVED} episodes of three scripted models at a database and an HTTP service.`)

  heading('The timeline: the learner decides, on the evidence of concurrent control episodes')
  story.hasOpenedUS = true
  let told = 0
  for (let round = 0; round < MAX_ROUNDS; round++) {
    await lifeHarness.learn()
    const history = await transitions(store)
    showTimeline(history.slice(told), { name: nameOf, day: clock.day })
    told = history.length
    if (isDecided((await store.load()).entries)) break
    await play(ROUND)
  }
  await lifeHarness.flush()

  const { entries } = await store.load()
  heading(`The end, on day ${clock.day(clock.now())}, after ${episodes} episodes`)
  showOutcome(entries, nameOf)
  if (health) showHealth(health)
  check(entries, await transitions(store))
  assert.deepEqual(faults, [])
  say(`all as it should be, in ${(performance.now() / 1000).toFixed(0)} s; no person decided anything`)
}

async function transitions(from: Store): Promise<Transition[]> {
  return Array.fromAsync(from.history())
}
