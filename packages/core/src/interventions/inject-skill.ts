import MiniSearch from 'minisearch'
import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'

type Skill = { about: string; text: string }
type Options = JsonObject & { skills: Skill[]; floor?: number; words?: number }

/** Skills told at a time. */
const SHOWN = 2

/**
 * Tells the model, once in an episode, what people wrote down for tasks like the one it is asked: those of `skills` whose
 * `about` and `text` answer the request best by BM25. `floor`: the least share of the request's known words that a skill
 * must hold (default 0.5). `words`: of all that is told (default 120); a skill is told whole or not at all. Not while the
 * model is being told how to go on after a failure. The texts come from a person or a pack, never from a tool.
 */
export const injectSkill: Kind = defineIntervention<Options>({
  kind: 'inject-skill',
  layer: 'skill',
  risk: 'value',
  phase: 'turn',
  validation: 'hint',
  actions: ['add-context'],
  options: {
    type: 'object',
    properties: {
      skills: {
        type: 'array',
        minItems: 1,
        maxItems: 500,
        items: {
          type: 'object',
          properties: {
            about: { type: 'string', minLength: 1, maxLength: 500 },
            text: { type: 'string', minLength: 1, maxLength: 2_000 },
          },
          required: ['about', 'text'],
          additionalProperties: false,
        },
      },
      floor: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
      words: { type: 'integer', minimum: 10, maximum: 500 },
    },
    required: ['skills'],
    additionalProperties: false,
  },
  cap: () => 1,
  compile({ skills, floor = 0.5, words = 120 }) {
    const index = new MiniSearch({
      fields: ['about', 'text'],
      processTerm: (term) =>
        term.length > 2 && !FUNCTION_WORDS.has(term.toLowerCase()) ? term.toLowerCase() : null,
      searchOptions: { boost: { about: 2 } },
    })
    index.addAll(skills.map((skill, id) => ({ id, ...skill })))
    return ({ request, recovering }) => {
      if (request === undefined || recovering) return undefined
      const found = index.search(request.slice(0, REQUEST_LENGTH))
      const known = new Set(found.flatMap(({ queryTerms }) => queryTerms)).size
      const told: string[] = []
      let left = words
      for (const { id, queryTerms } of found) {
        const { text } = skills[id] as Skill
        const length = text.trim().split(/\s+/).length
        if (told.length === SHOWN || queryTerms.length < Math.max(2, known * floor) || length > left) continue
        told.push(text.trim())
        left -= length
      }
      return told.length > 0 ? { type: 'add-context', text: told.join('\n\n') } : undefined
    }
  },
})

/** They stand in every request, and say nothing of what it is about. */
const FUNCTION_WORDS = new Set(
  (
    'the and for are but not you your yours all any can could would should will was were been has have had her his him its ' +
    'our they them their there here this that these those what when where which who whom why how from with without into ' +
    'about than then some such only own same too very just also please want need like get let may might must did does'
  ).split(' '),
)

/** Characters of a request in which words are looked for. */
const REQUEST_LENGTH = 4_000
