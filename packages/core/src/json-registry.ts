import { CATEGORIES } from './failure.ts'
import { LAYERS } from './intervention.ts'
import { canonicalJson, isJsonObject, type Json, type JsonObject } from './json.ts'
import { DEFAULT_FAMILY, type RegistryState } from './registry.ts'
import { STAGES } from './stage.ts'

/** Written into every export, so that a later format can be told from this one. */
const FORMAT = 'lifeharness-registry/1'

/** An exported registry cannot be read; the message says what is wrong, where, and what to do. */
export class RegistryFormatError extends Error {
  readonly code = 'LIFEHARNESS_REGISTRY_FORMAT'
  /** Where, e.g. `entries[3].stages.default.stage`; empty for the text as a whole. */
  readonly where: string

  constructor(where: string, problem: string, remedy: string, options?: { cause?: unknown }) {
    super(`registry export${where && `, at ${where}`}: ${problem}. ${remedy}`, options)
    this.name = 'RegistryFormatError'
    this.where = where
  }
}

/**
 * A registry as text for a file in version control: the same state gives the same bytes, entries stand in the order of
 * their ids and members in the order of their names, so a change of one intervention is a small diff.
 */
export function exportRegistry(state: RegistryState): string {
  const entries = [...state.entries].sort((a, b) => (a.intervention.id < b.intervention.id ? -1 : 1))
  const { version, templates, settings } = state
  const sorted = JSON.parse(canonicalJson({ version, settings, templates, entries })) as JsonObject
  return `${JSON.stringify({ format: FORMAT, ...sorted }, null, 2)}\n`
}

/**
 * The registry of an exported text.
 * @throws RegistryFormatError for text that is not JSON, and for anything in it that the layer could not work with.
 */
export function parseRegistry(text: string): RegistryState {
  let value: unknown
  try {
    value = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text)
  } catch (cause) {
    throw new RegistryFormatError('', `this is not JSON (${syntaxProblem(text, cause)})`, REMEDY, { cause })
  }
  const root = object(value, '')
  if (root.format !== FORMAT) wrongFormat(root.format)
  const version = root.version
  if (!Number.isSafeInteger(version) || (version as number) < 0)
    fail('version', `expected a whole number from 0 up, found ${show(version)}`)
  checkTemplates(object(root.templates, 'templates'))
  checkSettings(object(root.settings, 'settings'))
  const seen = new Map<string, number>()
  list(root.entries, 'entries').forEach((entry, index) => {
    const id = checkEntry(entry, `entries[${index}]`)
    const earlier = seen.get(id)
    if (earlier !== undefined)
      fail(
        `entries[${index}].intervention.id`,
        `${id} stands at entries[${earlier}] already`,
        'Remove one of the two.',
      )
    seen.set(id, index)
  })
  const { entries, templates, settings } = root as unknown as RegistryState
  return { version: version as number, entries, templates, settings }
}

const REMEDY = 'Correct it, or write the file again with `lifeharness export`.'

function fail(where: string, problem: string, remedy: string = REMEDY): never {
  throw new RegistryFormatError(where, problem, remedy)
}

function wrongFormat(found: unknown): never {
  if (typeof found === 'string' && found.startsWith('lifeharness-registry/'))
    fail(
      'format',
      `${found} is not known here, only ${FORMAT}`,
      'Upgrade @lifeharness/core, or export with this version.',
    )
  fail(
    'format',
    `expected ${JSON.stringify(FORMAT)}, found ${show(found)}`,
    'Is this the file of `lifeharness export`?',
  )
}

function checkTemplates(templates: JsonObject): void {
  for (const [key, template] of Object.entries(templates)) text(template, `templates[${JSON.stringify(key)}]`)
}

function checkSettings(settings: JsonObject): void {
  if (settings.killed !== undefined) flag(settings.killed, 'settings.killed')
  if (settings.disabled === undefined) return
  list(settings.disabled, 'settings.disabled').forEach((category, index) => {
    oneOf(category, CATEGORIES, `settings.disabled[${index}]`)
  })
}

