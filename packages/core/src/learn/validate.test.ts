import { describe, expect, test } from 'vitest'
import type { Applied } from '../action.ts'
import { builtinClassifiers } from '../classifiers/index.ts'
import type { LifeHarnessConfig } from '../config.ts'
import { type Draft, defineIntervention, interventionId, type Kind } from '../intervention.ts'
import { builtinKinds } from '../interventions/index.ts'
import { createRedactor } from '../redact.ts'
import type { Trajectory } from '../trajectory.ts'
import { noImpact } from './impact.ts'
import type { Candidate } from './induce.ts'
import { FOLDS, foldOf } from './mine.ts'
import { contract, episode, failed, minedFrom, ok, TOOL } from './recording.test.support.ts'
import { type Validated, validate } from './validate.ts'

/** What is written `c` must be `celsius`: a value that no contract declares. */
const TO_CELSIUS: Partial<Draft> = {
  kind: 'map-value',
  options: { path: '/unit', map: { c: 'celsius' } },
}

function draft(parts: Partial<Draft> = {}, support = 10): Draft {
  return {
    kind: 'map-value',
    options: {},
    tool: { origin: 'local', name: TOOL },
    category: 'contract.value',
    signatures: [],
    origin: {
      inducer: 'test',
      trust: 'observed',
      episodes: [],
      support: { pairs: support, episodes: support, subjects: 0, failures: support },
      prediction: { removes: 0.8 },
      fixtures: { fixes: [], leaves: [] },
    },
    ...TO_CELSIUS,
    ...parts,
  }
}

function candidate(of: Draft, heldOut: Candidate['heldOut'] = Array(FOLDS).fill(of)): Candidate {
  const evidence = { failures: 0, episodes: 0, dead: 0, pairs: 0, families: {}, impact: noImpact() }
  return { draft: of, heldOut, evidence }
}

async function validated(
  trajectories: readonly Trajectory[],
  of: Draft | Candidate,
  { config = {}, kinds = builtinKinds }: { config?: LifeHarnessConfig; kinds?: readonly Kind[] } = {},
): Promise<Validated> {
  const source = async function* () {
    yield* trajectories
  }
  const mined = await minedFrom(trajectories, config)
  const asked = 'draft' in of ? of : candidate(of)
  const [only] = await validate(source, [asked], { kinds, classifiers: builtinClassifiers, config, mined })
  return only!
}

/** Episodes in which the model finds out by itself: `c` fails, `celsius` works. */
function recovering(count: number, more: (index: number) => Partial<Trajectory> = () => ({})): Trajectory[] {
  return Array.from({ length: count }, (_, index) =>
    episode(
      `recovering-${index}`,
      [
        failed(
          { city: `city number ${index} in the valley of the northern river`, unit: 'c' },
          'unit c is not supported',
        ),
        ok({ city: `city number ${index} in the valley of the northern river`, unit: 'celsius' }),
        ok({ city: `other-${index}`, unit: 'kelvin' }),
      ],
      more(index),
    ),
  )
}

/** Episodes in which a call succeeds once another tool has been called. */
function lookedUp(): Trajectory[] {
  return Array.from({ length: 10 }, (_, index) =>
    episode(`looked-up-${index}`, [
      failed({ city: `c-${index}` }, 'nobody has looked it up'),
      ok({ city: `c-${index}` }, { tool: 'look_up' }),
      ok({ city: `c-${index}` }),
    ]),
  )
}

const insertion = () =>
  draft({
    kind: 'insert-step',
    category: 'state.precondition',
    options: { insert: 'look_up', place: 'before', input: { city: { argument: '/city' } } },
  })

/** As `recovering`, but somebody says what to write: the tool itself in its error, or another one before. */
function told(count: number, by: string = TOOL): Trajectory[] {
  const advice = 'Write Celsius.'
  return Array.from({ length: count }, (_, index) => {
    const city = `city number ${index} in the valley of the northern river`
    return episode(`told-${index}`, [
      ...(by === TOOL ? [] : [ok({ query: 'units' }, { tool: by, result: { hits: [advice] } })]),
      failed({ city, unit: 'c' }, `unit c is not supported. ${by === TOOL ? advice : ''}`),
      ok({ city, unit: 'celsius' }),
      ok({ city: `other-${index}`, unit: 'kelvin' }),
    ])
  })
}

