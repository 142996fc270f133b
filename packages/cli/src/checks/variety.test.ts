import { expect, test } from 'vitest'
import { began, called, findings } from '../check.test.support.ts'
import { variety } from './variety.ts'

/** Episodes that fail once each; the message says how. */
const failing = (number: number, messageOf: (index: number) => string) =>
  Array.from({ length: number }, (_, index) => [
    began(`e${index}`),
    called(`e${index}`, 'find', { error: messageOf(index) }),
  ]).flat()

const WORDS =
  'red blue green pink grey gold teal lime navy plum rust sand mint rose jade onyx coal snow'.split(' ')
const another = (index: number) =>
  `cannot find ${WORDS[index % 18]} ${WORDS[Math.floor(index / 18)]} anywhere`

test('matches: always another failure is an explosion', async () => {
  expect(await findings(variety, { events: failing(80, another) })).toMatchObject([
    { level: 'look', what: expect.stringContaining('explosion warning: your failures are too varied') },
  ])
})

test('matches: the same few over and over are a steady state', async () => {
  expect(await findings(variety, { events: failing(80, (index) => another(index % 3)) })).toMatchObject([
    { level: 'note', what: expect.stringContaining('steady state') },
  ])
})

test('matches: causes that nobody knows', async () => {
  const found = await findings(variety, { events: failing(80, (index) => `zzz ${WORDS[index % 3]} qqq`) })
  expect(found.at(-1)).toMatchObject({
    level: 'look',
    what: expect.stringContaining('the cause of 100 % of the failures is not known'),
    where: 'what agents recorded: 80 of 80',
  })
})

test('does not match: too little to say', async () => {
  expect(await findings(variety, { events: failing(8, another) })).toEqual([])
  expect(await findings(variety, {})).toEqual([])
})