function checkEntry(value: unknown, where: string): string {
  const entry = object(value, where)
  const id = checkIntervention(object(entry.intervention, `${where}.intervention`), `${where}.intervention`)
  if (entry.pinned !== undefined) flag(entry.pinned, `${where}.pinned`)
  const stages = object(entry.stages, `${where}.stages`)
  if (!Object.hasOwn(stages, DEFAULT_FAMILY))
    fail(`${where}.stages`, `the stage for \`${DEFAULT_FAMILY}\` is missing`)
  for (const [family, record] of Object.entries(stages)) checkStage(record, `${where}.stages.${family}`)
  return id
}

function checkIntervention(intervention: JsonObject, where: string): string {
  text(intervention.kind, `${where}.kind`)
  object(intervention.options, `${where}.options`)
  count(intervention.version, `${where}.version`)
  const tool = object(intervention.tool, `${where}.tool`)
  text(tool.origin, `${where}.tool.origin`)
  text(tool.name, `${where}.tool.name`)
  oneOf(intervention.category, CATEGORIES, `${where}.category`)
  oneOf(intervention.layer, LAYERS, `${where}.layer`)
  oneOf(intervention.risk, ['form', 'value', 'effect'], `${where}.risk`)
  texts(intervention.signatures, `${where}.signatures`)
  if (intervention.scope !== undefined) text(intervention.scope, `${where}.scope`)
  if (intervention.anchor !== undefined) {
    const anchor = object(intervention.anchor, `${where}.anchor`)
    if (anchor.path !== '') text(anchor.path, `${where}.anchor.path`)
    text(anchor.hash, `${where}.anchor.hash`)
  }
  if (intervention.when !== undefined) checkGuard(intervention.when, `${where}.when`)
  checkOrigin(object(intervention.origin, `${where}.origin`), `${where}.origin`)
  return text(intervention.id, `${where}.id`)
}

function checkOrigin(origin: JsonObject, where: string): void {
  text(origin.inducer, `${where}.inducer`)
  oneOf(origin.trust, ['observed', 'trusted', 'untrusted'], `${where}.trust`)
  if (origin.pack !== undefined) {
    const pack = object(origin.pack, `${where}.pack`)
    for (const name of ['name', 'version', 'entry'] as const) text(pack[name], `${where}.pack.${name}`)
  }
  texts(origin.episodes, `${where}.episodes`)
  numbersOf(origin.support, ['pairs', 'episodes', 'subjects', 'failures'], `${where}.support`)
  numbersOf(origin.prediction, ['removes'], `${where}.prediction`)
  const fixtures = object(origin.fixtures, `${where}.fixtures`)
  for (const name of ['fixes', 'leaves'] as const)
    list(fixtures[name], `${where}.fixtures.${name}`).forEach((fixture, index) => {
      object(fixture, `${where}.fixtures.${name}[${index}]`)
    })
}

/** The parts of each test that a guard would read. */
const GUARD_TESTS: Readonly<Record<string, (guard: JsonObject, where: string) => unknown>> = {
  present: () => {},
  absent: () => {},
  type: (guard, where) => texts(guard.types, `${where}.types`),
  equals: (guard, where) => guard.value === undefined && fail(`${where}.value`, 'it is missing'),
  'one-of': (guard, where) => list(guard.values, `${where}.values`),
  prefix: (guard, where) => text(guard.text, `${where}.text`),
  suffix: (guard, where) => text(guard.text, `${where}.text`),
  includes: (guard, where) => text(guard.text, `${where}.text`),
  shape: (guard, where) => texts(guard.shapes, `${where}.shapes`),
}

