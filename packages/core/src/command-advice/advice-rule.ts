import type { JsonObject } from '../json.ts'

/**
 * What a failed command should have been, told from its own words and from what its program said. All conditions must
 * hold; without edits a rule only explains.
 */
export type AdviceRule = {
  name: string
  /** The programs it is about; absent: any. */
  program?: string[]
  /** Where it is about any: those it is not about, because what they print is said by what they run. */
  exceptProgram?: string[]
  /** Its first arguments that are no options, in order; `a|b` is one of two. */
  words?: string[]
  /** Arguments that must be there, each as `a|b`; and such of which none may be. */
  has?: string[]
  lacks?: string[]
  /** Texts that must, or must not, read as a template: `{ '{@program}': './*' }`. */
  where?: { [text: string]: string }
  unless?: { [text: string]: string }
  /** What was printed, line after line; each a template of one line. */
  says?: string[]
  /** Alternative wordings, where a program has several. */
  or?: string[][]
  /** Words that the lines after `after` list one by one. */
  listed?: { name: string; after: string; each: string }
  exit?: number[]
  edits?: CommandEdit[]
  advice?: string
  slots?: { [name: string]: string }
  /** It adds a force, a recursion, a consent or a step: law 12, a person approves it. */
  effect?: true
}

/**
 * One smallest change. A place is `@program`, `@sub`, `@operand`, `@last`, `@end`, `@like right` (the argument that is
 * nearest to a slot), or the word that a text gives: `{wrong}`, `push`. What is dropped need not be there.
 */
export type CommandEdit =
  | { replace: string; by: string }
  | { insert: string; after: string }
  | { insert: string; before: string }
  | { remove: string }
  | { drop: string }
  | { first: string }
  | { then: string }
  | { whole: string }

const TEXT: JsonObject = { type: 'string', minLength: 1, maxLength: 200 }
const TEXTS: JsonObject = { type: 'array', minItems: 1, maxItems: 64, items: TEXT }

const TEMPLATES: JsonObject = {
  type: 'object',
  minProperties: 1,
  maxProperties: 4,
  additionalProperties: TEXT,
}

function edit(...names: string[]): JsonObject {
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, TEXT])),
    required: names,
    additionalProperties: false,
  }
}

/** JSON Schema of the rules in options. */
export const ADVICE_RULES: JsonObject = {
  type: 'array',
  minItems: 1,
  maxItems: 256,
  items: {
    type: 'object',
    properties: {
      name: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,63}$' },
      ...{ program: TEXTS, exceptProgram: TEXTS, words: TEXTS, has: TEXTS, lacks: TEXTS, says: TEXTS },
      ...{ where: TEMPLATES, unless: TEMPLATES },
      or: { type: 'array', minItems: 1, maxItems: 40, items: TEXTS },
      listed: edit('name', 'after', 'each'),
      exit: {
        type: 'array',
        minItems: 1,
        maxItems: 16,
        items: { type: 'integer', minimum: 1, maximum: 255 },
      },
      edits: {
        type: 'array',
        minItems: 1,
        maxItems: 8,
        items: {
          anyOf: [
            ...[
              edit('replace', 'by'),
              edit('insert', 'after'),
              edit('insert', 'before'),
              edit('remove'),
              edit('drop'),
            ],
            ...[edit('first'), edit('then'), edit('whole')],
          ],
        },
      },
      advice: TEXT,
      slots: { type: 'object', additionalProperties: TEXT },
      effect: { const: true },
    },
    required: ['name'],
    anyOf: [{ required: ['edits'] }, { required: ['advice'] }],
    additionalProperties: false,
  },
}

/** Named lists of words that rules choose from: `{programs~wrong}`. */
export type WordLists = { [name: string]: string[] }

export const WORD_LISTS: JsonObject = {
  type: 'object',
  additionalProperties: {
    type: 'array',
    minItems: 1,
    maxItems: 2_000,
    items: { type: 'string', pattern: '^[\\w./@:=+~%^,-]{1,64}$' },
  },
}
