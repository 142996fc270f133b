import { withAdvice } from '../advice.ts'
import { ADVICE_RULES, type AdviceRule } from '../command-advice/advice-rule.ts'
import { compileAdvice } from '../command-advice/advise.ts'
import { failedCommand } from '../command-advice/failed-command.ts'
import { OPTION_PATH } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'

type Options = JsonObject & { path: string; rules: AdviceRule[]; max?: number }

/**
 * Says why a shell command failed, in a sentence of advice, where there is no one command that it should have been:
 * `{ path: '/command', rules: [{ name: 'no-program', says: ['*{program}: command not found'], advice: 'no-program', slots:
 * { program: '{program}' } }] }`. The first rule that fits speaks; by exit codes too, where nothing was printed.
 */
export const explainCommand: Kind = defineIntervention<Options>({
  kind: 'explain-command',
  layer: 'trajectory',
  risk: 'form',
  phase: 'result',
  everyResult: true,
  validation: 'hint',
  actions: ['replace-result'],
  options: {
    type: 'object',
    properties: { path: OPTION_PATH, rules: ADVICE_RULES, max: { type: 'integer', minimum: 1, maximum: 50 } },
    required: ['path', 'rules'],
    additionalProperties: false,
  },
  cap: ({ max = 10 }) => max,
  compile({ path, rules }) {
    if (rules.some(({ edits, effect }) => edits || effect))
      throw new Error('a rule that explains edits nothing')
    const advise = compileAdvice(rules, {})
    return (context) => {
      const failed = failedCommand(context, path)
      const advice = failed && advise(failed)
      if (!advice || !('text' in advice)) return undefined
      const { text } = advice
      return { type: 'replace-result', edit: (view) => withAdvice(view, text) }
    }
  },
})
