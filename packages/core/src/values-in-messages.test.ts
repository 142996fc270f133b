import { describe, expect, it } from 'vitest'
import { withoutValues } from './values-in-messages.ts'

describe('withoutValues', () => {
  it.each([
    ['JSON without words', 'Value: {"a": [1, {"b": "c"}]}. Bad', 'Value: <json>. Bad'],
    ['JSON with words', 'failed: [{"code": "x", "message": "too small"}]', 'failed: too small'],
    [
      'sentences by field',
      '{"email": ["has been taken"], "id": ["is no number"]}',
      'has been taken; is no number',
    ],
    ['an object of Python', "{'size': ['must be of list type']}", 'must be of list type'],
    ['elements by number', "{'tags': [{0: ['must be of string type']}]}", 'must be of string type'],
    [
      'what stands in front',
      "ValidationError: {'a': {'b': ['Not a date.']}}",
      'ValidationError: Not a date.',
    ],
    ['a list of Python', "['“x” is not a valid UUID.']", '“x” is not a valid UUID.'],
    [
      'apostrophes',
      `{'a': ["isn't a valid size"], 'b': ['no {such} colour']}`,
      "isn't a valid size; no {such} colour",
    ],
    ['words of Python', "Got {'a': None, 'b': True} here", 'Got <json> here'],
    [
      'messages as Python writes them',
      "Error code: 400 - {'error': {'message': 'No such model'}}",
      'Error code: 400 - No such model',
    ],
  ])('says %s', (_, text, said) => {
    expect(withoutValues(text)).toBe(said)
  })

  it.each([
    ['names', "Valid sizes are ['small', 'large']"],
    ['names alone', "['small', 'large']"],
    ['what is no literal', "{'when': datetime.date(2024, 1, 2)}"],
    ['prose in brackets', "it's one of {a} [b's]"],
    ['what breaks off', "{'a': ['is too"],
  ])('leaves %s', (_, text) => {
    expect(withoutValues(text)).toBe(text)
  })

  it('takes sentences for data where they are not the whole message', () => {
    expect(withoutValues('{"notes": ["call me back"]} is too long')).toBe('<json> is too long')
    expect(withoutValues('too long: {"notes": ["call me back"]}')).toBe('too long: <json>')
  })

  it('leaves what is nested too deep', () => {
    const deep = `${"{'a':".repeat(900)}1${'}'.repeat(900)}`
    expect(withoutValues(deep)).toMatch(/^(?:<json>|\{'a':)/)
  })
})
