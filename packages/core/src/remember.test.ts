import { expect, it } from 'vitest'
import { remembering, rememberMany } from './remember.ts'

it('computes once what is asked for again', () => {
  const computed: string[] = []
  const lengthOf = remembering((text) => {
    computed.push(text)
    return text === '' ? undefined : text.length
  })
  expect(['a', 'ab', 'a', '', ''].map(lengthOf)).toEqual([1, 2, 1, undefined, undefined])
  expect(computed).toEqual(['a', 'ab', ''])
})

it('forgets what was not asked for in a long while, and long texts at once', () => {
  let computed = 0
  const lengthOf = remembering((text) => {
    computed++
    return text.length
  })
  lengthOf('first')
  for (let index = 0; index < 1_400; index++) {
    lengthOf(`text ${index}`)
    lengthOf('first')
  }
  expect(computed).toBe(1_401)
  for (let index = 0; index < 20_000; index++) lengthOf(`other ${index}`)
  lengthOf('first')
  expect(computed).toBe(21_402)
  lengthOf('x'.repeat(2_000))
  lengthOf('x'.repeat(2_000))
  expect(computed).toBe(21_404)
})

it('keeps more for who asks for it', () => {
  let computed = 0
  const length = remembering((text) => {
    computed++
    return text.length
  })
  const texts = Array.from({ length: 2_000 }, (_, index) => `text ${index}`)
  rememberMany()
  for (const text of [...texts, ...texts]) length(text)
  expect(computed).toBe(texts.length)
})
