import type { Draft } from '../../intervention.ts'
import { editAt, type Json, jsonEqual, valuesAt } from '../../json.ts'
import { schemaCheck } from '../../schema.ts'
import { type Fields, type TextFormat, textFormat } from '../../text-format.ts'
import { argumentSchema } from '../../tool.ts'
import { editsOf, generalPath } from '../diff.ts'
import { type Covered, draftOf, groupBy, sparesSuccesses } from '../draft.ts'
import { defineInducer, type Evidence, type Inducer } from '../evidence.ts'
import { shareOf } from '../profile.ts'

/** In order of preference where a text reads the same in several. */
const FORMATS: ReadonlyMap<string, TextFormat> = new Map(
  [
    ...['YYYY-MM-DD', 'YYYY/MM/DD', 'YYYY.MM.DD', 'YYYYMMDD'],
    ...[
      'MM/DD/YYYY',
      'M/D/YYYY',
      'DD/MM/YYYY',
      'D/M/YYYY',
      'MM-DD-YYYY',
      'DD-MM-YYYY',
      'DD.MM.YYYY',
      'D.M.YYYY',
    ],
    ...[
      'MMMM D, YYYY',
      'MMM D, YYYY',
      'MMMM D YYYY',
      'D MMMM YYYY',
      'D MMM YYYY',
      'DD MMM YYYY',
      'DD MMMM YYYY',
    ],
    ...['YYYY-MM-DD[T]HH:mm:ss', 'YYYY-MM-DD[T]HH:mm:ss[Z]', 'YYYY-MM-DD[T]HH:mm:ss[.000Z]'],
    ...['YYYY-MM-DD HH:mm:ss', 'YYYY-MM-DD HH:mm', 'YYYY-MM-DD[T]HH:mm'],
    ...['HH:mm', 'HH:mm:ss', 'h:mm A', 'hh:mm A', 'h:mmA', 'hh:mmA', 'h A', 'hA'],
  ].map((name) => [name, textFormat(name)]),
)

/** Formats for which JSON Schema has a word. */
const SCHEMA_FORMATS: Readonly<Record<string, string>> = { date: 'YYYY-MM-DD' }

const MIN_SHARE = 0.9

/** Old and new text of one argument; `names` are the format pairs that explain it. */
/** `isDouble`: day and month are one number (`01/01/2000`), so that both readings are the same day. */
type Rewrite = { path: string; names: readonly string[]; covered: Covered; isDouble?: boolean }

/**
 * Proposes `reformat-value` for each pair of formats that pairs at an argument show: `5/13/2024` → `2024-05-13` tells
 * month from day, `5/6/2024` alone does not. Where both customs are seen both are proposed: what has two readings is left
 * alone by either. With `format: date` in the contract, what has one reading will do.
 */
export const dateFormatInducer: Inducer = defineInducer({
  name: 'date-format',
  *propose(evidence) {
    const rewrites = [...rewritesIn(evidence), ...statedIn(evidence)]
    for (const found of groupBy(rewrites, ({ path }) => path).values())
      for (const { name, explained } of conventionsIn(found)) yield* reformatDraft(evidence, name, explained)
  },
})

/**
 * The fewest pairs of formats that explain all rewrites, each on what the ones before it leave. One that only explains
 * texts with two readings (`5/6/2024`) is none.
 */
function* conventionsIn(
  found: readonly Rewrite[],
): Iterable<{ name: string; explained: readonly Rewrite[] }> {
  for (let open = found; open.length > 0; ) {
    const counts = new Map<string, number>()
    for (const { names } of open) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
    const most = Math.max(...counts.values())
    const name = [...counts.keys()].find((candidate) => counts.get(candidate) === most) as string
    const explained = open.filter(({ names }) => names.includes(name))
    const common = [...counts.keys()].filter((other) => explained.every(({ names }) => names.includes(other)))
    const orders = new Set(common.map((other) => orderOf(other.split(' → ')[0] as string)))
    if (orders.size === 1 || explained.every(({ isDouble }) => isDouble)) yield { name, explained }
    open = open.filter(({ names }) => !names.includes(name))
  }
}

