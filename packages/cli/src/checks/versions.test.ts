import { expect, test } from 'vitest'
import { findings } from '../check.test.support.ts'
import { versions } from './versions.ts'

const installed = (...all: string[]) =>
  all.map((version, index) => ({ name: `@lifeharness/p${index}`, version, path: `/p${index}` }))

test('matches: packages of different versions', async () => {
  const [found] = await findings(versions, { installed: installed('0.1.0', '0.2.0') })
  expect(found).toMatchObject({ level: 'look', where: '@lifeharness/p0 0.1.0, @lifeharness/p1 0.2.0' })
})

test.each([[[]], [['0.1.0']], [['0.1.0', '0.1.0']]])('does not match: %j', async (all) => {
  expect(await findings(versions, { installed: installed(...all) })).toEqual([])
})
