import { describe, expect, test } from 'vitest'
import type { Guard } from './guard.ts'
import type { Json } from './json.ts'
import { exportRegistry, parseRegistry, RegistryFormatError } from './json-registry.ts'
import { emptyRegistry, type RegistryState } from './registry.ts'
import { sampleEntry } from './testing/samples.ts'

function sample(): RegistryState {
  const guarded = sampleEntry(3, 'canary')
  guarded.intervention.when = {
    all: [
      { not: { any: [{ path: '/a', test: 'equals', value: null }] } },
      { path: '', test: 'present' },
      { path: '/b', test: 'type', types: ['string'] },
      { path: '/c', test: 'one-of', values: [1, 'two'] },
      { path: '/d', test: 'prefix', text: '#' },
      { path: '/e', test: 'shape', shapes: ['D4'] },
    ],
  } satisfies Guard
  return {
    version: 12,
    entries: [sampleEntry(2, 'active'), { ...sampleEntry(1, 'shadow'), pinned: true }, guarded],
    templates: { b: '<id>', a: 'x', ['__proto__']: 'kept' },
    settings: { killed: false, disabled: ['exec.timeout'] },
  }
}

describe('a registry as text', () => {
  test('comes back as it was', () => {
    const { entries, ...rest } = parseRegistry(exportRegistry(sample()))
    const { entries: before, ...restBefore } = sample()
    expect(rest).toEqual(restBefore)
    expect(new Set(entries)).toEqual(new Set(before))
    expect(parseRegistry(exportRegistry(emptyRegistry()))).toEqual(emptyRegistry())
  })

  test('has the same bytes for the same state, whatever the order of its parts', () => {
    const turned = sample()
    const shuffled = {
      ...turned,
      entries: [...turned.entries].reverse(),
      templates: { a: 'x', ['__proto__']: 'kept', b: '<id>' },
    }
    expect(exportRegistry(shuffled)).toBe(exportRegistry(sample()))
    expect(exportRegistry(parseRegistry(exportRegistry(sample())))).toBe(exportRegistry(sample()))
    expect(exportRegistry(emptyRegistry())).toBe(
      '{\n  "format": "lifeharness-registry/1",\n  "entries": [],\n  "settings": {},\n  "templates": {},\n  "version": 0\n}\n',
    )
  })

  test('may carry the mark that some editors put first', () => {
    expect(parseRegistry(`\uFEFF${exportRegistry(emptyRegistry())}`)).toEqual(emptyRegistry())
  })
})

/** The export with one value changed. Written as a path, as the errors write it. */
function broken(path: string, value: Json | undefined): string {
  const root = JSON.parse(exportRegistry(sample())) as Record<string, unknown>
  const keys = path.split(/[.[\]]+/).filter(Boolean)
  let parent = root
  for (const key of keys.slice(0, -1)) parent = parent[key] as Record<string, unknown>
  if (value === undefined) delete parent[keys.at(-1)!]
  else parent[keys.at(-1)!] = value
  return JSON.stringify(root)
}

function errorOf(text: string): RegistryFormatError {
  try {
    parseRegistry(text)
  } catch (error) {
    if (error instanceof RegistryFormatError) return error
    throw error
  }
  throw new Error('it was read')
}

describe('what cannot be read is named', () => {
  test.each<[string, Json | undefined, string]>([
    ['version', -1, 'expected a whole number from 0 up, found -1'],
    ['version', '3', 'expected a whole number from 0 up, found "3"'],
    ['entries', {}, 'expected a list, found {}'],
    ['templates', undefined, 'expected an object, found nothing'],
    ['settings.killed', 'yes', 'expected true or false, found "yes"'],
    ['settings.disabled[0]', 'exec.slow', 'expected one of setup.no_tools,'],
    ['entries[1].intervention', null, 'expected an object, found null'],
    ['entries[1].intervention.id', '', 'expected a text, found ""'],
    ['entries[0].intervention.kind', 7, 'expected a text, found 7'],
    ['entries[0].intervention.tool.name', undefined, 'expected a text, found nothing'],
    ['entries[0].intervention.risk', 'none', 'expected one of form, value, effect; found "none"'],
    ['entries[0].intervention.signatures[0]', 5, 'expected a text, found 5'],
    [
      'entries[0].intervention.origin.trust',
      'me',
      'expected one of observed, trusted, untrusted; found "me"',
    ],
    ['entries[0].intervention.origin.fixtures.fixes[0]', 'x', 'expected an object, found "x"'],
    ['entries[0].stages.default', undefined, 'the stage for `default` is missing'],
    [
      'entries[0].stages.default.stage',
      'activ',
      'expected one of proposed, shadow, canary, active, suspended, retired; found "activ"',
    ],
    ['entries[0].stages.default.account.benefit[2]', null, 'expected a number, found null'],
    [
      'entries[0].stages.default.account.guardrail.control.episodes',
      undefined,
      'expected a number, found nothing',
    ],
    ['entries[0].pinned', 1, 'expected true or false, found 1'],
  ])('%s = %j', (path, value, problem) => {
    const { message, where, code } = errorOf(broken(path, value))
    // The place that is named is the one at fault, or its owner where something is missing.
    expect(path.startsWith(where) && where !== '').toBe(true)
    expect(message).toContain(`at ${where}: ${problem}`)
    expect(message).toContain('lifeharness export')
    expect(code).toBe('LIFEHARNESS_REGISTRY_FORMAT')
  })

  test('a guard with an unknown test', () => {
    const { where, message } = errorOf(broken('entries[0].intervention.when', { path: '/a', test: 'regex' }))
    expect(where).toBe('entries[0].intervention.when.test')
    expect(message).toContain('expected one of present, absent, type,')
  })

  test('a guard deep inside others', () => {
    const guard: Json = { all: [{ not: { path: '/a', test: 'prefix' } }] }
    expect(errorOf(broken('entries[0].intervention.when', guard)).where).toBe(
      'entries[0].intervention.when.all[0].not.text',
    )
  })

  test('an intervention that stands there twice', () => {
    const root = JSON.parse(exportRegistry(sample()))
    root.entries.push(root.entries[0])
    const { message } = errorOf(JSON.stringify(root))
    expect(message).toMatch(
      /at entries\[3\]\.intervention\.id: rename-argument-\w+ stands at entries\[0\] already\. Remove/,
    )
  })

  test.each([
    ['{"format": "lifeharness-registry/1",\n  oops}', /this is not JSON \(.*line 2 column 3/],
    ['', /this is not JSON/],
    ['[]', /registry export: expected an object, found \[\]\./],
    [
      '{"format":"lifeharness-registry/9"}',
      /lifeharness-registry\/9 is not known here.*Upgrade @lifeharness\/core/,
    ],
    ['{"name":"a package"}', /expected "lifeharness-registry\/1", found nothing\. Is this the file of/],
  ])('%j', (text, message) => {
    expect(errorOf(text).message).toMatch(message)
  })
})
