import { existsSync, readFileSync } from 'node:fs'
import type { Json } from '@lifeharness/core'
import { describe, expect, it } from 'vitest'
import { bounds } from '../drive.ts'
import { multiTurnConformance } from './conformance.ts'
import { type MultiTurnEnvironment, multiTurnEnvironment } from './index.ts'
import { openWorld, readContracts } from './world.ts'

const DATA = '../shared/data'

describe('arguments', () => {
  const parameters = {
    type: 'dict',
    properties: {
      numbers: { type: 'array', items: { type: 'float' } },
      status: { type: 'string', default: 'None' },
    },
    required: ['numbers'],
  }
  const contracts = readContracts({ MathAPI: [{ name: 'mean', description: '', parameters }] })
  const call = (input: object) => openWorld(contracts, ['MathAPI'], {}).call('mean', input as never)

  it('have the types of JSON schemas', () => {
    expect(contracts.get('mean')?.inputSchema).toEqual({
      type: 'object',
      properties: { numbers: { type: 'array', items: { type: 'number' } }, status: { type: 'string' } },
      required: ['numbers'],
    })
  })

  it.each([
    [{ numbers: [1, 2] }, '{"result": 1.5}'],
    [{ numbers: [1], status: null }, '{"result": 1.0}'],
    [{}, `{"error": "MathAPI.mean() missing 1 required positional argument: 'numbers'"}`],
    [{ numbers: [1], n: 1 }, `{"error": "MathAPI.mean() got an unexpected keyword argument 'n'"}`],
    [{ numbers: ['1'] }, `{"error": "MathAPI.mean(): 'numbers' must be of type array"}`],
    [{ numbers: null }, `{"error": "MathAPI.mean(): 'numbers' must be of type array"}`],
  ])('%o', (input, expected) => {
    expect(call(input)).toBe(expected)
  })

  it('of tools that are not there go nowhere', () => {
    expect(openWorld(contracts, [], {}).call('mean', {})).toContain('not defined')
    expect(() => openWorld(contracts, ['OtherAPI'], {})).toThrow('no such API')
  })
})

describe.skipIf(!existsSync(`${DATA}/env`))('recorded tasks of several turns', () => {
  const environment = multiTurnEnvironment(DATA) as MultiTurnEnvironment

  it('give the recorded results to the letter', () => {
    const found = multiTurnConformance(environment, DATA)
    expect(found).toHaveLength(9)
    for (const { equal, of, firstDifference } of found) {
      expect(firstDifference).toBeUndefined()
      expect(of).toBeGreaterThan(10)
      expect(equal).toBe(of)
    }
  })

  it('doing nothing scores 0, the solution 100 %', async () => {
    expect(await bounds(environment)).toMatchObject({ tasks: 300, idle: 0, oracle: 1 })
  })

  it('a solution without its last call, or that of the next task, is none', async () => {
    for (const seed of [0, 30, 60, 99]) {
      const partial = environment.solution(seed).slice(0, -1)
      for (const calls of [partial, environment.solution(seed + 1)]) {
        const { tools } = await environment.reset(seed)
        for (const { tool, input } of calls) tools.find(({ name }) => name === tool)?.execute(input)
        expect(await environment.check()).toBe(0)
      }
    }
  })

  it('has every tool of every contract', () => {
    const recorded = JSON.parse(readFileSync(`${DATA}/tools/bfcl-multi-turn.json`, 'utf8')) as Record<
      string,
      Json[]
    >
    const contracts = readContracts(recorded)
    expect(contracts.size).toBe(Object.values(recorded).flat().length)
    for (const { api, name } of contracts.values())
      expect(openWorld(contracts, [api], {}).call(name, {})).not.toContain('not defined')
  })

  it('leaves out what a task excludes, and says when tools are withheld', async () => {
    const excluding = environment.tasks.findIndex(({ excluded }) => excluded.includes('cp'))
    const names = (await environment.reset(excluding)).tools.map(({ name }) => name)
    expect(names).toContain('mv')
    expect(names).not.toContain('cp')
    expect(environment.tasks.find(({ id }) => id === 'multi_turn_miss_func_0')?.withheld).toEqual({
      3: ['sort'],
    })
    await expect(environment.reset(300)).rejects.toThrow('no task 300')
  })
})