describe('passes', () => {
  test('an edit that gives what the model itself came to, and leaves every success alone', async () => {
    const { passes, reason, replay, intervention } = await validated(recovering(10), draft())
    expect({ passes, reason }).toEqual({
      passes: true,
      reason:
        'fixed 10 of 10 recorded failures, changed 0 of 20 recorded successes (at most 14 %, with 95 % confidence)',
    })
    expect(replay).toMatchObject({ fixes: 10, weakFixes: 0, wrongRepairs: 0, examined: 20, episodes: 10 })
    expect(replay.families['some-model']).toMatchObject({ fixes: 10, examined: 20 })
    const { fixes, leaves } = intervention.origin.fixtures
    expect(fixes.length).toBeGreaterThan(0)
    for (const { input, expect: output } of fixes)
      expect(output).toEqual({ ...(input as object), unit: 'celsius' })
    expect(leaves.length).toBeGreaterThan(0)
  })

  test('a value that a trusted tool named, and one that the model also knew without being told', async () => {
    expect(await validated(told(10), draft())).toMatchObject({ passes: true })
    const untrusted = { config: { tools: { [TOOL]: { trusted: false } } } }
    const both = await validated([...told(10), ...recovering(2)], draft(), untrusted)
    expect(both).toMatchObject({ passes: true })
  })

  test('a form edit that passes contract and profile where nothing succeeded later', async () => {
    const of = contract({
      type: 'object',
      properties: { city: { type: 'string' }, days: { type: 'integer' } },
      required: ['city', 'days'],
    })
    const trajectories = Array.from({ length: 10 }, (_, index) =>
      episode(
        `gives-up-${index}`,
        [
          ok({ city: `x-${index}`, days: index }),
          failed({ city: `x-${index}0`, days: '3' }, 'days must be an integer'),
        ],
        { contracts: [of] },
      ),
    )
    const coerce = draft({ kind: 'coerce-argument', options: { path: '/days', to: 'integer' } })
    const { passes, replay } = await validated(trajectories, coerce)
    expect(replay).toMatchObject({ fixes: 0, weakFixes: 10, wrongRepairs: 0 })
    expect(passes).toBe(true)
  })

  test('a retry on a tool that is declared read-only, where the same call worked later', async () => {
    const { passes, replay } = await validated(outages(), retry(), {
      config: { tools: { [TOOL]: { readOnly: true } } },
    })
    expect(replay).toMatchObject({ class: 'retry', fixes: 6, wrongRepairs: 0 })
    expect(passes).toBe(true)
  })

  test('a block that stops repeats of what fails, and no success', async () => {
    const looping = Array.from({ length: 6 }, (_, index) =>
      episode(`loop-${index}`, [
        ok({ city: 'x', unit: 'kelvin' }),
        ...Array.from({ length: 5 }, () => failed({ city: 'y', unit: 'c' }, 'unit c is not supported')),
        ok({ city: 'z', unit: 'kelvin' }),
      ]),
    )
    const block = draft({ kind: 'break-loop', options: { after: 3 }, category: 'traj.repeat' })
    const { passes, replay } = await validated(looping, block)
    expect(replay).toMatchObject({ class: 'block', fixes: 12, wrongRepairs: 0, examined: 12 })
    expect(passes).toBe(true)
  })

  test('a hint that the next success bears out', async () => {
    const { passes, replay } = await validated(recovering(6), hint(['celsius', 'kelvin']))
    expect(replay).toMatchObject({ class: 'hint', fixes: 6, contradicted: 0 })
    expect(passes).toBe(true)
  })

  test('a success that only an applied repair made possible', async () => {
    const trajectories = recovering(10)
    const [step] = trajectories[0]!.steps
    if (step?.type !== 'tool') throw new Error('the first step is a call')
    const executed = {
      ...step.call,
      input: { city: 'city number 0 in the valley of the northern river', unit: 'celsius' },
    }
    const result = (trajectories[0]!.steps[1] as typeof step).result
    const applied = [
      { intervention: 'x', version: 1, arm: 'applied', action: 'replace-call', dead: false } as const,
    ]
    const treated = { ...trajectories[0]!, steps: [{ ...step, executed, result, applied }] }
    const { passes, replay } = await validated([treated, ...trajectories.slice(1)], draft())
    expect(replay).toMatchObject({ fixes: 9, wrongRepairs: 0 })
    expect(passes).toBe(true)
  })
})

