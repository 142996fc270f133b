import { expect, test } from 'vitest'
import { anchorHolds } from './anchor.ts'
import type { JsonObject } from './json.ts'
import { anchorOf, type ToolContract } from './tool.ts'

function contract(unit: JsonObject): ToolContract {
  return { tool: { origin: 'local', name: 'measure' }, inputSchema: { properties: { unit } } }
}

const now = contract({ enum: ['c', 'k'] })
const anchor = { path: '/unit', hash: anchorOf(now, '/unit') }

test('an anchor holds while its own part of the contract is the same', () => {
  expect(anchorHolds({ anchor }, now)).toBe(true)
  expect(anchorHolds({ anchor }, contract({ enum: ['c', 'k'], description: 'other words' }))).toBe(true)
  expect(anchorHolds({ anchor }, contract({ enum: ['c', 'k', 'f'] }))).toBe(false)
  expect(anchorHolds({ anchor: { ...anchor, path: '' } }, now)).toBe(false)
})

test('without an anchor, or a contract, nothing speaks against it', () => {
  expect(anchorHolds({}, now)).toBe(true)
  expect(anchorHolds({ anchor }, undefined)).toBe(true)
})
