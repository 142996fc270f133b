import { describe, expect, it } from 'vitest'
import { type Draft, type Intervention, interventionId } from '../intervention.ts'
import type { Trajectory } from '../trajectory.ts'
import { after, before, parcel, story } from './drift.test.support.ts'
import { type LearnOptions, learn } from './learn.ts'
import { failed, ok, type Written } from './recording.test.support.ts'
import type { Validated } from './validate.ts'

const RENAME = { from: '/customer', to: '/account' }

async function learntFrom(
  trajectories: readonly Trajectory[],
  options: LearnOptions = {},
): Promise<readonly Validated[]> {
  const source = async function* () {
    yield* trajectories
  }
  return (await learn(source, options)).validated
}

function renameIn(validated: readonly Validated[]): Validated | undefined {
  return validated.find(({ intervention: { kind, options } }) => {
    return kind === 'rename-argument' && options.from === RENAME.from && options.to === RENAME.to
  })
}

function registered(kind: string, options: Draft['options']): Intervention {
  const draft: Draft = {
    ...{ kind, options, category: 'contract.misnamed_param', signatures: [] },
    tool: { origin: 'local', name: 'book' },
    origin: {
      ...{ inducer: 'person', trust: 'observed', episodes: [], prediction: { removes: 0.8 } },
      support: { pairs: 10, episodes: 10, subjects: 0, failures: 10 },
      fixtures: { fixes: [], leaves: [] },
    },
  }
  return { ...draft, id: interventionId(draft), version: 1, layer: 'action', risk: 'form' }
}

const drifted = story([
  [20, before],
  [10, after],
])

describe('learn, of a tool that has changed', () => {
  it('learns the repair, and holds it against what succeeds since alone', async () => {
    const found = renameIn(await learntFrom(drifted))
    expect(found).toMatchObject({ passes: true, replay: { wrongRepairs: 0, examined: 10 } })
    const { fixes, leaves } = (found as Validated).intervention.origin.fixtures
    expect(fixes.length).toBeGreaterThan(0)
    expect(leaves.filter(({ input }) => JSON.stringify(input).includes('customer'))).toEqual([])
  })

  it('learns nothing where the old name succeeds again', async () => {
    const back = [...drifted, ...story([[31, before]]).slice(30)]
    const validated = await learntFrom(back, { registered: [registered('rename-argument', RENAME)] })
    expect(renameIn(validated)).toMatchObject({ passes: false, replay: { wrongRepairs: 21 } })
    expect(renameIn(await learntFrom(back))).toBeUndefined()
  })

  it('learns nothing where nobody says when what was called', async () => {
    const timeless = drifted.map((trajectory): Trajectory => {
      const steps = trajectory.steps.map(({ ...step }) => {
        if (step.type === 'tool') delete step.at
        return step
      })
      return { ...trajectory, steps }
    })
    expect(renameIn(await learntFrom(timeless))).toBeUndefined()
  })

  it('holds what touches another argument against all that ever succeeded', async () => {
    const other = registered('rename-argument', { from: '/weight', to: '/mass' })
    const validated = await learntFrom(drifted, { registered: [other] })
    const found = validated.find(({ intervention }) => intervention.id === other.id)
    expect(found).toMatchObject({ passes: false, replay: { wrongRepairs: 30 } })
  })

  it('learns nothing from refusals that alternate with successes', async () => {
    const mixed = (index: number): Written[] => (index % 2 ? after(index) : before(index))
    expect(renameIn(await learntFrom(story([[40, mixed]])))).toBeUndefined()
  })

  it('learns nothing where only those are refused who came later', async () => {
    const users = (index: number) => ({ subject: index < 20 ? 'first' : 'second' })
    const found = await learntFrom(
      story(
        [
          [20, before],
          [20, after],
        ],
        users,
      ),
    )
    expect(renameIn(found)).toBeUndefined()
  })

  it('learns the new form of a value', async () => {
    const day = (index: number) => 13 + (index % 15)
    const old = (index: number) => ({
      day: `0${1 + (index % 9)}/${day(index)}/2026`,
      ...parcel('account', index),
    })
    const iso = (index: number) => ({ ...old(index), day: `2026-0${1 + (index % 9)}-${day(index)}` })
    const found = await learntFrom(
      story([
        [20, (index) => [ok(old(index))]],
        [10, (index) => [failed(old(index), `'day' must be written YYYY-MM-DD`), ok(iso(index))]],
      ]),
    )
    const reformat = found.find(({ intervention }) => intervention.kind === 'reformat-value')
    expect(reformat?.intervention.options).toMatchObject({ path: '/day', to: 'YYYY-MM-DD' })
    expect(reformat).toMatchObject({ passes: true, replay: { wrongRepairs: 0 } })
  })
})
