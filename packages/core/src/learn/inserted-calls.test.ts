import { describe, expect, it } from 'vitest'
import type { Applied } from '../action.ts'
import type { Draft } from '../intervention.ts'
import { builtinKinds } from '../interventions/index.ts'
import type { ToolStep } from '../trajectory.ts'
import { noImpact } from './impact.ts'
import { insertedBefore } from './inserted-calls.ts'
import { FOLDS } from './mine.ts'
import { episode, ok, TOOL } from './recording.test.support.ts'
import { openTrial } from './trial.ts'

const draft: Draft = {
  kind: 'insert-step',
  options: { insert: 'look_up', place: 'before' },
  tool: { origin: 'local', name: TOOL },
  category: 'state.precondition',
  signatures: [],
  origin: {
    ...{ inducer: 'test', trust: 'observed', episodes: [], prediction: { removes: 0 } },
    support: { pairs: 0, episodes: 0, subjects: 0, failures: 0 },
    fixtures: { fixes: [], leaves: [] },
  },
}
const evidence = { failures: 0, episodes: 0, dead: 0, pairs: 0, families: {}, impact: noImpact() }
const trial = openTrial(
  { draft, heldOut: Array(FOLDS).fill(draft), evidence },
  builtinKinds.find(({ kind }) => kind === draft.kind),
)
const applied: Applied = {
  ...{ intervention: trial.id, version: 1, arm: 'applied', action: 'insert-call' },
  ...{ dead: false, after: { city: 'rome' } },
}

function inserted(...records: Applied[]) {
  const { steps } = episode('one', [ok({ city: 'rome' }, { applied: records })])
  return insertedBefore(steps[0] as ToolStep, [trial]).map(({ tool, input }) => [tool.name, input])
}

describe('what was inserted before a recorded call', () => {
  it('is the call of the intervention, with the arguments that are recorded', () => {
    expect(inserted(applied)).toEqual([['look_up', { city: 'rome' }]])
  })

  it.each<[string, Partial<Applied>]>([
    ['in the control, where it was only computed', { arm: 'control' }],
    ['in shadow', { arm: 'shadow' }],
    ['by what does something else', { action: 'replace-call' }],
    ['by what nothing is known of', { intervention: 'insert-step-0' }],
  ])('is nothing %s', (_, change) => {
    expect(inserted({ ...applied, ...change })).toEqual([])
  })
})
