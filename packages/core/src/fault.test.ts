import { expect, it } from 'vitest'
import { type Fault, faultLog } from './fault.ts'

it('reports each distinct fault once and counts all', () => {
  const seen: Fault[] = []
  const faults = faultLog((fault) => seen.push(fault))
  for (let index = 0; index < 5; index++) faults.report('store append', new Error('disk full'))
  faults.report('store append', new Error('locked'))
  expect(seen.map(({ error }) => (error as Error).message)).toEqual(['disk full', 'locked'])
  expect(faults.count).toBe(6)
})

it('survives a callback that throws', () => {
  const faults = faultLog(() => {
    throw new Error('the callback itself')
  })
  expect(() => faults.report('anywhere', 'text')).not.toThrow()
})
