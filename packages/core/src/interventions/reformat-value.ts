import { type Edited, editEvery, editedCall, OPTION_FORMAT, OPTION_PATH } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import type { Json, JsonObject } from '../json.ts'
import { isExactNumber } from '../json-text.ts'
import { textFormat } from '../text-format.ts'

type Options = JsonObject & { path: string; from: string; to: string; proven?: boolean }

/** Numbers with separators: `,` or `.` or a space between groups of three digits. */
const GROUPED: Readonly<Record<string, { group: string; decimal: string }>> = {
  '#,###.#': { group: ',', decimal: '.' },
  '#.###,#': { group: '.', decimal: ',' },
  '# ###,#': { group: ' ', decimal: ',' },
}

/**
 * Writes a date, a time or a number in another format: `{ path: '/date', from: 'M/D/YYYY', to: 'YYYY-MM-DD' }`, or
 * `{ path: '/price', from: '#,###.#', to: 'number' }` (`'text'` for digits in a text). Formats of dates and times: see
 * `TextFormat`. Only what has one reading: `5/13/2024`, not `5/6/2024`, and `1,234.50`, not `1,234`, unless `proven`
 * says that the format of this argument is known from what was accepted.
 */
export const reformatValue: Kind = defineIntervention<Options>({
  kind: 'reformat-value',
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
      from: OPTION_FORMAT,
      to: OPTION_FORMAT,
      proven: { type: 'boolean' },
    },
    required: ['path', 'from', 'to'],
    additionalProperties: false,
  },
  riskFor: ({ proven }) => (proven === true ? 'value' : 'form'),
  compile({ path, from, to, proven = false }) {
    const rewrite = GROUPED[from] ? rewriteNumber(GROUPED[from], to, proven) : rewriteDate(from, to, proven)
    return (context) =>
      editedCall(
        context,
        editEvery(context.call.input, path, (value) => (typeof value === 'string' ? rewrite(value) : 'keep')),
      )
  },
})

function rewriteDate(from: string, to: string, proven: boolean): (text: string) => Edited {
  const source = textFormat(from)
  const target = textFormat(to)
  if (target.fields.some((field) => !source.fields.includes(field)))
    throw new Error(`reformat-value cannot make ${to} of ${from}`)
  return (text) => {
    const fields = source.read(text)
    if (!fields) return 'keep'
    // `12/11/2024` is in both of two formats: what is in the wanted one already is left alone.
    if (target.read(text)) return 'keep'
    const dropped = source.fields.filter((field) => !target.fields.includes(field))
    // Leaving midnight away keeps the day; any other hour would be lost.
    if (dropped.some((field) => !['hour', 'minute', 'second'].includes(field) || fields[field] !== 0))
      return 'refuse'
    const { day = 0, month = 0 } = fields
    if (source.mixesDayAndMonth && !proven && day <= 12 && day !== month) return 'refuse'
    const written = target.write(fields)
    return written === undefined ? 'refuse' : { to: written }
  }
}

function rewriteNumber(
  { group, decimal }: { group: string; decimal: string },
  to: string,
  proven: boolean,
): (text: string) => Edited {
  if (to !== 'number' && to !== 'text')
    throw new Error(`reformat-value makes number or text of a number, not ${to}`)
  const grouped = new RegExp(`^-?[1-9]\\d{0,2}(?:\\${group}\\d{3})+(?:\\${decimal}\\d{1,15})?$`)
  return (text) => {
    if (!grouped.test(text)) return 'keep'
    // One group and no decimals reads as a fraction in the other half of the world; a space never does.
    const ambiguous = group !== ' ' && !text.includes(decimal) && text.split(group).length === 2
    if (ambiguous && !proven) return 'refuse'
    const plain = text.replaceAll(group, '').replace(decimal, '.')
    const value: Json = to === 'number' ? Number(plain) : plain
    return isExactNumber(plain, Number(plain)) ? { to: value } : 'refuse'
  }
}