function retry(): Draft {
  return draft({ kind: 'retry', options: { attempts: 3 }, category: 'exec.unavailable' })
}

function outages(): Trajectory[] {
  return Array.from({ length: 6 }, (_, index) =>
    episode(`outage-${index}`, [
      failed({ city: `x-${index}` }, 'HTTP 503 Service Unavailable'),
      ok({ city: `x-${index}` }),
      ok({ city: `y-${index}` }),
    ]),
  )
}

function hint(values: string[]): Draft {
  const options = { advice: 'allowed-values', slots: { argument: 'unit', values } }
  return draft({ kind: 'explain-error', options, category: 'contract.value' })
}

describe('does not pass', () => {
  const inFold = (fold: number) =>
    recovering(40)
      .filter(({ id }) => foldOf(id) === fold)
      .slice(0, 3)

  test.each<[string, string, () => Promise<Validated>]>([
    [
      'an edit that changes a success',
      'changed 1 of 21 recorded successes',
      () => validated([...recovering(10), episode('right', [ok({ city: 'x', unit: 'c' })])], draft()),
    ],
    [
      'what would be registered changes a success, though what was held out does not',
      'changed 1 of 1 recorded successes',
      () =>
        validated(
          [episode('right', [ok({ city: 'x', unit: 'c' })]), ...recovering(10)],
          candidate(draft(), Array(FOLDS).fill(undefined)),
        ),
    ],
    ['evidence of one episode', 'seen in one episode', () => validated(recovering(1), draft({}, 1))],
    [
      'a value that nothing ever confirmed',
      'never seen to succeed',
      () =>
        validated(
          recovering(10).map((one) => ({ ...one, steps: one.steps.filter((_, index) => index !== 1) })),
          draft(),
        ),
    ],
    [
      'no episode is left to check it on',
      'what it is induced from leaves no episode to check it on',
      () => validated(recovering(10), candidate(draft(), Array(FOLDS).fill(undefined))),
    ],
    [
      'the model corrects the same place in another way',
      'contradicted 1 of 11 corrections that the model made itself',
      () =>
        validated(
          [
            ...recovering(10),
            episode('other', [
              failed({ city: 'Paris, Texas', day: '2024-05-13', unit: 'c' }, 'unit c is not supported'),
              ok({ city: 'Paris, Texas', day: '2024-05-13', unit: 'kelvin' }),
            ]),
          ],
          draft(),
        ),
    ],
    [
      'a retry on a tool of which nothing is declared',
      'the tool is not declared read-only or idempotent',
      () => validated(outages(), retry()),
    ],
    [
      'a call before it, of a tool of which nothing is declared',
      'look_up, which it would call, is not declared read-only or insertable',
      () => validated(lookedUp(), insertion()),
    ],
    [
      'a hint that the next success shows wrong',
      'contradicted 6 of 6 corrections that the model made itself',
      () => validated(recovering(6), hint(['kelvin'])),
    ],
    [
      'a draft whose evidence is an untrusted text',
      'its only source is an untrusted tool’s text',
      () => {
        const { origin } = draft()
        return validated(recovering(10), draft({ origin: { ...origin, trust: 'untrusted' } }))
      },
    ],
    [
      'a literal that stands in no call and no contract of an untrusted tool',
      'its only source is an untrusted tool’s text',
      () =>
        validated(recovering(6), hint(['celsius', 'kelvin', 'ignore-what-you-were-told']), {
          config: { tools: { [TOOL]: { trusted: false } } },
        }),
    ],
    [
      'a value that the model wrote only where an untrusted tool had said it before',
      'its only source is an untrusted tool’s text',
      () => validated(told(10), draft(), { config: { tools: { [TOOL]: { trusted: false } } } }),
    ],
    [
      'such a value in the calls of a tool that is trusted itself',
      'its only source is an untrusted tool’s text',
      () => validated(told(10, 'search'), draft(), { config: { tools: { search: { trusted: false } } } }),
    ],
    [
      'a value of two subjects of different tenants',
      'a value in it was seen for fewer than 3 subjects',
      () =>
        validated(
          recovering(10, (index) => ({ subject: `subject-${index % 2}`, scope: `tenant-${index % 2}` })),
          draft(),
        ),
    ],
    [
      'the token of a secret',
      'a secret would stand in it',
      () => {
        const token = createRedactor().redact({ password: 'hunter2-hunter2' }) as { password: string }
        return validated(recovering(10), draft({ options: { path: '/unit', map: { c: token.password } } }))
      },
    ],
    [
      'a kind that is not there',
      'there is no kind telepathy',
      () => validated([], draft({ kind: 'telepathy' })),
    ],
    [
      'options that the kind does not know',
      'it does not compile: options: /map/c: Instance type "array" is invalid. Expected "string", "number", "boolean".',
      () => validated([], draft({ options: { path: '/unit', map: { c: ['celsius'] } } })),
    ],
    [
      'a kind that throws',
      'it threw on a recorded call: boom',
      () => validated(recovering(3), draft({ kind: 'throws', options: {} }), { kinds: [THROWS] }),
    ],
  ])('%s: %s', async (_, expected, run) => {
    const { passes, reason } = await run()
    expect({ passes, reason }).toEqual({ passes: false, reason: expected })
  })

  test('evidence that all lies in one fold is checked on nothing', async () => {
    const fold = foldOf('recovering-0')
    const trajectories = inFold(fold)
    const heldOut = Array.from({ length: FOLDS }, (_, index) => (index === fold ? undefined : draft()))
    const { passes, replay } = await validated(trajectories, candidate(draft(), heldOut))
    expect(replay).toMatchObject({ fixes: 0, examined: 0, upperBound: 1 })
    expect(passes).toBe(false)
  })

  test('a plausible edit is not enough for what changes a value', async () => {
    const givingUp = Array.from({ length: 10 }, (_, index) =>
      episode(`gives-up-${index}`, [
        ok({ city: `x-${index}`, unit: 'celsius' }),
        failed({ city: `x-${index}0`, unit: 'c' }, 'unit c is not supported'),
      ]),
    )
    const { passes, reason, replay } = await validated(givingUp, draft())
    expect(replay).toMatchObject({ fixes: 0, weakFixes: 10 })
    expect({ passes, reason }).toEqual({ passes: false, reason: 'never seen to succeed' })
  })

  const CITY = 'the city in the valley of the northern river'
  const two = { path: '/unit', map: { c: 'celsius', k: 'kelvin' } }
  const words = { path: '/unit', map: { 'degrees celsius of the air': 'celsius degrees of the air' } }
  const unsupported = 'this unit is not supported'

  test.each<[string, Partial<Draft>, Trajectory]>([
    [
      'a success that corrects another failure',
      { options: two },
      episode('two-at-once', [
        failed({ city: CITY, unit: 'c' }, unsupported),
        failed({ city: CITY, unit: 'k' }, unsupported),
        ok({ city: CITY, unit: 'kelvin' }),
      ]),
    ],
    [
      'a success of which nothing shows that it is of the same intent',
      { options: words },
      episode('one-argument', [
        failed({ unit: 'degrees celsius of the air' }, unsupported),
        ok({ unit: 'degrees celsius of the sea' }),
      ]),
    ],
    [
      'a success with another city',
      {},
      episode('moved-on', [
        failed({ city: 'Paris', unit: 'c' }, unsupported),
        ok({ city: 'Reykjavik', unit: 'kelvin' }),
      ]),
    ],
  ])('%s contradicts nothing', async (_, parts, trajectory) => {
    const { replay } = await validated([...recovering(10), trajectory], draft(parts))
    expect(replay.contradicted).toBe(0)
  })

  test('what failed after another edit of it says nothing', async () => {
    const [failure, success] = episode('edited', [
      failed({ city: CITY, unit: 'c' }, unsupported),
      ok({ city: CITY, unit: 'celsius' }),
    ]).steps
    if (failure?.type !== 'tool' || !success) throw new Error('the first step is a call')
    const applied = [
      { intervention: 'x', version: 1, arm: 'applied', action: 'replace-call', dead: false } as const,
    ]
    const call = { ...failure.call, input: { city: CITY, unit: 'C' } }
    const after = { ...episode('edited', []), steps: [{ ...failure, call, applied }, success] }
    const { replay } = await validated([...recovering(10), after], draft())
    expect(replay.fixes).toBe(10)
  })
})

