/**
 * Formats of dates and times in texts, written with the usual letters: `YYYY`, `MMMM` (January), `MMM` (Jan), `MM`, `M`,
 * `DD`, `D`, `HH`, `H` (0–23), `hh`, `h` (1–12, with `A`: AM or PM), `mm`, `ss`. Anything else stands for itself, and
 * letters that stand for themselves are put in brackets: `YYYY-MM-DD[T]HH:mm:ss`. Exact: what is read from a text can
 * be written back as the same text, or it is not read.
 */
export type TextFormat = {
  /** The fields of a text in this format; undefined where it is not in this format or no such day or time exists. */
  read(text: string): Fields | undefined
  /** Undefined where a field that the format needs is not there. */
  write(fields: Fields): string | undefined
  fields: readonly FieldName[]
  /** Day and month are both digits, and nothing in the format says which comes first by custom (ISO order does). */
  mixesDayAndMonth: boolean
}

export type FieldName = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'
export type Fields = Partial<Record<FieldName, number>>

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)
const two = (value: number) => String(value).padStart(2, '0')

type Token = {
  field: FieldName | 'half'
  pattern: string
  parse(text: string): number
  print(value: number): string
}

const digits = (field: FieldName, pattern: string, print: (value: number) => string): Token => {
  return { field, pattern, parse: Number, print }
}
const monthNames = (names: readonly string[]): Token => ({
  field: 'month',
  pattern: names.join('|'),
  parse: (text) => names.findIndex((name) => name.toLowerCase() === text.toLowerCase()) + 1,
  print: (value) => names[value - 1] ?? '',
})
const TOKENS: Readonly<Record<string, Token>> = {
  YYYY: digits('year', '[12]\\d{3}', String),
  MMMM: monthNames(MONTHS),
  MMM: monthNames(MONTHS.map((name) => name.slice(0, 3))),
  MM: digits('month', '\\d{2}', two),
  M: digits('month', '[1-9]\\d?', String),
  DD: digits('day', '\\d{2}', two),
  D: digits('day', '[1-9]\\d?', String),
  HH: digits('hour', '\\d{2}', two),
  H: digits('hour', '0|[1-9]\\d?', String),
  hh: digits('hour', '\\d{2}', (hour) => two(((hour + 11) % 12) + 1)),
  h: digits('hour', '[1-9]\\d?', (hour) => String(((hour + 11) % 12) + 1)),
  mm: digits('minute', '\\d{2}', two),
  ss: digits('second', '\\d{2}', two),
  A: {
    field: 'half',
    pattern: '[AaPp]\\.?[Mm]\\.?',
    parse: (text) => (text[0]?.toLowerCase() === 'p' ? 1 : 0),
    print: (hour) => (hour >= 12 ? 'PM' : 'AM'),
  },
}
const PARTS = /\[([^\]]*)\]|YYYY|MMMM|MMM|MM|M|DD|D|HH|H|hh|h|mm|ss|A|[^\p{L}\p{N}[\]]+/gu

/** @throws where the format has an unknown letter, no field, a field twice, or hours of a half day without `A`. */
export function textFormat(format: string): TextFormat {
  const parts = [...format.matchAll(PARTS)].map(([part, literal]) => ({
    token: literal === undefined ? TOKENS[part] : undefined,
    literal: literal ?? part,
  }))
  const tokens = parts.flatMap(({ token }) => (token ? [token] : []))
  const names = tokens.map(({ field }) => field)
  const halfDay = parts.some(({ token }) => token === TOKENS.h || token === TOKENS.hh)
  const readWhole =
    [...format.matchAll(PARTS)].reduce((length, [part]) => length + part.length, 0) === format.length
  if (
    !readWhole ||
    tokens.length === 0 ||
    new Set(names).size < names.length ||
    names.includes('half') !== halfDay
  )
    throw new Error(`not a format of dates or times: ${format}`)
  const pattern = parts
    .map(({ token, literal }) => (token ? `(${token.pattern})` : escaped(literal)))
    .join('')
  const whole = new RegExp(`^${pattern}$`, 'i')
  const fields = names.filter((name) => name !== 'half')
  return {
    fields,
    mixesDayAndMonth:
      tokens.some(({ field, parse }) => field === 'month' && parse === Number) &&
      fields.includes('day') &&
      names[0] !== 'year',
    read(text) {
      const match = whole.exec(text)
      if (!match) return undefined
      const values = new Map(
        tokens.map(({ field, parse }, index) => [field, parse(match[index + 1] as string)]),
      )
      const half = values.get('half')
      const hour = values.get('hour')
      values.delete('half')
      if (half !== undefined && hour !== undefined) {
        if (hour < 1 || hour > 12) return undefined
        values.set('hour', (hour % 12) + 12 * half)
      }
      const read = Object.fromEntries(values) as Fields
      return exists(read) ? read : undefined
    },
    write(read) {
      let text = ''
      for (const { token, literal } of parts) {
        const value = token && read[token.field === 'half' ? 'hour' : token.field]
        if (token && value === undefined) return undefined
        text += token ? token.print(value as number) : literal
      }
      return text
    },
  }
}

function exists({ year, month, day, hour = 0, minute = 0, second = 0 }: Fields): boolean {
  if (hour > 23 || minute > 59 || second > 59) return false
  if (month !== undefined && (month < 1 || month > 12)) return false
  if (day === undefined) return true
  // A leap year where none is stated: 29 February is a day.
  const date = new Date(Date.UTC(year ?? 2000, (month ?? 1) - 1, day))
  return day >= 1 && date.getUTCDate() === day
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}
