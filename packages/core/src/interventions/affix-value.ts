import { type Edited, editEvery, editedCall, OPTION_LITERAL, OPTION_PATH } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'

type Options = JsonObject & { path: string; op: 'add' | 'strip'; prefix?: string; suffix?: string }

/**
 * Adds or strips a fixed beginning or end of a text: `{ path: '/order_id', op: 'add', prefix: '#' }`. A text that has
 * it already (or lacks it already) is left alone; the guard says which texts are meant.
 */
export const affixValue: Kind = defineIntervention<Options>({
  kind: 'affix-value',
  layer: 'action',
  risk: 'value',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  touches: ({ path }) => path,
  options: {
    type: 'object',
    properties: {
      path: OPTION_PATH,
      op: { type: 'string', enum: ['add', 'strip'] },
      prefix: OPTION_LITERAL,
      suffix: OPTION_LITERAL,
    },
    required: ['path', 'op'],
    anyOf: [{ required: ['prefix'] }, { required: ['suffix'] }],
    additionalProperties: false,
  },
  compile({ path, op, prefix = '', suffix = '' }) {
    if (prefix === '' && suffix === '') throw new Error('affix-value needs a prefix or a suffix')
    const edit = op === 'add' ? added : stripped
    return (context) =>
      editedCall(
        context,
        editEvery(context.call.input, path, (value) =>
          typeof value === 'string' && value !== '' ? edit(value, prefix, suffix) : 'refuse',
        ),
      )
  },
})

function added(value: string, prefix: string, suffix: string): Edited {
  const before = value.startsWith(prefix) ? '' : prefix
  const after = value.endsWith(suffix) ? '' : suffix
  if (before === '' && after === '') return 'keep'
  const next = before + value + after
  // `/a` + `/`: an affix that half stands there already would be doubled.
  if (overlaps(before, value) || overlaps(value, after)) return 'refuse'
  return { to: next }
}

function stripped(value: string, prefix: string, suffix: string): Edited {
  if (!value.startsWith(prefix) || !value.endsWith(suffix)) return 'keep'
  const next = value.slice(prefix.length, value.length - suffix.length)
  if (next.length === 0 || value.length < prefix.length + suffix.length) return 'refuse'
  // What still carries the affix afterwards carried it twice: nobody has seen what is meant by that.
  if (next.startsWith(prefix) && next.endsWith(suffix)) return 'refuse'
  return { to: next }
}

/** Whether `right` begins with what `left` ends with. */
function overlaps(left: string, right: string): boolean {
  for (let length = Math.min(left.length, right.length); length > 0; length--)
    if (left.endsWith(right.slice(0, length))) return true
  return false
}