const THROWS = defineIntervention({
  kind: 'throws',
  layer: 'action',
  risk: 'form',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  options: {},
  compile: () => () => {
    throw new Error('boom')
  },
})

describe('the bounds', () => {
  test('k of n has its own upper bound', async () => {
    const right = Array.from({ length: 2 }, (_, index) =>
      episode(`right-${index}`, [ok({ city: 'x', unit: 'c' })]),
    )
    const { replay } = await validated([...recovering(9), ...right], draft())
    expect(replay).toMatchObject({ wrongRepairs: 2, examined: 20 })
    // Clopper–Pearson, one-sided 95 %, of 2 in 20.
    expect(replay.upperBound).toBeCloseTo(0.2826, 3)
  })

  test('a tool under another schema is another tool', async () => {
    const old = contract({
      type: 'object',
      properties: { unit: { type: 'string', enum: ['celsius', 'kelvin'] } },
    })
    const now = contract({ type: 'object', properties: { unit: { type: 'string', enum: ['c', 'kelvin'] } } })
    const { anchorOf } = await import('../tool.ts')
    const bound = draft({ anchor: { path: '/unit', hash: anchorOf(old, '/unit') } })
    const before = recovering(10, () => ({ contracts: [old] }))
    const after = episode('new-schema', [ok({ city: 'x', unit: 'c' })], { contracts: [now] })
    const { passes, replay } = await validated([...before, after], bound)
    expect(replay).toMatchObject({ wrongRepairs: 0, examined: 20 })
    expect(passes).toBe(true)
  })
})

