import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bounds } from '../drive.ts'
import { solutionConformance } from './conformance.ts'
import { serviceDesks } from './index.ts'

const DATA = '../shared/data'

describe.skipIf(!existsSync(`${DATA}/env`))('recorded service desks', () => {
  const desks = serviceDesks(DATA)

  it('are all there', () => {
    expect(desks.map(({ name }) => name)).toEqual(['tau-retail', 'tau-airline'])
  })

  it.each(desks)('$name gives the recorded results and end states to the letter', (desk) => {
    for (const { equal, of, firstDifference } of solutionConformance(desk)) {
      expect(firstDifference).toBeUndefined()
      expect(of).toBeGreaterThan(20)
      expect(equal).toBe(of)
    }
  })

  it.each(desks)('$name: doing nothing scores 0, the solution 100 %', async (desk) => {
    expect(await bounds(desk)).toMatchObject({ idle: 0, oracle: 1 })
  })

  it.each(desks)('$name: half of a solution, or another one, is no solution', async (desk) => {
    const seed = desk.tasks.findIndex((_, index) => desk.solution(index).length > 1)
    const { tools } = await desk.reset(seed)
    for (const { tool, input } of desk.solution(seed).slice(0, -1))
      tools.find(({ name }) => name === tool)?.execute(input)
    const half = await desk.check()
    const { tools: again } = await desk.reset(seed)
    for (const { tool, input } of desk.solution(seed + 1))
      again.find(({ name }) => name === tool)?.execute(input)
    expect([half, await desk.check()]).toEqual([0, 0])
  })

  it('begins anew at each reset', async () => {
    const [desk] = desks
    await desk?.reset(0)
    for (const { tool, input } of desk?.solution(0) ?? [])
      (await desk?.reset(0))?.tools.find(({ name }) => name === tool)?.execute(input)
    await desk?.reset(0)
    expect(await desk?.check()).toBe(0)
    await expect(desk?.reset(10_000)).rejects.toThrow('no task 10000')
  })
})