/** Which of day and month comes first: formats that differ in more than padding must not be confused. */
function orderOf(format: string): string {
  return format.replace(/[^YMDHhms]/g, '').replace(/(.)\1+/g, '$1')
}

function* rewritesIn({ pairs }: Evidence): Iterable<Rewrite> {
  for (const { pair, before: input, after: success, changes } of editsOf(pairs))
    for (const { type, path, before, after } of changes) {
      if (type !== 'changed' || typeof before !== 'string' || typeof after !== 'string') continue
      const names = explaining(before, after)
      if (names.length === 0) continue
      const expect = editAt(input, path, (value) => (value === before ? after : undefined))
      const isDouble = readings(before).every(({ day, month }) => day === month)
      yield {
        ...{ path, names, isDouble },
        covered: { failed: pair.failed, expect, paired: jsonEqual(expect, success) },
      }
    }
}

function readings(text: string): Fields[] {
  return [...FORMATS.values()].flatMap((format) => format.read(text) ?? [])
}

function explaining(before: string, after: string): string[] {
  if (before.length > 40 || after.length > 40 || !/\d/.test(before)) return []
  const targets = [...FORMATS].filter(([, format]) => format.read(after))
  return [...FORMATS].flatMap(([from, source]) => {
    const fields = source.read(before)
    if (!fields) return []
    const fitting = targets.filter(([to, target]) => {
      return (
        to !== from && target.write(fields) === after && target.fields.every((f) => source.fields.includes(f))
      )
    })
    return fitting.map(([to]) => `${from} → ${to}`)
  })
}

/** The contract names a format, and the value is a date in another that has one reading. */
function* statedIn({ contract, failures }: Evidence): Iterable<Rewrite> {
  const schema = contract?.inputSchema
  if (!schema) return
  for (const failed of failures) {
    if (failed.input === undefined) continue
    for (const { kind, keyword, path, expected } of schemaCheck(schema)(failed.input)) {
      const to = SCHEMA_FORMATS[String(expected?.format)]
      const [value] = valuesAt(failed.input, path)
      if (kind !== 'value' || keyword !== 'format' || to === undefined || typeof value !== 'string') continue
      const readings = [...FORMATS].flatMap(([from, format]) => {
        const fields = from === to ? undefined : format.read(value)
        const written = fields && FORMATS.get(to)?.write(fields)
        return written === undefined ? [] : [{ from, written }]
      })
      if (new Set(readings.map(({ written }) => written)).size !== 1) continue
      const written = readings[0]?.written as string
      const expect = editAt(failed.input, path, () => written)
      const names = readings.map(({ from }) => `${from} → ${to}`)
      yield { path: generalPath(path), names, covered: { failed, expect, paired: false } }
    }
  }
}

function* reformatDraft(evidence: Evidence, name: string, found: readonly Rewrite[]): Iterable<Draft> {
  const { path } = found[0] as Rewrite
  const [from = '', to = ''] = name.split(' → ')
  const source = FORMATS.get(from) as TextFormat
  const target = FORMATS.get(to) as TextFormat
  const stated = argumentSchema(evidence.contract, path)?.format !== undefined
  if (!stated && !found.some(({ covered }) => covered.paired)) return
  const argument = evidence.profile.arguments.get(path)
  const isRead = (value: Json) => typeof value === 'string' && target.read(value) !== undefined
  // A text field that now and then holds a date is no date field: there the dates that were accepted must speak.
  const isOther = (value: Json) => typeof value === 'string' && !isRead(value) && readings(value).length > 0
  const isDateField = !argument || shareOf(argument, isRead) >= MIN_SHARE
  if (!isDateField && (shareOf(argument, isRead) === 0 || shareOf(argument, isOther) > 0)) return
  const rewrite = (value: Json): Json | undefined => {
    const fields = typeof value === 'string' && !isRead(value) ? source.read(value) : undefined
    return fields && target.write(fields)
  }
  if (!sparesSuccesses(evidence, undefined, (input) => editAt(input, path, rewrite))) return
  yield draftOf(evidence, {
    inducer: 'date-format',
    kind: 'reformat-value',
    options: { path, from, to },
    path,
    covered: found.map(({ covered }) => covered),
  })
}
