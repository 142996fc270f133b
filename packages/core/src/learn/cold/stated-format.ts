import { isJsonObject, type Json, type JsonObject } from '../../json.ts'

/** Formats of dates that a description may name, as people write them. */
const NAMED =
  /(?<![\p{L}\p{N}])(?:y{4}([-/.]?)m{2}\1d{2}|[md]{2}([-/.])[md]{2}\2y{4})(?!\p{L}|[T ]?[Hh]{2})/giu
/** Anything else that is written like a format or like a date in another one. */
const OTHERS = /y{2,4}[-/. ]|[-/. ]y{2,4}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|(?<!\p{L})[Hh]{1,2}:[Mm]{2}/giu

const ISO = /^y{4}-m{2}-d{2}$/i

/**
 * The one format of dates that the contract states for an argument, in the letters of `TextFormat`. Only `YYYY-MM-DD`:
 * every tool reads it, so that a date which has it is never rewritten, whatever a description says.
 */
export function statedDateFormat(schema: JsonObject | undefined): string | undefined {
  if (!schema || !allowsText(schema)) return undefined
  if (schema.format === 'date') return 'YYYY-MM-DD'
  if (typeof schema.description !== 'string' || schema.format !== undefined || schema.enum !== undefined)
    return undefined
  const named = schema.description.match(NAMED) ?? []
  const [format, ...others] = named
  if (format === undefined || others.length > 0) return undefined
  OTHERS.lastIndex = 0
  return ISO.test(format) && !OTHERS.test(schema.description.replace(NAMED, '')) ? 'YYYY-MM-DD' : undefined
}

function allowsText({ type, anyOf }: JsonObject): boolean {
  const of = (value: Json | undefined) =>
    value === 'string' || (Array.isArray(value) && value.includes('string'))
  return of(type) || (Array.isArray(anyOf) && anyOf.some((member) => isJsonObject(member) && of(member.type)))
}

/** Formats in which a date is read when the contract states another; those that mix day and month last. */
export const WRITTEN_FORMATS: readonly string[] = [
  ...['YYYY-MM-DD', 'YYYY/MM/DD', 'YYYY.MM.DD', 'YYYY-MM-DD[T]HH:mm:ss', 'YYYY-MM-DD[T]HH:mm:ss[Z]'],
  ...['MMMM D, YYYY', 'MMM D, YYYY', 'MMMM D YYYY', 'D MMMM YYYY', 'D MMM YYYY'],
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
]
