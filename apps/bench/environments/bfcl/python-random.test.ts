import { describe, expect, it } from 'vitest'
import { pythonRandom } from './python-random.ts'

// Expected: what CPython 3.11 draws.
describe('Python’s random numbers', () => {
  it('are the same from the same seed', () => {
    const random = pythonRandom(141053)
    expect([random.randint(1000000, 9999999), random.randint(10000000, 99999999)]).toEqual([
      3426812, 45451592,
    ])
    expect(pythonRandom(200191).randint(10000, 99999)).toBe(67410)
  })

  it('has numbers of more than 32 bits', () => {
    expect(pythonRandom(141053).randint(100000000000, 999999999999)).toBe(262919693687)
  })

  it('draws floats and numbers of a range', () => {
    const random = pythonRandom(7)
    expect([random.uniform(0, 1), random.uniform(-10, 40)]).toEqual([0.32383276483316237, -2.457541303774904])
    expect([random.randint(3, 3), random.randint(1, 6), random.randint(1, 6)]).toEqual([3, 1, 5])
  })

  it.each([
    [0, 0.8444218515250481],
    [2 ** 32 - 1, 0.6353574441341173],
  ])('seed %d', (seed, first) => {
    expect(pythonRandom(seed).uniform(0, 1)).toBe(first)
  })
})
