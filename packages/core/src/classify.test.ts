import { describe, expect, it } from 'vitest'
import { builtinClassifiers } from './classifiers/index.ts'
import { classifyCall, classifyStep, failureMessage } from './classify.ts'
import {
  callOf,
  classifyContext,
  contractOf,
  failedStep,
  failureOf,
  okStep,
  stepOf,
} from './contexts.test.support.ts'
import { type Classifier, defineClassifier, type Failure } from './failure.ts'
import { UNKNOWN_TOOL_FACTS } from './tool.ts'
import { type ToolStep, toolResult } from './trajectory.ts'
import { verdict } from './verdict.ts'

const contract = contractOf({
  type: 'object',
  properties: { n: { type: 'integer' } },
  required: ['n'],
})
const builtin = (step: ToolStep, more = {}) => failureOf(builtinClassifiers, step, more)

function says(name: string, on: Classifier['on'], ...args: Parameters<typeof verdict>): Classifier {
  return defineClassifier({ name, on, categories: [args[0]], classify: () => verdict(...args) })
}

describe('classifyStep finds a failure', () => {
  it.each<[string, ToolStep, object, Partial<Failure>]>([
    ['an error', failedStep('order not found'), {}, { category: 'state.not_found', dead: false }],
    ['an error of an unknown kind', failedStep('hm'), {}, { category: 'unknown', attribution: 'unknown' }],
    [
      'a result that says so',
      okStep({ success: false, message: 'order not found' }),
      {},
      { category: 'state.not_found' },
    ],
    ['a result that says only so', okStep({ success: false }), {}, { category: 'result.soft_failure' }],
    [
      'the user’s word',
      okStep('fine'),
      { succeeded: () => false },
      { category: 'result.soft_failure', rank: 'typed' },
    ],
    [
      'a dead call',
      failedStep('no', callOf({ n: 'x' })),
      { contract },
      { category: 'contract.type', dead: true, effect: 'none' },
    ],
    [
      'an expected negative',
      failedStep('not found'),
      { expected: () => true },
      { category: 'state.not_found', expectedNegative: true },
    ],
    [
      'no effect of a tool that has none',
      failedStep('hm'),
      { facts: { ...UNKNOWN_TOOL_FACTS, readOnly: true } },
      { effect: 'none' },
    ],
  ])('%s', (_, step, more, expected) => {
    expect(builtin(step, more)).toMatchObject(expected)
  })

  it('on the strongest evidence, then on the earlier category', () => {
    const step = failedStep('x')
    const text = says('a', 'step', 'contract.value', 'text', 'a')
    const typed = says('b', 'step', 'exec.timeout', 'typed', 'b')
    const typedToo = says('c', 'step', 'auth.denied', 'typed', 'c')
    expect(failureOf([text, typed], step)?.evidence).toEqual({ detector: 'b', bytes: 'b' })
    expect(failureOf([typed, typedToo], step)?.category).toBe('auth.denied')
    expect(failureOf([typedToo, typed], step)?.category).toBe('auth.denied')
  })

  it('of a call that repeats: its own cause, even where a text alone tells it', () => {
    const repeating = (step: ToolStep) => builtin(step, { repeats: () => 3, history: [step, step] })
    expect(repeating(failedStep('order not found'))?.category).toBe('state.not_found')
    expect(repeating(failedStep({ message: 'no', status: 503 }))?.category).toBe('exec.unavailable')
    expect(repeating(failedStep('hm'))?.category).toBe('traj.repeat')
    expect(repeating(okStep('the same again'))?.category).toBe('traj.repeat')
  })

  it('typed before schema before text', () => {
    const call = callOf({ n: 'x' })
    expect(
      builtin(failedStep({ message: 'n must be an integer', status: 503 }, call), { contract }),
    ).toMatchObject({
      category: 'exec.unavailable',
      dead: true,
    })
    expect(builtin(failedStep('rate limit reached', call), { contract })?.category).toBe('contract.type')
  })

  it('with a signature of the error’s own words', () => {
    const first = builtin(failedStep("order 'W1' not found"))
    expect(first?.signature).toMatch(/^state\.not_found:tool:[0-9a-f]{12}$/)
    expect(builtin(failedStep("order 'W22' not found"))?.signature).toBe(first?.signature)
    expect(builtin(okStep({ error: "order 'W3' not found" }))?.signature).toBe(first?.signature)
    expect(builtin(failedStep('user not found'))?.signature).not.toBe(first?.signature)
  })

  it('with at most 500 characters of evidence', () => {
    expect(builtin(failedStep(`not found ${'x'.repeat(2000)}`))?.evidence.bytes).toHaveLength(500)
  })
})

describe('classifyStep finds no failure', () => {
  it.each<[string, ToolStep, object]>([
    ['a success', okStep({ id: 1, status: 'shipped' }), {}],
    ['a success that speaks of errors', okStep('Error: not found, 404'), {}],
    ['"error": null', okStep({ error: null, status: 204 }), {}],
    ['a success whose call broke the contract', okStep('fine', callOf({ n: 'x' })), { contract }],
    ['control flow', stepOf(toolResult('interrupted', new Error('stopped'))), {}],
    ['what the user calls a success', failedStep('not found'), { succeeded: () => true }],
    ['and what says in a field that it failed', okStep({ success: false }), { succeeded: () => true }],
  ])('%s', (_, step, more) => {
    expect(builtin(step, more)).toBeUndefined()
  })
})

