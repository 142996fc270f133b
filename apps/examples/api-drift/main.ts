// An API changes under a running agent that nobody tells: one argument has another name, one value another format. What
// succeeded until then would speak against both repairs, but nothing like it has succeeded since: the layer sees that
// the tools have changed, and when, and learns both repairs from what came after. It goes on with what it learnt in the
// next version of the API where its part of the contract is the same, proves anew what stands on a part that is another,
// and takes both back when the server demands again what it once did. Nobody decides anything.
//   pnpm example api-drift --seed 2
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createLifeHarness, type RegistryEntry, type Transition } from '@lifeharness/core'
import { createLearner, describeIntervention } from '@lifeharness/core/learn'
import { sqliteStore } from '@lifeharness/core/sqlite'
import { heading, say } from '../demo/print.ts'
import { storyClock } from '../six-interventions/clock.ts'
import { showTimeline } from '../six-interventions/timeline.ts'
import { MODEL, playRun, type Story } from './agent.ts'
import { openApi, V2 } from './api.ts'

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } })
const ROUND = 20
const MAX_ROUNDS = 40
const DAY_MS = 86_400_000

/** The two that the story is about, by kind. */
const REPAIRS = { 'rename-argument': 'create_label', 'reformat-value': 'book_pickup' } as const
type Repair = keyof typeof REPAIRS

const folder = await mkdtemp(join(tmpdir(), 'lifeharness-drift-'))
const clock = storyClock()
const api = await openApi()
const store = sqliteStore(join(folder, 'registry.db'))
const faults: string[] = []
try {
  await tell()
} finally {
  await store.close()
  await api.close()
  await rm(folder, { recursive: true, force: true })
}

async function tell(): Promise<void> {
  const onFault = (where: string, error: unknown) => faults.push(`${where}: ${error}`)
  const learner = createLearner({ clock, growth: 0, fault: onFault })
  const lifeHarness = await createLifeHarness({
    ...{ store, clock, learner, mode: 'progressive', learnEveryMs: 0 },
    onFault: ({ where, error }) => onFault(where, error),
  })
  const story: Story = { api, clock, lifeHarness, seed: Number(values.seed) }
  let runs = 0
  let told = 0
  /** Rounds of runs, each with a look at what was learnt, until something holds of the two repairs. */
  async function until(what: string, holds: (stages: Record<Repair, string>) => boolean): Promise<number> {
    let refused = 0
    for (let round = 0; round < MAX_ROUNDS; round++) {
      for (const end = runs + ROUND; runs < end; runs++) {
        const { create_label, book_pickup } = await playRun(story, runs)
        refused += Number(create_label === 'refused') + Number(book_pickup === 'refused')
      }
      await lifeHarness.learn()
      await tellMoves()
      if (holds(await stages())) {
        say(
          `${(round + 1) * ROUND} runs; the first call was refused ${refused} times of ${2 * (round + 1) * ROUND}.`,
        )
        return refused
      }
    }
    throw new assert.AssertionError({ message: `not within ${MAX_ROUNDS * ROUND} runs: ${what}` })
  }
  async function tellMoves(): Promise<void> {
    const history: Transition[] = await Array.fromAsync(store.history())
    showTimeline(history.slice(told).filter(isTold), { name: nameOf, day: clock.day })
    told = history.length
  }

  heading('All is well')
  assert.equal(await until('a round passes', () => true), 0, 'the agent was written for this server')
  assert.deepEqual(await repairs(), [], 'where nothing fails, nothing is learnt')

  heading('The server has changed, and nobody told the agent: customer_id is account_id, days are ISO dates')
  api.demands = 'new'
  await until('both repairs are active', (stages) =>
    Object.values(stages).every((stage) => stage === 'active'),
  )
  for (const { intervention } of await repairs())
    say(`${intervention.tool.name}: ${describeIntervention(intervention)}`)
  assert.deepEqual((await repair('rename-argument')).options, {
    from: '/parcel/customer_id',
    to: '/parcel/account_id',
  })
  assert.deepEqual((await repair('reformat-value')).options, {
    ...{ path: '/day', from: 'MM/DD/YYYY', to: 'YYYY-MM-DD' },
  })

  heading('Version 2: labels have a colour, and the contract says that the day is a date')
  api.contracts = V2
  const before = await Array.fromAsync(store.history())
  await until(
    'the day is proven again',
    ({ 'reformat-value': stage }) => stage === 'active' && told > before.length,
  )
  const since = (await Array.fromAsync(store.history())).slice(before.length).filter(isTold)
  const movesOf = (kind: Repair) =>
    since.flatMap((change) =>
      change.type === 'stage' && change.entry.intervention.kind === kind
        ? [`${change.from} → ${change.to}`]
        : [],
    )
  assert.deepEqual(movesOf('rename-argument'), [], 'its part of the contract is the same: it goes on')
  assert.equal(
    movesOf('reformat-value')[0],
    'active → shadow',
    'its part of the contract is another: proven anew',
  )

  heading('The server demands again what it once did')
  api.demands = 'old'
  await until('both repairs are taken back', (stages) =>
    Object.values(stages).every((stage) => stage === 'suspended' || stage === 'proposed'),
  )
  const refused = await until('the agent is by itself again', () => true)
  assert.equal(refused, 0, 'nothing stands between the agent and the server')

  heading('Half a year later')
  for (let quarter = 0; quarter < 2; quarter++) {
    clock.skip(91 * DAY_MS)
    await until('time passes', () => true)
  }
  const changes = await Array.fromAsync(store.history())
  for (const kind of Object.keys(REPAIRS)) {
    const found = ends(changes, kind)
    assert.deepEqual([...found], ['retired'], kind)
  }
  for (const change of changes) if (change.type === 'stage') assert.equal(change.by, 'learner')
  assert.deepEqual(faults, [])
  say(`all as it should be, in ${(performance.now() / 1000).toFixed(0)} s; no person decided anything`)
}

function isTold(change: Transition): boolean {
  return change.type === 'stage' && change.entry.intervention.kind in REPAIRS
}

/** Where each record of a kind came to stand, by model family. */
function ends(changes: readonly Transition[], kind: string): Set<string> {
  const last = new Map<string, string>()
  for (const change of changes)
    if (change.type === 'stage' && change.entry.intervention.kind === kind) last.set(change.family, change.to)
  return new Set(last.values())
}

function nameOf({ intervention }: RegistryEntry): string {
  return `${intervention.kind} at ${intervention.tool.name}`
}

async function repairs(): Promise<RegistryEntry[]> {
  const { entries } = await store.load()
  return entries.filter(
    ({ intervention: { kind, tool } }) => kind in REPAIRS && REPAIRS[kind as Repair] === tool.name,
  )
}

async function repair(kind: Repair): Promise<RegistryEntry['intervention']> {
  const found = (await repairs()).filter(({ intervention }) => intervention.kind === kind)
  assert.equal(found.length, 1, `one ${kind}`)
  return (found[0] as RegistryEntry).intervention
}

/** Where each stands for the one model there is. */
async function stages(): Promise<Record<Repair, string>> {
  const found: Record<Repair, string> = { 'rename-argument': 'none', 'reformat-value': 'none' }
  for (const { intervention, stages } of await repairs()) {
    found[intervention.kind as Repair] = (stages[MODEL] ?? stages.default)?.stage ?? 'none'
  }
  return found
}
