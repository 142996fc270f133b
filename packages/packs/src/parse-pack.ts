import { CATEGORIES, type JsonObject } from '@lifeharness/core'
import { valid as validVersion } from 'semver'
import { z } from 'zod'
import { PACK_FORMAT, type Pack, type PackEntry, type PackExpectation } from './pack.ts'

/** A pack cannot be read; the message says what is wrong, where, and what to do. */
export class PackFormatError extends Error {
  readonly code = 'LIFEHARNESS_PACK_FORMAT'
  /** Where, e.g. `entries[3].fixtures.fixes[0].input`; empty for the text as a whole. */
  readonly where: string

  constructor(where: string, problem: string, options?: { cause?: unknown }) {
    super(`pack${where && `, at ${where}`}: ${problem}`, options)
    this.name = 'PackFormatError'
    this.where = where
  }
}

const NAME = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'expected lower-case words with hyphens between them')
/** What a person reads on a terminal: no control characters, which could hide or repaint what stands there. */
const SENTENCE = z
  .string()
  .trim()
  .min(1)
  .max(600)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, 'expected plain text of one line, without control characters')
const JSON_VALUE = z.json()
const OBJECT = z.record(z.string(), JSON_VALUE)

const RESULT = z.union([
  z.strictObject({ value: JSON_VALUE }),
  z.strictObject({
    error: z.strictObject({
      message: z.string(),
      name: z.string().optional(),
      code: z.union([z.string(), z.number()]).optional(),
      status: z.int().optional(),
      retryAfterMs: z.number().nonnegative().optional(),
    }),
  }),
])

const FIXTURE = z.strictObject({
  input: OBJECT,
  results: z.array(RESULT).min(1).optional(),
  before: z
    .array(z.strictObject({ slot: NAME.optional(), input: OBJECT, result: RESULT.optional() }))
    .optional(),
  facts: z
    .strictObject({
      readOnly: z.boolean().optional(),
      idempotent: z.boolean().optional(),
      insertable: z.boolean().optional(),
    })
    .optional(),
})

const EXPECTATION = z
  .strictObject({
    executed: z.array(z.strictObject({ slot: NAME.optional(), input: OBJECT })).optional(),
    told: z.string().min(1).optional(),
    result: JSON_VALUE.optional(),
  })
  .refine(
    (value) => Object.keys(value).length > 0,
    'expected executed, told or result: it must fix something',
  )

const GUARD: z.ZodType = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(GUARD) }),
    z.strictObject({ any: z.array(GUARD) }),
    z.strictObject({ not: GUARD }),
    z.looseObject({ path: z.string(), test: z.string() }),
  ]),
)

const ENTRY = z.strictObject({
  name: NAME,
  why: SENTENCE,
  slot: NAME,
  kind: NAME,
  options: OBJECT,
  category: z.enum(CATEGORIES),
  when: GUARD.optional(),
  source: SENTENCE.optional(),
  removes: z.number().min(0).max(1).optional(),
  approval: z.literal('needed').optional(),
  fixtures: z.strictObject({
    fixes: z.array(FIXTURE.extend({ expect: EXPECTATION })).min(1),
    leaves: z.array(FIXTURE).min(1),
  }),
})

const ARGUMENT = z.strictObject({
  description: SENTENCE,
  type: z.enum(['string', 'number', 'integer', 'boolean', 'object', 'array']),
  names: z.array(z.string().min(1)).optional(),
})

const PACK = z.strictObject({
  format: z.literal(PACK_FORMAT, `this library reads ${PACK_FORMAT}`),
  name: NAME,
  version: z
    .string()
    .refine((text) => validVersion(text) === text, 'expected a semantic version such as 1.2.0'),
  description: SENTENCE,
  license: SENTENCE,
  provenance: SENTENCE,
  slots: z.record(
    NAME,
    z.strictObject({
      description: SENTENCE,
      tools: z.array(z.string().min(1)),
      arguments: z.record(z.string().regex(/^\w+$/, 'expected a name of letters and digits'), ARGUMENT),
    }),
  ),
  entries: z.array(ENTRY).min(1),
})

/**
 * The pack of a text, or of JSON that was read already. Only its form is looked at; `verifyPack` proves what it says.
 * @throws PackFormatError for anything that is no pack of this format.
 */
export function parsePack(source: string | JsonObject): Pack {
  const read = typeof source === 'string' ? parsedJson(source) : source
  if (isDeeper(read, MAX_DEPTH))
    throw new PackFormatError('', `it is nested deeper than ${MAX_DEPTH} levels, as no call is`)
  const parsed = PACK.safeParse(read)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new PackFormatError(placeOf(issue?.path ?? []), issue?.message ?? 'this is no pack', {
      cause: parsed.error,
    })
  }
  const pack = parsed.data as Pack
  const names = new Map<string, number>()
  for (const [index, entry] of pack.entries.entries()) {
    const { name } = entry
    const earlier = names.get(name)
    if (earlier !== undefined)
      throw new PackFormatError(
        `entries[${index}].name`,
        `${name} is the name of entries[${earlier}] already`,
      )
    names.set(name, index)
    for (const [where, named] of slotsIn(entry))
      if (!Object.hasOwn(pack.slots, named))
        throw new PackFormatError(
          `entries[${index}].${where}`,
          `there is no slot ${named}; the slots are ${Object.keys(pack.slots).join(', ')}`,
        )
  }
  return pack
}

/** Deeper than any real argument; the check of the form would run out of stack. */
const MAX_DEPTH = 200

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1))
}

/** Where an entry names slots, and which. */
function slotsIn({ slot, fixtures }: PackEntry): [where: string, slot: string][] {
  const found: [string, string][] = [['slot', slot]]
  for (const role of ['fixes', 'leaves'] as const)
    for (const [index, fixture] of fixtures[role].entries()) {
      const where = `fixtures.${role}[${index}]`
      const expected = 'expect' in fixture ? (fixture as { expect: PackExpectation }).expect.executed : []
      for (const [at, call] of (fixture.before ?? []).entries())
        if (call.slot !== undefined) found.push([`${where}.before[${at}].slot`, call.slot])
      for (const [at, call] of (expected ?? []).entries())
        if ('slot' in call && call.slot !== undefined)
          found.push([`${where}.expect.executed[${at}].slot`, call.slot])
    }
  return found
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text)
  } catch (cause) {
    throw new PackFormatError('', `this is not JSON (${(cause as Error).message})`, { cause })
  }
}

function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('')
}
