import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import { type TextFormat, textFormat } from '../../text-format.ts'

/** Formats that a description may name, as people write them: of days, and of times of the day. */
const DAYS =
  /(?<![\p{L}\p{N}])(?:y{4}([-/.])m{2}\1d{2}|(?:m{2}([-/.])d{2}|d{2}([-/.])m{2})(?:\2|\3)y{4})(?!\p{L}|[T ]?[Hh]{2})/giu
const TIMES = /(?<![\p{L}\p{N}:])h{2}:m{2}(?::s{2})?(?![\p{L}:])/giu
/** Anything else that is written like a format, or like a date or a time in another one. */
const OTHERS = /y{2,4}[-/. ]|[-/. ]y{2,4}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|h{1,2}:m{2}|\b[ap]\.?m\b|12-hour/iu

/**
 * The one format of dates or times that the contract states for an argument, in the letters of `TextFormat`: by
 * `format: date`, or in so many words in the description. Undefined where it states none, or more than one.
 */
export function statedFormat(schema: JsonObject | undefined): string | undefined {
  if (!schema || !allowsText(schema)) return undefined
  const { format, description } = schema
  if (format !== undefined || schema.enum !== undefined) return format === 'date' ? 'YYYY-MM-DD' : undefined
  if (typeof description !== 'string') return undefined
  const days = description.match(DAYS) ?? []
  const times = description.match(TIMES) ?? []
  const [named, ...more] = [...days, ...times]
  if (named === undefined || more.length > 0) return undefined
  if (OTHERS.test(description.replace(named, ''))) return undefined
  return days.length > 0
    ? named.toUpperCase()
    : named.toUpperCase().replace(':MM', ':mm').replace(':SS', ':ss')
}

function allowsText({ type, anyOf }: JsonObject): boolean {
  const of = (value: Json | undefined) =>
    value === 'string' || (Array.isArray(value) && value.includes('string'))
  return of(type) || (Array.isArray(anyOf) && anyOf.some((member) => isJsonObject(member) && of(member.type)))
}

const WRITTEN: ReadonlyMap<string, TextFormat> = new Map(
  [
    ...[
      'YYYY-M-D',
      'YYYY/MM/DD',
      'YYYY/M/D',
      'YYYY.MM.DD',
      'YYYY-MM-DD[T]HH:mm:ss',
      'YYYY-MM-DD[T]HH:mm:ss[Z]',
    ],
    ...[
      'MMMM D, YYYY',
      'MMM D, YYYY',
      'MMMM D YYYY',
      'D MMMM YYYY',
      'D MMM YYYY',
      'DD-MMM-YYYY',
      'D-MMM-YYYY',
    ],
    ...[
      'M/D/YYYY',
      'MM/DD/YYYY',
      'D/M/YYYY',
      'DD/MM/YYYY',
      'D.M.YYYY',
      'DD.MM.YYYY',
      'MM-DD-YYYY',
      'DD-MM-YYYY',
    ],
    ...['h:mm A', 'hh:mm A', 'h:mmA', 'hh:mmA', 'h A', 'hA', 'H:mm', 'h:mm:ss A'],
  ].map((name) => [name, textFormat(name)]),
)
/** Every tool reads it: what is in it is never rewritten, whatever a description says. */
const ISO = textFormat('YYYY-MM-DD')

/** The formats in which a text can be read, other than the one that is wanted; none where it is in that one already. */
export function writtenFormats(text: string, wanted: string): string[] {
  const target = textFormat(wanted)
  if (target.read(text) || ISO.read(text)) return []
  const complete = ({ fields }: TextFormat) => target.fields.every((field) => fields.includes(field))
  return [...WRITTEN].flatMap(([name, format]) => (complete(format) && format.read(text) ? [name] : []))
}