describe('classifyStep survives', () => {
  it('a classifier that throws, and says so', () => {
    const faults: string[] = []
    const throwing: Classifier = {
      ...says('bad', 'step', 'unknown', 'typed', ''),
      classify: () => {
        throw new Error('no')
      },
    }
    const step = failedStep('not found')
    const found = classifyStep(step, classifyContext(step), [throwing, ...builtinClassifiers], (where) =>
      faults.push(where),
    )
    expect(found?.category).toBe('state.not_found')
    expect(faults).toEqual(['classifier bad'])
  })

  it('a configuration that throws', () => {
    const faults: string[] = []
    const thrower = () => {
      throw new Error('no')
    }
    const step = failedStep('not found')
    const context = classifyContext(step, { succeeded: thrower, expected: thrower })
    expect(classifyStep(step, context, builtinClassifiers, (where) => faults.push(where))?.category).toBe(
      'state.not_found',
    )
    expect(faults).toEqual(['succeeded', 'expected'])
  })
})

describe('classifyCall', () => {
  const dead = (call: ReturnType<typeof callOf>, more = {}) =>
    classifyCall(
      call,
      classifyContext(stepOf(toolResult('ok', null), call), more),
      builtinClassifiers,
      (_, error) => {
        throw error
      },
    )

  it.each([
    ['unparsable text', callOf(undefined, { rawInput: '{a: 1}' }), { contract }, 'parse.malformed_json'],
    ['text that was cut', callOf(undefined, { rawInput: '{"a": "x' }), { contract }, 'emit.truncated'],
    [
      'an unknown tool',
      callOf({}, { tool: { origin: 'local', name: 'nope' } }),
      { contracts: [contract] },
      'resolve.unknown_tool',
    ],
    ['a broken contract', callOf({ n: 'x' }), { contract }, 'contract.type'],
    ['no object', callOf('x'), { contract }, 'parse.wrong_container'],
  ])('%s is dead', (_, call, more, category) => {
    expect(dead(call, more)).toMatchObject({ category, dead: true, effect: 'none' })
  })

  it.each([
    ['a call that fits', callOf({ n: 1 }), { contract }],
    ['a call of which nothing is known', callOf({ anything: 1 }), {}],
  ])('%s is live', (_, call, more) => {
    expect(dead(call, more)).toBeUndefined()
  })
})

describe('failureMessage', () => {
  it.each<[ToolStep, string]>([
    [failedStep('{"error": "Key not found."}'), 'Key not found.'],
    [failedStep({ message: 'unknown error' }), 'unknown error'],
    [
      stepOf(
        toolResult('error', {
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        }),
      ),
      'a\nb',
    ],
    [okStep({ success: false, error: { message: 'no' } }), 'no'],
    [okStep('fine'), ''],
  ])('%#', (step, message) => {
    expect(failureMessage(step)).toBe(message)
  })
})

describe('the classifiers that come with the library', () => {
  it('have their own names, and name what they find', () => {
    const names = builtinClassifiers.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(builtinClassifiers.every(({ categories }) => categories.length > 0)).toBe(true)
  })
})

describe('classifiers that judge by facts', () => {
  function counting(fail = false): { classifiers: readonly Classifier[]; asked: () => number } {
    let asked = 0
    const classifier = defineClassifier({
      name: 'counting',
      categories: ['exec.tool_bug'],
      on: 'facts',
      classify: () => {
        asked++
        if (fail) throw new Error('broken')
        return verdict('exec.tool_bug', 'text', 'seen')
      },
    })
    return { classifiers: [classifier], asked: () => asked }
  }
  const coded = (code: number) => failedStep({ message: 'the same words', code })

  it('are asked once for equal failures, and again where anything differs', () => {
    const { classifiers, asked } = counting()
    for (const step of [coded(1), coded(1), coded(1)])
      expect(failureOf(classifiers, step)?.category).toBe('exec.tool_bug')
    expect(asked()).toBe(1)
    failureOf(classifiers, coded(2))
    failureOf(classifiers, failedStep('other words'))
    expect(asked()).toBe(3)
  })

  it('are never asked of a success', () => {
    const { classifiers, asked } = counting()
    expect(failureOf(classifiers, okStep('error: no'))).toBeUndefined()
    expect(asked()).toBe(0)
  })

  it('are asked again after a fault, which is reported each time', () => {
    const { classifiers, asked } = counting(true)
    const faults: string[] = []
    for (const step of [coded(3), coded(3)])
      classifyStep(step, classifyContext(step), classifiers, (where) => faults.push(where))
    expect([asked(), faults]).toEqual([2, ['classifier counting', 'classifier counting']])
  })

  it('stand where they are listed: among equals the first decides', () => {
    const one = says('one', 'facts', 'exec.timeout', 'text', 'one')
    const two = says('two', 'step', 'exec.timeout', 'text', 'two')
    expect(failureOf([one, two], coded(4))?.evidence.detector).toBe('one')
    expect(failureOf([two, one], coded(4))?.evidence.detector).toBe('two')
  })
})
