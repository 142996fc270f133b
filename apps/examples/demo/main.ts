// The whole story in one run, offline: observe, learn, activate by stages, and measure on tasks never seen.
//   npm run demo -- --seed 7
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Store, Transition } from '@lifeharness/core'
import { createLearner } from '@lifeharness/core/learn'
import { sqliteStore } from '@lifeharness/core/sqlite'
import { type Environment, startEnvironment, stopEnvironment } from './agent.ts'
import { activate, demoConfig, evaluate, faultsSoFar, observe } from './phases.ts'
import { heading, say } from './print.ts'
import {
  beginMoves,
  showCandidates,
  showDeeds,
  showEvaluation,
  showIntroduction,
  showMoves,
  showRates,
  showRest,
  showStages,
  showTrap,
  wrongRepairs,
} from './show.ts'

const OBSERVED = 400
const ROUND = 80
const MAX_ROUNDS = 24
const SEEDS = 24
const TASKS_PER_SEED = 14

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } })
const seed = Number(values.seed)
if (!Number.isSafeInteger(seed)) {
  console.error(`--seed wants a whole number, not ${JSON.stringify(values.seed)}`)
  process.exit(2)
}
const folder = await mkdtemp(join(tmpdir(), 'lifeharness-demo-registry-'))
const environment = await startEnvironment()
try {
  process.exitCode = (await tell(environment)) ? 0 : 1
} finally {
  await stopEnvironment(environment)
  await rm(folder, { recursive: true, force: true })
}

/** Tells the story; whether it ended well. */
async function tell(environment: Environment): Promise<boolean> {
  showIntroduction(seed)
  const store = sqliteStore(join(folder, 'registry.db'))
  // More places in canary than by default, and seldom mined anew: a demo has seconds where a product has weeks.
  const learner = createLearner({ config: demoConfig(environment), limits: { canaries: 8 }, growth: 0.25 })

  heading('1  Observe: nothing is altered')
  showRates(await observe(environment, { store, seed, episodes: OBSERVED }))

  heading('2  Learn: candidates from what was recorded, replayed on episodes they were not induced from')
  await learner.run(store)
  showCandidates(await transitions(store))

  heading('3  Activate: shadow, canary against concurrent control episodes, active')
  let told = (await transitions(store)).length
  beginMoves()
  const activation = await activate(environment, {
    ...{ store, learner, seed, from: OBSERVED, roundLength: ROUND, maxRounds: MAX_ROUNDS },
    async onRound(round) {
      const history = await transitions(store)
      showMoves(OBSERVED + round * ROUND, history.slice(told))
      told = history.length
    },
  })
  const { registry } = activation
  showStages(registry)
  say('No person approved anything: the guardrail of what changes values is episode.end({ success }).')
  const inCanary = total(activation.deeds)
  say(wrongRepairs('while activating', inCanary))

  heading(
    `4  Evaluate: the registry frozen, ${SEEDS} seeds × ${TASKS_PER_SEED} tasks of other templates, people and dates`,
  )
  const evaluation = await evaluate(environment, registry, { seed, seeds: SEEDS, tasks: TASKS_PER_SEED })
  const difference = showEvaluation(evaluation)
  console.log()
  const applied = showDeeds(registry, evaluation.deeds)
  console.log()
  say(wrongRepairs('in the evaluation', applied))
  showRest(evaluation)
  const trap = showTrap(registry)
  await store.close()

  return verdict([
    [difference.low > 0, 'more tasks done with the layer (lower bound above 0)'],
    [applied.wrong + inCanary.wrong === 0, 'no call that was right was changed'],
    [!trap.isActive, 'the harmful candidate is not active'],
    [faultsSoFar().length === 0, ['no fault inside the layer', ...faultsSoFar()].join('; ')],
  ])
}

function total(deeds: ReadonlyMap<string, { fired: number; wrong: number }>): {
  fired: number
  wrong: number
} {
  const all = [...deeds.values()]
  return {
    fired: all.reduce((sum, { fired }) => sum + fired, 0),
    wrong: all.reduce((sum, { wrong }) => sum + wrong, 0),
  }
}

async function transitions(store: Store): Promise<Transition[]> {
  const all: Transition[] = []
  for await (const change of store.history()) all.push(change)
  return all
}

function verdict(checks: readonly (readonly [boolean, string])[]): boolean {
  console.log()
  for (const [holds, what] of checks) say(`${holds ? 'yes' : 'NO '}  ${what}`)
  say(`It took ${(performance.now() / 1000).toFixed(0)} s.`)
  return checks.every(([holds]) => holds)
}
