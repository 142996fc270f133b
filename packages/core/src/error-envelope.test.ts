import { describe, expect, it } from 'vitest'
import { bothOf, saysOnlyThatItFailed, toldIn } from './error-envelope.ts'
import type { Json } from './json.ts'

describe('saysOnlyThatItFailed', () => {
  it.each(['Error', 'Message error...', 'An unexpected error occurred: ', 'Request failed', 'API error!'])(
    'of %j',
    (message) => {
      expect(saysOnlyThatItFailed(message)).toBe(true)
    },
  )

  it.each(['Error 5', 'Login failed', 'not found', 'Request failed: no seat', undefined])(
    'not of %j',
    (message) => {
      expect(saysOnlyThatItFailed(message)).toBe(false)
    },
  )
})

describe('bothOf', () => {
  it.each([
    ['Invalid room', 'Room must not be empty', 'Invalid room: Room must not be empty'],
    ['Unexpected error', 'no route to the host', 'no route to the host'],
    ['no seat left', 'no seat', 'no seat left'],
    ['no seat', 'there is no seat', 'there is no seat'],
    ['', 'there is no seat', undefined],
    ['no seat', undefined, undefined],
  ])('%j and %j', (error, more, both) => {
    expect(bothOf(error, more)).toBe(both)
  })
})

describe('toldIn', () => {
  it.each<[string, { [key: string]: Json }, string | undefined]>([
    ['one message', { message: 'no seat', detail: 'row 4' }, 'no seat'],
    [
      'a list of messages',
      { message: ['seat must be a string', 'row is missing'] },
      'seat must be a string\nrow is missing',
    ],
    [
      'what is listed under a heading',
      { message: 'validation failed', data: [{ keyword: 'type', message: 'must be integer' }] },
      'validation failed: must be integer',
    ],
    ['the description of OAuth', { error: 'invalid_request', error_description: 'no code' }, 'no code'],
    ['a heading with nothing under it', { message: 'Bad Request', data: [1, 2], errors: {} }, 'Bad Request'],
    ['a message of its own, whatever is listed', { message: 'no seat', errors: ['row 4'] }, 'no seat'],
    ['nothing', { status: 400 }, undefined],
  ])('%s', (_, object, told) => {
    expect(toldIn(object)).toBe(told)
  })
})
