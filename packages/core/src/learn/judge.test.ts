import { expect, it } from 'vitest'
import { failedStep, okStep } from '../contexts.test.support.ts'
import { defineClassifier } from '../failure.ts'
import type { ToolStep } from '../trajectory.ts'
import { episodeJudge } from './judge.ts'

const trajectory = (steps: readonly ToolStep[]) => ({ id: 'e', family: 'f', contracts: [], steps })

it('shows a classifier the steps before, without the host objects and no more than the runtime keeps', () => {
  const seen: (readonly ToolStep[])[] = []
  const looking = defineClassifier({
    name: 'looking',
    categories: [],
    on: 'step',
    classify(_, { history }) {
      seen.push(history)
      return undefined
    },
  })
  const steps = Array.from({ length: 20 }, (_, index) => okStep({ index }))
  episodeJudge({ classifiers: [looking] })(trajectory(steps))
  expect(seen.map(({ length }) => length)).toEqual(steps.map((_, index) => Math.min(index, 16)))
  const last = seen.at(-1) as readonly ToolStep[]
  expect(last.map(({ result }) => result.view())).toEqual(
    steps.slice(3, 19).map((_, at) => ({ index: at + 3 })),
  )
  expect(last.every(({ result }) => result.value === undefined)).toBe(true)
  expect(steps.every(({ result }) => result.value !== undefined)).toBe(true)
})

it('asks the user of the step that is judged, and of no other', () => {
  const config = { tools: { '*': { succeeded: (result: ToolStep['result']) => result.value === 'yes' } } }
  const judge = episodeJudge({ classifiers: [], config })
  const judged = judge(trajectory([failedStep('no'), okStep('yes')]))
  expect(judged.map(({ failed }) => failed)).toEqual([true, false])
})
