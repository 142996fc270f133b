import { describe, expect, it } from 'vitest'
import { verifyPack } from '../verify-pack.ts'
import { loadPack, packNames } from './index.ts'

describe.each(packNames)('the pack %s', (name) => {
  it('holds what it says', async () => {
    const pack = loadPack(name)
    if (!pack) throw new Error(`${name} cannot be loaded`)
    expect(pack.name).toBe(name)
    const { problems, fixes, leaves } = await verifyPack(pack)
    expect(problems).toEqual([])
    expect(fixes.held).toBe(fixes.all)
    expect(leaves.all).toBeGreaterThanOrEqual(fixes.all)
  })
})

it('knows no pack by another name', () => {
  expect(loadPack('toString')).toBeUndefined()
  expect(loadPack('none')).toBeUndefined()
})