test('a call that succeeds because of what the layer inserted speaks against no insertion', async () => {
  const inserted = insertion()
  const applied: Applied = {
    ...{ intervention: interventionId(inserted), version: 1, arm: 'applied', action: 'insert-call' },
    ...{ dead: false, after: { city: 'rome' } },
  }
  const config = { tools: { look_up: { readOnly: true } } }
  const course = (name: string, of: Applied[]) =>
    episode(name, [ok({ city: 'rome' }, { applied: of }), ok({ city: 'rome' })])
  const { passes, replay } = await validated([...lookedUp(), course('helped', [applied])], inserted, {
    config,
  })
  expect(replay).toMatchObject({ fixes: 10, wrongRepairs: 0, contradicted: 0 })
  expect(passes).toBe(true)
  for (const other of [
    { ...applied, arm: 'control' as const },
    { ...applied, after: { city: 'bern' } },
    { ...applied, intervention: 'insert-step-of-another' },
  ]) {
    const { replay } = await validated([...lookedUp(), course('alone', [other])], inserted, { config })
    expect(replay).toMatchObject({ wrongRepairs: 2 })
  }
})

test('a call is added of a tool that the user lets be called, or that only reads', async () => {
  for (const said of [{ readOnly: true }, { insertable: true }]) {
    const { passes, reason } = await validated(lookedUp(), insertion(), {
      config: { tools: { look_up: said } },
    })
    expect(reason).toMatch(/^fixed 10 of 10/)
    expect(passes).toBe(true)
  }
  const never = { config: { tools: { look_up: { readOnly: true, never: true } } } }
  expect((await validated(lookedUp(), insertion(), never)).passes).toBe(false)
})
