import { ADVICE_OPTIONS, renderAdvice } from '../advice-text.ts'
import { GATE_RULE, type GateRule } from '../command-advice/gate-rule.ts'
import { gatedBy, isForkBomb } from '../command-advice/gated-command.ts'
import { OPTION_PATH } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import { type JsonObject, valuesAt } from '../json.ts'
import { toolResult } from '../trajectory.ts'

type Options = JsonObject & { path: string; rules: GateRule[]; forkBomb?: string; max?: number }

/**
 * Answers a shell command, instead of executing it, with what to do in its place: `{ path: '/command', rules: [{ name:
 * 'remove-root', program: ['rm'], has: ['-r|-R|--recursive'], operands: ['/', '/*'], advice: 'name-one-folder' }] }`.
 * Commands are told apart as a shell does, in loops, substitutions and texts for another shell too, so a text that only
 * speaks of one is left alone, as is a script that is not complete (`forkBomb`: the advice about one).
 * `max`: blocks in an episode, 2 by default; the next call goes through, for the model may know better.
 */
export const gateCommand: Kind = defineIntervention<Options>({
  kind: 'gate-command',
  layer: 'action',
  risk: 'effect',
  phase: 'call',
  validation: 'block',
  actions: ['respond'],
  options: {
    type: 'object',
    properties: {
      path: OPTION_PATH,
      rules: {
        type: 'array',
        minItems: 1,
        maxItems: 64,
        items: {
          type: 'object',
          properties: { ...GATE_RULE, ...ADVICE_OPTIONS },
          required: ['name', 'advice'],
          anyOf: [{ required: ['program'] }, { required: ['writes'] }],
          additionalProperties: false,
        },
      },
      forkBomb: ADVICE_OPTIONS.advice as JsonObject,
      max: { type: 'integer', minimum: 1, maximum: 10 },
    },
    required: ['path', 'rules'],
    additionalProperties: false,
  },
  cap: ({ max = 2 }) => max,
  compile({ path, rules, forkBomb }) {
    const texts = new Map(rules.map((rule) => [rule, renderAdvice(rule.advice, rule.slots ?? {})]))
    const bomb = forkBomb === undefined ? undefined : renderAdvice(forkBomb, {})
    return ({ call }) => {
      if (call.approved) return undefined
      for (const text of valuesAt(call.input, path)) {
        if (typeof text !== 'string') continue
        const rule = gatedBy(rules, text)
        const advice = rule ? texts.get(rule) : isForkBomb(text) ? bomb : undefined
        if (advice === undefined) continue
        const message = `Not executed. ${advice}`
        const error = { message, name: 'GateError', code: 'GATE' }
        return { type: 'respond', result: toolResult('error', message, { error }) }
      }
      return undefined
    }
  },
})
