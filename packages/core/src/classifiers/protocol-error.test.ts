import { describe, expect, it } from 'vitest'
import { failedStep, verdictOf } from '../contexts.test.support.ts'
import { protocolError } from './protocol-error.ts'

describe('protocol-error matches', () => {
  it.each([
    [-32700, 'exec.protocol', 'typed'],
    [-32600, 'exec.protocol', 'typed'],
    [-32601, 'resolve.unknown_tool', 'typed'],
    [-32602, 'contract.value', 'protocol'],
    // Whatever the message says goes before it.
    [-32603, 'exec.protocol', 'text'],
    [-32002, 'state.not_found', 'typed'],
    [-32000, 'exec.unavailable', 'typed'],
  ])('the code %i: %s', (code, category, rank) => {
    expect(verdictOf(protocolError, failedStep({ message: 'x', code }))).toMatchObject({ category, rank })
  })

  it('the code in a text, last', () => {
    const found = verdictOf(protocolError, failedStep('MCP error -32603: it broke'))
    expect(found).toMatchObject({ category: 'exec.protocol', rank: 'text' })
  })
})

describe('protocol-error does not match', () => {
  it.each([
    { message: 'x', code: -32001 },
    { message: 'x', code: -32042 },
    { message: 'x', code: -1 },
    { message: 'x', code: 'ENOENT' },
    { message: 'MCP error -32602: Input validation error' },
    { message: 'the temperature is -32603' },
  ])('%j', (error) => {
    expect(verdictOf(protocolError, failedStep(error))).toBeUndefined()
  })
})
