import { expect, test } from 'vitest'
import { seeded } from '../seeded.test.support.ts'
import { type Draw, sampleRatio } from './sample-ratio.ts'

function* drawn(episodes: number, stated: number, real: number, seed: number): Generator<Draw> {
  const random = seeded(seed)
  for (let index = 0; index < episodes; index++) yield { treated: random() < real, treatedShare: stated }
}

const ALARM = Math.log(1 / 0.001)

test('arms drawn as stated: no alarm, at any of many looks', () => {
  let alarms = 0
  for (let seed = 1; seed <= 300; seed++) {
    const draws = [...drawn(400, seed % 2 ? 0.5 : 0.9, seed % 2 ? 0.5 : 0.9, seed)]
    const looks = [10, 25, 50, 100, 200, 300, 400]
    if (looks.some((look) => sampleRatio(draws.slice(0, look)).logEvidence >= ALARM)) alarms++
  }
  expect(alarms).toBeLessThanOrEqual(1)
})

test.each([
  ['half, but two thirds were', 0.5, 0.667],
  ['half, but a third was', 0.5, 0.333],
  ['nine in ten, but seven in ten were', 0.9, 0.7],
  ['half, but nobody was', 0.5, 0],
  ['nine in ten, but all were', 0.9, 1],
])('stated that %s treated: an alarm within 600 episodes', (_, stated, real) => {
  for (let seed = 1; seed <= 20; seed++)
    expect(sampleRatio(drawn(600, stated, real, seed)).logEvidence).toBeGreaterThan(ALARM)
})

test('counts what was and what should have been', () => {
  const draws = [true, true, false].map((treated) => ({ treated, treatedShare: 0.5 }))
  expect(sampleRatio(draws)).toMatchObject({ episodes: 3, treated: 2, expected: 1.5 })
  expect(sampleRatio([])).toEqual({ episodes: 0, treated: 0, expected: 0, logEvidence: 0 })
})
