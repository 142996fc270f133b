// Unit cases, and what is said of the reference recordings where they are at hand (LIFEHARNESS_DATA, or ../shared/data).
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Account, openAccount } from '../activation.ts'
import type { RegistryEntry, RegistryState, StageRecord } from '../registry.ts'
import type { Stage } from '../stage.ts'
import { registryEntry } from '../testing/registry-entry.ts'
import { type Health, healthOf } from './health.ts'
import { importTrajectories } from './import/import.ts'
import { type Mined, mine } from './mine.ts'
import { episode, failed, minedFrom, ok, TOOL } from './recording.test.support.ts'

const DAY = 86_400_000
const NOW = 1_000 * DAY

function registryOf(...entries: RegistryEntry[]): RegistryState {
  return { version: 1, entries, templates: {}, settings: {} }
}

function record(stage: Stage, account: Partial<Account> = {}, since = NOW): StageRecord {
  return { stage, since, reason: 'so', controlShare: 0, account: { ...openAccount(), ...account } }
}

function entry(
  signatures: readonly string[],
  stages: Record<string, StageRecord>,
  kind = 'rename-argument',
): RegistryEntry {
  const { intervention } = registryEntry({ kind, tool: TOOL, stage: 'shadow', signatures: [...signatures] })
  return { intervention, stages: { default: record('shadow'), ...stages } }
}

/** `kinds` ways to fail, of which each episode shows one; the first `common` of them most of the time. */
async function failing(episodes: number, kindOf: (index: number) => number): Promise<Mined> {
  const words =
    'red blue green pink grey gold teal lime navy plum rust sand mint rose jade onyx coal snow'.split(' ')
  const word = (kind: number) => `${words[kind % words.length]} ${words[Math.floor(kind / words.length)]}`
  return minedFrom(
    Array.from({ length: episodes }, (_, index) =>
      episode(`e${index}`, [failed({ a: 1 }, `cannot paint it ${word(kindOf(index))}`), ok({ a: 2 })]),
    ),
  )
}

function healthy(
  mined: Mined,
  registry = registryOf(),
  more: Partial<Parameters<typeof healthOf>[0]> = {},
): Health {
  return healthOf({ mined, registry, now: NOW, ...more })
}

describe('how varied the failures are', () => {
  test('few kinds over and over: steady', async () => {
    const { verdict, signatures, warnings } = healthy(await failing(80, (index) => index % 4))
    expect(verdict.state).toBe('steady')
    expect(signatures).toMatchObject({ seen: 4, newPerThousand: 0, unseen: 0, topShare: 1 })
    expect(warnings).toEqual([])
  })

  test('always another: an explosion, with a warning', async () => {
    const { verdict, signatures, warnings } = healthy(await failing(80, (index) => index))
    expect(verdict.state).toBe('explosion')
    expect(verdict.reason).toMatch(/^your failures are too varied: /)
    expect(signatures.newPerThousand).toBe(1_000)
    expect(signatures.unseenShare.value).toBeGreaterThan(0.9)
    expect(signatures.unseen).toBeGreaterThan(80)
    expect(warnings.map(({ about }) => about)).toEqual(['explosion'])
  })

  test('attempts within one episode do not make the new known', async () => {
    const varied = await minedFrom(
      Array.from({ length: 40 }, (_, index) =>
        episode(
          `e${index}`,
          Array.from({ length: 5 }, () =>
            failed({ a: 1 }, `no ${String.fromCharCode(97 + index)}x allowed here`),
          ),
        ),
      ),
    )
    // Told apart by their words: were they one signature, this would test nothing.
    expect(varied.signatures.size).toBeGreaterThan(20)
    expect(healthy(varied).verdict.state).toBe('explosion')
  })

  test('too little to say', async () => {
    const { verdict } = healthy(await failing(12, (index) => index))
    expect(verdict).toEqual({
      state: 'unknown',
      reason: '12 failing episodes are too few to say how varied the failures are',
    })
  })

  test('new ones count when they come, not when they are many', async () => {
    const before = healthy(await failing(80, (index) => (index < 20 ? index : 0)))
    const after = healthy(await failing(80, (index) => (index >= 60 ? index : 0)))
    expect(before.signatures.seen).toBe(after.signatures.seen - 1)
    expect(before.signatures.newPerThousand).toBe(0)
    expect(after.signatures.newPerThousand).toBe(500)
  })
})

