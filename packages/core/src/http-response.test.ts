import { describe, expect, it } from 'vitest'
import { responseOf } from './http-response.ts'
import { errorFacts, toolResult } from './trajectory.ts'

const body = { detail: 'x' }
const response = { status: 409, headers: { etag: '"3"' }, body }

describe('the response in a result', () => {
  it.each<[string, unknown, object]>([
    ['an object', response, response],
    ['JSON in a text', JSON.stringify(response), response],
    ['the text of a part', { content: [{ type: 'text', text: JSON.stringify(response) }] }, response],
    ['a body that is a text', { ...response, body: '{"detail":"x"}' }, response],
    ['a status of another name', { statusCode: 409, body }, { status: 409, headers: {}, body }],
    ['a body alone', body, { status: undefined, headers: {}, body }],
  ])('%s', (_, value, expected) => {
    expect(responseOf(toolResult('ok', value))).toEqual(expected)
  })

  it.each<[string, object, object]>([
    ['axios', { status: 409, response: { status: 409, headers: { etag: '"3"' }, data: body } }, response],
    [
      'a client that keeps the text',
      { status: 409, headers: { etag: '"3"' }, body: '{"detail":"x"}' },
      response,
    ],
    [
      'the AI SDK',
      { statusCode: 409, responseHeaders: { etag: '"3"' } },
      { status: 409, headers: { etag: '"3"' }, body: 'x' },
    ],
  ])('as %s throws it', (_, members, expected) => {
    const error = Object.assign(new Error('x'), members)
    expect(responseOf(toolResult('error', error, { error: errorFacts(error) }))).toEqual(expected)
  })

  it.each<[string, unknown]>([
    ['a text', 'x'],
    ['a list', [1]],
    ['nothing', null],
    ['broken JSON', '{"status":409'],
  ])('none in %s', (_, value) => {
    expect(responseOf(toolResult('ok', value))).toBeUndefined()
  })

  it('none in an error of no request', () => {
    const error = new Error('x')
    expect(responseOf(toolResult('error', error, { error: errorFacts(error) }))).toBeUndefined()
  })
})
