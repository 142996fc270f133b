import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import { assembleSteps, emittedInput, type StepAssembler } from './steps.ts'

const tool = { origin: 'local', name: 't' }

function assembled(write: (steps: StepAssembler) => void): { steps: string[]; faults: string[] } {
  const faults: string[] = []
  const assembler = assembleSteps('m', (reason) => faults.push(reason))
  write(assembler)
  const steps = assembler.steps().map((step) => {
    if (step.type === 'model') return `model ${step.text ?? ''}`.trim()
    return `${step.call.id}@${step.call.turn}.${step.call.index} ${step.result.outcome} ${step.result.ms}`
  })
  return { steps, faults }
}

const call = (steps: StepAssembler, id: Json | undefined, at?: number) =>
  steps.call({ id, tool, input: {} }, at === undefined ? {} : { at })
const ok = (steps: StepAssembler, id: Json | undefined, at?: number) =>
  steps.result({ id, outcome: 'ok', value: 1 }, at === undefined ? {} : { at })

describe('assembleSteps', () => {
  it('counts turns by model turns, and positions among siblings', () => {
    const { steps, faults } = assembled((s) => {
      s.interrupt()
      s.model('hi')
      call(s, 'a')
      call(s, 'b')
      ok(s, 'b')
      ok(s, 'a')
      call(s, 'c')
      ok(s, 'c')
      s.model('bye')
    })
    expect(steps).toEqual(['model hi', 'a@0.0 ok 0', 'b@0.1 ok 0', 'model', 'c@1.0 ok 0', 'model bye'])
    expect(faults).toEqual([])
  })

  it('leaves calls without a result interrupted', () => {
    const { steps, faults } = assembled((s) => {
      call(s, 'a')
      s.interrupt()
      call(s, 'b')
    })
    expect(steps).toEqual(['model', 'a@0.0 interrupted 0', 'model', 'b@1.0 interrupted 0'])
    expect(faults).toEqual([])
  })

  it('lets an id come again once its call has a result', () => {
    const { steps, faults } = assembled((s) => {
      for (let round = 0; round < 2; round++) {
        call(s, 'a')
        ok(s, 'a')
      }
    })
    expect(steps).toEqual(['model', 'a@0.0 ok 0', 'model', 'a@1.0 ok 0'])
    expect(faults).toEqual([])
  })

  it('gives no result to a call whose id another open call has', () => {
    const { steps, faults } = assembled((s) => {
      call(s, 'a')
      call(s, 'a')
      ok(s, 'a')
      ok(s, 'a')
      call(s, 'b')
      ok(s, 'b')
    })
    expect(steps).toEqual(['model', 'a@0.0 interrupted 0', 'model', 'b@1.0 ok 0'])
    expect(faults).toEqual(['a second call has the id "a" while the first has no result'])
  })

  it('tells of what it leaves out', () => {
    const { steps, faults } = assembled((s) => {
      ok(s, 'early')
      call(s, undefined)
      call(s, 7)
      call(s, 'a')
      ok(s, null)
      ok(s, 'a')
      ok(s, 'a')
    })
    expect(steps).toEqual(['model', 'a@0.0 ok 0'])
    expect(faults).toEqual([
      'a result has the call id "early", but no call before it awaits one',
      'a call of "t" has no id',
      'a call of "t" has no id',
      'a result has no call id',
      'a result has the call id "a", but no call before it awaits one',
    ])
  })

  it('takes durations from times, never below zero', () => {
    const { steps } = assembled((s) => {
      call(s, 'a', 2_000_000_000_000)
      call(s, 'b', 2_000_000_000_000)
      ok(s, 'a', 2_000_000_000_250)
      ok(s, 'b', 1_999_999_999_999)
    })
    expect(steps).toEqual(['model', 'a@0.0 ok 250', 'b@0.1 ok 0'])
  })
})

describe('emittedInput', () => {
  it.each<[Json | undefined, ReturnType<typeof emittedInput>]>([
    [{ a: 1 }, { input: { a: 1 } }],
    ['{"a":1}', { input: { a: 1 } }],
    ['"{\\"a\\":1}"', { input: '{"a":1}' }],
    ['[1]', { input: [1] }],
    ['', { input: {} }],
    [' \n', { input: {} }],
    [undefined, { input: {} }],
    ['{"a":', { rawInput: '{"a":' }],
    ["{'a': 1}", { rawInput: "{'a': 1}" }],
    ['think[x]', { rawInput: 'think[x]' }],
  ])('%j', (args, expected) => {
    expect(emittedInput(args)).toEqual(expected)
  })
})