describe('coverage', () => {
  test('counts the failures of the families for which an intervention is active', async () => {
    const trajectories = [...Array(10).keys()].map((index) =>
      episode(`e${index}`, [failed({ a: 1 }, 'no such city'), ok({ a: 2 })], {
        family: index < 7 ? 'strong' : 'weak',
      }),
    )
    const mined = await minedFrom(trajectories)
    const [signature = ''] = mined.signatures.keys()
    const of = (stages: Record<string, StageRecord>, signatures = [signature]) =>
      healthy(mined, registryOf(entry(signatures, stages))).covered
    expect(of({ strong: record('active') })).toEqual({ failures: 7, share: 0.7 })
    expect(of({ weak: record('active'), strong: record('canary') })).toEqual({ failures: 3, share: 0.3 })
    expect(of({ strong: record('suspended') })).toEqual({ failures: 0, share: 0 })
    // Active for the default only: a family without evidence inherits it in shadow.
    expect(of({ default: record('active') })).toEqual({ failures: 0, share: 0 })
    expect(of({ strong: record('active') }, ['another'])).toEqual({ failures: 0, share: 0 })
    const registry = registryOf(entry([signature], { strong: record('active') }))
    const killed = healthy(mined, { ...registry, settings: { killed: true } })
    expect(killed.covered.failures).toBe(0)
    expect(killed.warnings.map(({ about }) => about)).toEqual(['killed'])
  })

  test('one without signatures answers its category, of its tool', async () => {
    const mined = await failing(10, () => 0)
    const [stats] = mined.signatures.values()
    const any = entry([], { 'some-model': record('active') })
    any.intervention.category = stats?.category ?? 'unknown'
    expect(healthy(mined, registryOf(any)).covered.failures).toBe(10)
    any.intervention.tool = { origin: 'local', name: 'another' }
    expect(healthy(mined, registryOf(any)).covered.failures).toBe(0)
  })
})

describe('interventions', () => {
  const arms = (treated: number, of: number, control: number, ofControl: number): Partial<Account> => ({
    treated: { successes: treated, episodes: of },
    control: { successes: control, episodes: ofControl },
    counted: 7,
  })

  test('fired, helped and harmed, by model family; the default speaks where no family does', async () => {
    const mined = await failing(4, () => 0)
    const both = entry(['x'], {
      weak: record('active', arms(18, 20, 5, 10)),
      strong: record('suspended', arms(2, 10, 9, 10)),
    })
    const none = entry(['y'], {}, 'map-value')
    const draft = entry(['z'], { default: record('proposed') }, 'affix-value')
    const { interventions } = healthy(mined, registryOf(both, none, draft))
    expect(
      interventions.map(({ family, stage, fired, helped, harmed }) => [family, stage, fired, helped, harmed]),
    ).toEqual([
      ['weak', 'active', 20, 8, 0],
      ['strong', 'suspended', 10, 0, 7],
      ['default', 'shadow', 0, undefined, undefined],
    ])
  })

  test('dead is what nothing touches, and only after a while', async () => {
    const mined = await failing(4, () => 0)
    const old = entry(['x'], { weak: record('active', { counted: 7 }, NOW - 40 * DAY) })
    const key = `${old.intervention.id} weak`
    const days = (touched?: ReadonlyMap<string, number>) =>
      healthy(mined, registryOf(old), touched ? { touched } : {}).interventions[0]?.idleDays
    expect(days(new Map([[key, NOW - 30 * DAY]]))).toBe(30)
    expect(days(new Map([[key, NOW - DAY]]))).toBeUndefined()
    expect(days(new Map())).toBe(40)
    // It was touched once; without the log nobody knows when.
    expect(days()).toBeUndefined()
    const never = entry(['x'], { weak: record('active', {}, NOW - 40 * DAY) })
    const { warnings } = healthy(mined, registryOf(never))
    expect(warnings).toEqual([
      {
        about: 'dead',
        message: expect.stringMatching(/^rename-argument-\w+ \(weak\): nothing has touched it for 40 days$/),
      },
    ])
  })
})

const folder = join(
  process.env.LIFEHARNESS_DATA ?? resolve(import.meta.dirname, '../../../../../shared/data'),
  'trajectories',
)

describe.skipIf(!existsSync(folder))('recorded data', () => {
  test.each([
    ['intercode-bash-vicuna', 'explosion', ['explosion']],
    ['tau-retail-grok3-503', 'steady', []],
  ])('%s: %s', async (name, state, warned) => {
    const files = join(folder, `${name}.jsonl`)
    const mined = await mine(() => importTrajectories({ files, onProblem: () => {} }))
    const { verdict, warnings, top } = healthy(mined)
    expect(verdict).toMatchObject({ state })
    expect(warnings.map(({ about }) => about)).toEqual(warned)
    expect(top.length).toBeGreaterThan(0)
  })
})
