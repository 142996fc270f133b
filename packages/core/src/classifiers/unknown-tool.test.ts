import { describe, expect, it } from 'vitest'
import { callOf, contractOf, failedStep, verdictOf } from '../contexts.test.support.ts'
import { unknownTool } from './unknown-tool.ts'

const contracts = [contractOf({})]

describe('unknown-tool', () => {
  it.each([
    { origin: 'local', name: 'Tool' },
    { origin: 'shop', name: 'tool' },
  ])('matches %j', (tool) => {
    const found = verdictOf(unknownTool, failedStep('x', callOf({}, { tool })), { contracts })
    expect(found).toMatchObject({ category: 'resolve.unknown_tool', rank: 'schema', effect: 'none' })
  })

  it('does not match a known tool, nor where no contracts are known', () => {
    expect(verdictOf(unknownTool, failedStep('x'), { contracts })).toBeUndefined()
    expect(verdictOf(unknownTool, failedStep('x'))).toBeUndefined()
  })
})