function checkGuard(value: unknown, where: string): void {
  const guard = object(value, where)
  const parts = 'all' in guard ? 'all' : 'any' in guard ? 'any' : undefined
  if (parts) {
    list(guard[parts], `${where}.${parts}`).forEach((part, index) => {
      checkGuard(part, `${where}.${parts}[${index}]`)
    })
    return
  }
  if ('not' in guard) {
    checkGuard(guard.not, `${where}.not`)
    return
  }
  if (guard.path !== '') text(guard.path, `${where}.path`)
  GUARD_TESTS[oneOf(guard.test, Object.keys(GUARD_TESTS), `${where}.test`)]?.(guard, where)
}

function checkStage(value: unknown, where: string): void {
  const record = object(value, where)
  oneOf(record.stage, STAGES, `${where}.stage`)
  if (typeof record.reason !== 'string')
    fail(`${where}.reason`, `expected a text, found ${show(record.reason)}`)
  numbersOf(record, ['since', 'controlShare'], where)
  const account = object(record.account, `${where}.account`)
  const at = `${where}.account`
  numbersOf(account, ['level', 'information'], at)
  const guardrail = object(account.guardrail, `${at}.guardrail`)
  numbersOf(guardrail, ['information'], `${at}.guardrail`)
  const allocation = object(account.allocation, `${at}.allocation`)
  numbersOf(allocation, ['expected'], `${at}.allocation`)
  for (const arm of ['treated', 'control']) numbers(allocation[arm], `${at}.allocation.${arm}`)
  if (account.fade !== undefined) {
    const fade = object(account.fade, `${at}.fade`)
    numbersOf(fade, ['gain'], `${at}.fade`)
    numbers(fade.wealth, `${at}.fade.wealth`)
  }
  for (const [owner, path] of [
    [account, at],
    [guardrail, `${at}.guardrail`],
  ] as const)
    for (const arm of ['treated', 'control'])
      numbersOf(owner[arm], ['episodes', 'successes'], `${path}.${arm}`)
  numbers(account.benefit, `${at}.benefit`)
  numbers(account.harm, `${at}.harm`)
  numbers(guardrail.harm, `${at}.guardrail.harm`)
  numbersOf(account.shadow, ['fixes', 'breaks', 'examined'], `${at}.shadow`)
  texts((account.shadow as JsonObject).episodes, `${at}.shadow.episodes`)
}

function object(value: unknown, where: string): JsonObject {
  return isJsonObject(value) ? value : fail(where, `expected an object, found ${show(value)}`)
}

function list(value: unknown, where: string): Json[] {
  return Array.isArray(value) ? value : fail(where, `expected a list, found ${show(value)}`)
}

function text(value: unknown, where: string): string {
  return typeof value === 'string' && value !== ''
    ? value
    : fail(where, `expected a text, found ${show(value)}`)
}

function texts(value: unknown, where: string): void {
  list(value, where).forEach((item, index) => {
    text(item, `${where}[${index}]`)
  })
}

function flag(value: unknown, where: string): void {
  if (typeof value !== 'boolean') fail(where, `expected true or false, found ${show(value)}`)
}

function count(value: unknown, where: string): number {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : fail(where, `expected a number, found ${show(value)}`)
}

function numbers(value: unknown, where: string): void {
  list(value, where).forEach((item, index) => {
    count(item, `${where}[${index}]`)
  })
}

function numbersOf(value: unknown, names: readonly string[], where: string): void {
  const owner = object(value, where)
  for (const name of names) count(owner[name], `${where}.${name}`)
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], where: string): T {
  if (allowed.includes(value as T)) return value as T
  return fail(where, `expected one of ${allowed.join(', ')}; found ${show(value)}`)
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  const json = JSON.stringify(value)
  return json.length > 60 ? `${json.slice(0, 57)}…` : json
}

/** Engines word it differently; where a position is named, line and column are what an editor can use. */
function syntaxProblem(source: string, cause: unknown): string {
  const message = (cause as Error).message
  const position = /position (\d+)/.exec(message)?.[1]
  if (position === undefined || /line \d/.test(message)) return message
  const before = source.slice(0, Number(position)).split('\n')
  return `${message}, line ${before.length} column ${(before.at(-1) as string).length + 1}`
}
