import { defineIntervention, type Kind } from '../intervention.ts'
import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { scanJsonText } from '../json-text.ts'
import { bracketEnd, MAX_JSON_TEXT, quoteEnd, readLeniently } from '../lenient-json.ts'
import { onlyFence } from '../text-calls/prose.ts'

type Options = JsonObject & { around?: boolean }

/**
 * Reads arguments that are almost JSON: trailing commas, single quotes, bare names, Python's literals, raw line breaks,
 * a code fence around it, JSON text inside a JSON text. The repaired value must say exactly what the text says, and fit
 * the contract; text that was cut short is never completed (law 4), and what has two readings is left alone (law 3).
 * `around`: prose before and after the only object is left out, and so are closing brackets too many.
 */
export const repairJson: Kind = defineIntervention<Options>({
  kind: 'repair-json',
  layer: 'action',
  risk: 'form',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  options: {
    type: 'object',
    properties: { around: { type: 'boolean' } },
    additionalProperties: false,
  },
  compile:
    ({ around = false }) =>
    (context) => {
      const { rawInput, ...call } = context.call
      // A text may be what the tool wants, unless its contract says otherwise.
      const text = rawInput ?? (context.issues().length > 0 ? call.input : undefined)
      if (typeof text !== 'string' || call.approved || text.length > MAX_JSON_TEXT) return undefined
      const input = repaired(text, around)
      if (!isJsonObject(input) || context.issuesOf(input).length > 0) return undefined
      return { type: 'replace-call', call: { ...call, input } }
    },
})

const MAX_NESTING = 3

/** The value that broken JSON text states, or undefined where a repair would complete, drop, invent or guess. */
export function repaired(written: string, around: boolean): Json | undefined {
  let text = withoutFence(written.trim())
  if (text === '') return {}
  for (let nesting = 0; nesting < MAX_NESTING; nesting++) {
    const value = readLeniently(text) ?? (around ? onlyObject(text) : undefined)
    if (typeof value !== 'string') return value
    text = withoutFence(value.trim())
  }
  return undefined
}

function withoutFence(text: string): string {
  return /^```(?:json)?[ \t]*\n([\s\S]*)\n[ \t]*```$/i.exec(text)?.[1]?.trim() ?? text
}

/**
 * The one object of a text (perhaps fenced, or written as JSON text) that has no other bracket; brackets that close
 * nothing may follow it.
 */
function onlyObject(text: string): Json | undefined {
  const fence = onlyFence(text)
  if (fence) return /[{}[\]"]/.test(fence.before + fence.after) ? undefined : repaired(fence.body, false)
  const start = text.indexOf('{')
  const quote = text.indexOf('"')
  if (quote >= 0 && quote < start) return onlyQuoted(text, quote)
  const end = start < 0 ? undefined : bracketEnd(text, start)
  if (end === undefined) return undefined
  const before = text.slice(0, start)
  const after = text.slice(end).replace(/^[\s}\]]+$/, '')
  if (/[{}[\]]/.test(before + after)) return undefined
  // A quote that is open where the object begins makes it a part of a text.
  if (scanJsonText(before.replace(/(?<=\p{L})['’](?=\p{L})/gu, '')).form !== 'balanced') return undefined
  const value = readLeniently(text.slice(start, end))
  return isJsonObject(value) ? value : undefined
}

function onlyQuoted(text: string, start: number): Json | undefined {
  const end = quoteEnd(text, start)
  if (end === undefined || /[{}[\]"]/.test(text.slice(0, start) + text.slice(end))) return undefined
  const value = readLeniently(text.slice(start, end))
  return typeof value === 'string' ? repaired(value, false) : undefined
}
