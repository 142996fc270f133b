import { describe, expect, test } from 'vitest'
import { builtinClassifiers } from '../classifiers/index.ts'
import type { LifeHarnessConfig } from '../config.ts'
import { builtinKinds } from '../interventions/index.ts'
import type { Json, JsonObject } from '../json.ts'
import type { Trajectory } from '../trajectory.ts'
import { builtinInducers } from './inducers/index.ts'
import { learn } from './learn.ts'
import { contract, episode, failed, ok } from './recording.test.support.ts'

const PAY = contract({
  type: 'object',
  properties: { order: { type: 'integer' }, note: { type: 'string' }, cents: { type: 'integer' } },
  required: ['order', 'note', 'cents'],
})

/** A failed payment in which the amount is a text, and what the model made of it. */
function correction(index: number, written: string, became: Json): Trajectory {
  const rest: JsonObject = { order: 1_000 + index, note: `parcel number ${index} was damaged on its way` }
  return episode(
    `correction-${index}`,
    [failed({ ...rest, cents: written }, 'cents must be an integer'), ok({ ...rest, cents: became })],
    { contracts: [PAY] },
  )
}

function plainSuccesses(count: number): Trajectory[] {
  return Array.from({ length: count }, (_, index) =>
    episode(`plain-${index}`, [ok({ order: index, note: `note ${index}`, cents: 100 * index })], {
      contracts: [PAY],
    }),
  )
}

const coercion = (trajectories: readonly Trajectory[]) => learnt('coerce-argument', trajectories)

async function learnt(kind: string, trajectories: readonly Trajectory[], config: LifeHarnessConfig = {}) {
  const source = async function* () {
    yield* trajectories
  }
  const { validated } = await learn(source, {
    inducers: builtinInducers,
    kinds: builtinKinds,
    classifiers: builtinClassifiers,
    config,
  })
  const found = validated.find(({ intervention }) => intervention.kind === kind)
  return found && { passes: found.passes, reason: found.reason, contradicted: found.replay.contradicted }
}

describe('a coercion whose corrections come to another value', () => {
  test('does not pass: the text was in whole units, and the contract would take the wrong amount', async () => {
    const whole = Array.from({ length: 8 }, (_, index) =>
      correction(index, `${12 + index}`, 100 * (12 + index)),
    )
    const found = await coercion([...whole, ...plainSuccesses(20)])
    expect(found).toMatchObject({ passes: false, contradicted: 8 })
    expect(found?.reason).toMatch(/^contradicted 8 of \d+ corrections that the model made itself$/)
  })

  test('passes where the model came to the same value, and only now and then to another', async () => {
    const same = Array.from({ length: 8 }, (_, index) => correction(index, `${12 + index}`, 12 + index))
    const other = correction(8, '7', 55)
    const found = await coercion([...same, other, ...plainSuccesses(20)])
    expect(found).toMatchObject({ passes: true, contradicted: 0 })
  })
})

test('where no success is recorded of a name that is no tool, the reason gives no bound', async () => {
  const recorded = Array.from({ length: 10 }, (_, index) => {
    const input = { order: 1_000 + index, note: `parcel number ${index} was damaged`, cents: 100 * index }
    const calls = [failed(input, 'Tool Book not found', { tool: 'Book' }), ok(input)]
    return episode(`alias-${index}`, calls, { contracts: [PAY] })
  })
  expect(await learnt('rename-tool', recorded)).toMatchObject({
    passes: true,
    reason: 'fixed 10 of 10 recorded failures, and there was no recorded success that it could have changed',
  })
})

test('a format is the word of the layer for what stands in calls, so it needs no trusted tool', async () => {
  const TRIP = contract({ type: 'object', properties: { to: { type: 'string' }, day: { type: 'string' } } })
  const recorded = Array.from({ length: 10 }, (_, index) => {
    const to = `city number ${index}`
    const calls = [
      failed({ to, day: `03/${13 + index}/2026` }, 'this is no day'),
      ok({ to, day: `2026-03-${13 + index}` }),
    ]
    return episode(`day-${index}`, calls, { contracts: [TRIP] })
  })
  const untrusted = { tools: { '*': { trusted: false } } }
  expect(await learnt('reformat-value', recorded, untrusted)).toMatchObject({ passes: true, contradicted: 0 })
})
