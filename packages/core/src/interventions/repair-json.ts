import { jsonrepair } from 'jsonrepair'
import { defineIntervention, type Kind } from '../intervention.ts'
import { isJsonObject, type Json } from '../json.ts'
import { saysTheSame, scanJsonText } from '../json-text.ts'

/** Longest text that is repaired, in characters. */
const MAX_TEXT = 65_536

/**
 * Reads arguments that are almost JSON: trailing commas, single quotes, bare names, Python's literals, raw line breaks,
 * a code fence around it. The repaired value must say exactly what the text says, and fit the contract; text that was
 * cut short is never completed (law 4), and what has two readings is left alone (law 3).
 */
export const repairJson: Kind = defineIntervention({
  kind: 'repair-json',
  layer: 'action',
  risk: 'form',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  options: { type: 'object', properties: {}, additionalProperties: false },
  compile: () => (context) => {
    const { rawInput, ...call } = context.call
    if (rawInput === undefined || call.approved || rawInput.length > MAX_TEXT) return undefined
    const input = repaired(rawInput)
    if (!isJsonObject(input) || context.issuesOf(input).length > 0) return undefined
    return { type: 'replace-call', call: { ...call, input } }
  },
})

/** The value that broken JSON text states, or undefined where a repair would complete, drop, invent or guess. */
function repaired(rawInput: string): Json | undefined {
  const text = withoutFence(rawInput.trim())
  if (text === '') return {}
  const { tokens, form } = scanJsonText(text)
  if (form !== 'balanced') return undefined
  try {
    const value = JSON.parse(jsonrepair(text)) as Json
    return saysTheSame(tokens, value) ? value : undefined
  } catch {
    return undefined
  }
}

function withoutFence(text: string): string {
  return /^```(?:json)?[ \t]*\n([\s\S]*)\n[ \t]*```$/i.exec(text)?.[1]?.trim() ?? text
}
