import { describe, expect, it } from 'vitest'
import { callOf, propose } from '../contexts.test.support.ts'
import type { JsonObject } from '../json.ts'
import { warnBudget } from './warn-budget.ts'

function warned(options: JsonObject, steps: number) {
  const action = propose(warnBudget, options, callOf(undefined), { steps })
  return action?.type === 'add-context' ? action.text : undefined
}

describe('warn-budget matches', () => {
  it.each<[JsonObject, number]>([
    [{ calls: 40 }, 32],
    [{ calls: 40 }, 39],
    [{ calls: 10, at: 0.5 }, 5],
  ])('%j after %i calls', (options, steps) => {
    expect(warned(options, steps)).toBe(
      `Of ${options.calls} calls for this task, ${steps} are made. Finish with what is known.`,
    )
  })
})

describe('warn-budget does not match', () => {
  it.each<[JsonObject, number]>([
    [{ calls: 40 }, 0],
    [{ calls: 40 }, 31],
    [{ calls: 40 }, 40],
    [{ calls: 40 }, 400],
    [{ calls: 10, at: 0.5 }, 4],
  ])('%j after %i calls', (options, steps) => {
    expect(warned(options, steps)).toBeUndefined()
  })

  it('a second time', () => {
    expect(warnBudget.cap?.({ calls: 40 })).toBe(1)
  })
})
