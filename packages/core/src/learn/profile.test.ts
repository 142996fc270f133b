import {
  array,
  assert,
  boolean,
  constantFrom,
  double,
  letrec,
  oneof,
  property,
  record,
  string,
} from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import {
  addToProfile,
  boundaryPrefix,
  conforms,
  emptyProfile,
  enumerated,
  mergeProfiles,
  shareOf,
  type ToolProfile,
} from './profile.ts'
import { distinctKeys, sampled } from './sample.ts'

function profileOf(inputs: readonly Json[]): ToolProfile {
  const profile = emptyProfile()
  for (const input of inputs) addToProfile(profile, input)
  return profile
}

function pictureOf(profile: ToolProfile): unknown {
  const merged = mergeProfiles([profile])
  const rows = [...merged.arguments].map(([path, { types, shapes, distinct, ...rest }]) => {
    return [
      path,
      { ...rest, types: Object.entries(types).sort(), shapes: sampled(shapes), distinct: sampled(distinct) },
    ] as const
  })
  return { calls: merged.calls, rows: rows.sort(([a], [b]) => (a < b ? -1 : 1)) }
}

const { value } = letrec((tie) => ({
  value: oneof(
    { maxDepth: 3 },
    string({ maxLength: 6 }),
    constantFrom('/data/a.csv', '/data/b.csv', '2024-05-13', 'economy'),
    double({ noNaN: true, noDefaultInfinity: true }),
    boolean(),
    array(tie('value'), { maxLength: 3 }),
    record({ a: tie('value'), b: tie('value') }, { requiredKeys: [] }),
  ),
}))
const inputs = array(value, { maxLength: 12 }) as ReturnType<typeof array<Json>>

describe('a profile', () => {
  it('merges associatively, commutatively, and to what one pass gives', () => {
    assert(
      property(inputs, inputs, inputs, (a, b, c) => {
        const whole = pictureOf(profileOf([...a, ...b, ...c]))
        const [x, y, z] = [profileOf(a), profileOf(b), profileOf(c)]
        expect(pictureOf(mergeProfiles([mergeProfiles([x, y]), z]))).toEqual(whole)
        expect(pictureOf(mergeProfiles([z, mergeProfiles([y, x])]))).toEqual(whole)
      }),
      { numRuns: 200 },
    )
  })

  it('is bounded whatever the tool is called with', () => {
    const profile = emptyProfile()
    for (let index = 0; index < 3_000; index++)
      addToProfile(profile, { deep: { [`key ${index}`]: `value ${index}` }, path: `/a/${index}` })
    expect(profile.arguments.size).toBeLessThanOrEqual(256)
    expect(profile.arguments.get('/path')?.distinct.members.length).toBeLessThanOrEqual(64)
    expect(distinctKeys(profile.arguments.get('/path')!.distinct)).toBeGreaterThan(1_500)
  })

  it('counts presence by call, not by element', () => {
    const argument = profileOf([{ list: [1, 2, 3] }, { list: [] }, {}]).arguments
    expect(argument.get('/list')).toMatchObject({ calls: 2, values: 2 })
    expect(argument.get('/list/*')).toMatchObject({ calls: 1, values: 3, range: { min: 1, max: 3 } })
  })

  it('knows the share of values that pass a test, and when they are an enumeration', () => {
    const cabins = Array.from({ length: 30 }, (_, index) => ({ cabin: index % 3 ? 'economy' : 'business' }))
    const cabin = profileOf(cabins).arguments.get('/cabin')
    expect(shareOf(cabin, (value) => value === 'economy')).toBeCloseTo(2 / 3)
    expect(enumerated(cabin)).toEqual(['business', 'economy'])
    const names = Array.from({ length: 30 }, (_, index) => ({ name: `name ${index}` }))
    expect(enumerated(profileOf(names).arguments.get('/name'))).toBeUndefined()
  })
})

describe('conforms', () => {
  const files = profileOf(
    Array.from({ length: 20 }, (_, index) => ({
      path: `/data/in/file ${index}.csv`,
      order: `#W${7_000_000 + index}`,
      ...(index % 2 ? { limit: index } : {}),
    })),
  )
  it.each<[string, Json]>([
    ['another file and order', { path: '/data/in/new 5.csv', order: '#W1234567' }],
    ['an optional argument', { path: '/data/in/new 5.csv', order: '#W1234567', limit: 3 }],
  ])('matches %s', (_, input) => expect(conforms(files, input)).toBe(true))

  it.each<[string, Json]>([
    ['a missing argument', { path: '/data/in/new 5.csv' }],
    ['an argument never seen', { path: '/data/in/new 5.csv', order: '#W1234567', force: true }],
    ['another beginning', { path: 'new 5.csv', order: '#W1234567' }],
    ['another shape', { path: '/data/in/new 5.csv', order: 'W1234567' }],
    ['another type', { path: '/data/in/new 5.csv', order: '#W1234567', limit: '3' }],
    ['no object', 'new.csv'],
  ])('does not match %s', (_, input) => expect(conforms(files, input)).toBe(false))

  it('does not match anything after too few successes', () => {
    expect(conforms(profileOf([{ a: 1 }, { a: 2 }]), { a: 1 })).toBe(false)
  })
})

it.each([
  ['/data/in/re', '/data/in/'],
  ['/data/in/file ', '/data/in/'],
  ['#W', '#'],
  ['user_', 'user_'],
  ['abc', ''],
  ['', ''],
])('the boundary of %s is %s', (prefix, boundary) => expect(boundaryPrefix(prefix)).toBe(boundary))
