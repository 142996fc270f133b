import { describe, expect, it } from 'vitest'
import { bothOf, saysOnlyThatItFailed } from './error-envelope.ts'

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
