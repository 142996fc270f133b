import { withAdvice } from '../advice.ts'
import { ADVICE_RULES, type AdviceRule, WORD_LISTS, type WordLists } from '../command-advice/advice-rule.ts'
import { compileAdvice } from '../command-advice/advise.ts'
import { failedCommand } from '../command-advice/failed-command.ts'
import { OPTION_PATH } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'

type Options = JsonObject & { path: string; rules: AdviceRule[]; lists?: WordLists; max?: number }

/**
 * Tells the model what a shell command that failed should have been, where what its program said leaves no doubt: `{ path:
 * '/command', rules: [{ name: 'git-similar', program: ['git'], says: ["git: '{wrong}' is not a git command*", 'The most
 * similar command is', '{right}'], edits: [{ replace: '{wrong}', by: '{right}' }] }] }`. It is the model's own command with
 * the smallest edit, and nothing is executed. Of what was printed, single words are taken over that a shell reads as they
 * are written: never the name of a program, never a flag of force, recursion or consent.
 */
export const suggestCommand: Kind = defineIntervention<Options>({
  kind: 'suggest-command',
  layer: 'trajectory',
  risk: 'value',
  phase: 'result',
  everyResult: true,
  validation: 'hint',
  actions: ['replace-result'],
  options: {
    type: 'object',
    properties: {
      path: OPTION_PATH,
      rules: ADVICE_RULES,
      lists: WORD_LISTS,
      max: { type: 'integer', minimum: 1, maximum: 50 },
    },
    required: ['path', 'rules'],
    additionalProperties: false,
  },
  cap: ({ max = 20 }) => max,
  riskFor: ({ rules }) => (rules.some(({ effect }) => effect) ? 'effect' : 'value'),
  compile({ path, rules, lists = {} }) {
    if (rules.some(({ edits }) => !edits)) throw new Error('a rule without edits suggests nothing')
    const advise = compileAdvice(rules, lists)
    return (context) => {
      const failed = failedCommand(context, path)
      const advice = failed && advise(failed)
      if (!advice || !('command' in advice)) return undefined
      const text = `Try instead: ${advice.command}`
      return { type: 'replace-result', edit: (view) => withAdvice(view, text) }
    }
  },
})
