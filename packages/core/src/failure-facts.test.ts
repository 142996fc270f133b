import { describe, expect, it } from 'vitest'
import { failedStep, okStep, stepOf } from './contexts.test.support.ts'
import { failureFacts, whileClassified } from './failure-facts.ts'
import { toolResult } from './trajectory.ts'

const facts = (value: unknown) => failureFacts(okStep(value).result)

describe('failureFacts of a success', () => {
  it.each<[unknown, object]>([
    [
      { error: { message: 'no', code: 'E1', status: 404 } },
      { message: 'no', code: 'E1', status: { value: 404, on: 'result' } },
    ],
    [
      { error: 'no', code: 7 },
      { message: 'no', code: 7 },
    ],
    [
      { statusCode: 503, body: '' },
      { message: '', status: { value: 503, on: 'result' } },
    ],
    [
      { exitCode: 2, stdout: '', stderr: 'usage: x' },
      { message: 'usage: x', exitCode: 2 },
    ],
    [{ isError: true, content: [{ type: 'text', text: '{"detail": "no"}' }] }, { message: 'no' }],
    ['{ "error" : "no" }', { message: 'no' }],
    [
      '{"ok":false,"results":[{"success":false,"error":"no"},{"success":false,"error":"neither"}]}',
      { message: 'no' },
    ],
    [[{ type: 'text', text: '{"error":"no"}' }], { message: 'no' }],
    [
      { error: 'no', type: 'ValidationError' },
      { message: 'no', name: 'ValidationError' },
    ],
    [{ error: '{"status":401,"message":"who?"}' }, { message: 'who?', status: { value: 401, on: 'result' } }],
  ])('%j', (value, expected) => {
    expect(facts(value)).toEqual({ said: 'result', ...expected })
  })

  it.each<[unknown]>([
    [null],
    [''],
    ['Error: no'],
    [{ error: null }],
    [{ error: {} }],
    [{ error: 0 }],
    [{ status: 200 }],
    [{ statusCode: 204 }],
    [{ status: 'open' }],
    [{ exitCode: 0 }],
    ['{"error": null, "success": true}'],
    ['{"error" :  null}'],
    ['{"error": [ ], "errors": {}}'],
    ['{"status": 200, "statusCode": 301}'],
    [{ content: [{ type: 'text', text: '{"error": null}' }] }],
    [
      [
        { type: 'text', text: '{"a": 1}' },
        { type: 'text', text: '{"error": "x"}' },
      ],
    ],
    [`{"padding": "${'x'.repeat(500)}", "error": "late"}`],
  ])('none: %j', (value) => {
    expect(facts(value)).toBeUndefined()
  })

  it('survives cycles and content that refers to itself', () => {
    const cycle: Record<string, unknown> = { error: 'no' }
    cycle.content = [cycle]
    expect(facts(cycle)).toMatchObject({ message: 'no' })
    const parts: unknown[] = []
    parts.push({ text: parts })
    expect(facts(parts)).toBeUndefined()
  })
})

describe('failureFacts of an error', () => {
  it('prefers what the host says, and looks inside it', () => {
    const step = failedStep({
      message: '{"error": "no such user"}',
      name: 'ToolError',
      code: 'E1',
      status: 404,
    })
    expect(failureFacts(step.result)).toEqual({
      said: 'host',
      message: 'no such user',
      name: 'ToolError',
      code: 'E1',
      status: { value: 404, on: 'error' },
    })
  })

  it('reads the result where the error says nothing', () => {
    const result = toolResult(
      'error',
      { content: [{ type: 'text', text: 'no seats' }] },
      { error: { message: 'unknown error' } },
    )
    expect(failureFacts(result)).toMatchObject({ said: 'host', message: 'no seats' })
  })

  it.each([
    [{ code: 127 }, 127],
    [{ status: 126 }, 126],
    [{ code: 0 }, undefined],
    [{ status: 503 }, undefined],
    [{ code: -32603 }, undefined],
    [{ code: 'ENOENT' }, undefined],
  ])('%j has the exit code %s', (error, exitCode) => {
    expect(failureFacts(failedStep({ message: 'x', ...error }).result)?.exitCode).toBe(exitCode)
  })

  it('is computed once', () => {
    const { result } = failedStep('no table of this name')
    expect(failureFacts(result)).toBe(failureFacts(result))
  })

  it('is none for control flow', () => {
    expect(failureFacts(stepOf(toolResult('interrupted', new Error('x'))).result)).toBeUndefined()
  })
})

describe('whileClassified', () => {
  const counted = () => {
    let reads = 0
    const value = {
      get error() {
        reads++
        return null
      },
    }
    return { result: okStep(value).result, reads: () => reads }
  }

  it('looks at a result once, whoever asks, and anew afterwards', () => {
    const { result, reads } = counted()
    whileClassified(result, () => {
      for (let asked = 0; asked < 3; asked++) expect(failureFacts(result)).toBeUndefined()
    })
    const once = reads()
    failureFacts(result)
    expect(reads()).toBe(2 * once)
  })

  it('never answers for one result with the facts of another', () => {
    const failed = failedStep('no').result
    const other = failedStep('neither').result
    whileClassified(failed, () => {
      expect(failureFacts(failed)?.message).toBe('no')
      whileClassified(other, () => expect(failureFacts(other)?.message).toBe('neither'))
      expect(failureFacts(other)?.message).toBe('neither')
      expect(failureFacts(failed)?.message).toBe('no')
    })
  })

  it('lets go of the result when a classifier throws', () => {
    const { result, reads } = counted()
    const thrown = () =>
      whileClassified(result, () => {
        failureFacts(result)
        throw new Error('of a host')
      })
    expect(thrown).toThrow('of a host')
    const before = reads()
    failureFacts(result)
    expect(reads()).toBeGreaterThan(before)
  })
})
