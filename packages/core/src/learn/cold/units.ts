import type { JsonObject } from '../../json.ts'

type Unit = { dimension: string; names: string }

/** Units that people write behind or before a number; names without plurals, by dimension. */
const UNITS: readonly Unit[] = [
  ...units('length', [
    'mm millimeter millimetre',
    'cm centimeter centimetre',
    'm meter metre',
    'km kilometer kilometre',
  ]),
  ...units('length', ['mi mile', 'ft foot feet', 'in inch inche', 'yd yard']),
  ...units('time', [
    'ms millisecond msec',
    's sec second',
    'min minute',
    'h hr hour',
    'd day',
    'wk week',
    'month mo',
    'yr year',
  ]),
  ...units('mass', ['mg milligram', 'g gram', 'kg kilogram', 'lb pound lbs', 'oz ounce']),
  ...units('temperature', ['C celsius °c', 'F fahrenheit °f', 'kelvin']),
  ...units('money', ['$ usd dollar', '€ eur euro', '£ gbp sterling', '¥ jpy yen', '₹ inr rupee']),
  ...units('bytes', ['byte', 'kb kilobyte', 'mb megabyte', 'gb gigabyte', 'tb terabyte']),
  ...units('volume', ['ml milliliter millilitre', 'l liter litre', 'gal gallon']),
  ...units('speed', ['km/h kph kmh', 'mph', 'm/s']),
  ...units('share', ['% percent percentage']),
  ...units('pixels', ['px pixel']),
]

function units(dimension: string, all: readonly string[]): Unit[] {
  return all.map((names) => ({ dimension, names: ` ${names} ` }))
}

const named = (word: string) => UNITS.filter(({ names }) => names.includes(` ${word} `))

/**
 * The spellings of the unit that a text carries, where the name or the description of the argument states that very
 * unit and no other of its dimension; undefined elsewhere. A noun that the argument counts is a unit of its own:
 * `2 passengers` of `num_passengers`.
 */
export function statedUnit(unit: string, name: string, schema: JsonObject): string[] | undefined {
  const word = plainUnit(unit)
  const text = textOf(name, schema)
  const words = wordsOf(text)
  const known = unitsCalled(word)
  if (known.length === 0)
    return /^\p{L}{3,}$/u.test(word) && !NO_NOUNS.has(word) && words.has(singular(word)) ? [unit] : undefined
  const stated = known.filter((one) => isStated(one, words, text))
  const [only] = stated
  if (!only || stated.length > 1) return undefined
  if (only.dimension === 'share' && isFraction(text, schema)) return undefined
  // `in seconds; at most 365 days`: what is counted is said in so many words.
  const counted = (one: Unit) => countedIn(one, text)
  if (counted(only)) return others(only).some(counted) ? undefined : [unit]
  // `in seconds or minutes`, `up to 24 hours, in minutes`: which one the number counts is not certain.
  return others(only).some((one) => isStated(one, words, text)) ? undefined : [unit]
}

/** The name or the description of the argument states a unit of the same dimension, and not the one that a text carries. */
export function namesAnotherUnit(unit: string, name: string, schema: JsonObject): boolean {
  const text = textOf(name, schema)
  const words = wordsOf(text)
  const known = unitsCalled(plainUnit(unit))
  if (known.some((one) => isStated(one, words, text))) return false
  return known.flatMap(others).some((one) => isStated(one, words, text))
}

/** `5 M` is five million to some and five metres to nobody: a single letter counts as it is written. */
function plainUnit(unit: string): string {
  return unit.length === 1 ? unit : unit.toLowerCase().replace(/\.$/, '')
}

function unitsCalled(word: string): Unit[] {
  return [...new Set([...named(word), ...named(singular(word))])]
}

function textOf(name: string, { description }: JsonObject): string {
  return `${name} ${typeof description === 'string' ? description : ''}`
}

function others(unit: Unit): Unit[] {
  return UNITS.filter((one) => one !== unit && one.dimension === unit.dimension)
}

/** `in seconds`, `(km)`, `or minutes`: the description names the unit as that of the number. */
function countedIn({ names }: Unit, text: string): boolean {
  const words = names
    .trim()
    .split(' ')
    .filter((name) => /^\p{L}{2,}$/u.test(name) && !NO_UNITS.has(name))
  return (
    words.length > 0 &&
    new RegExp(`(?:\\bin\\s(?:us\\s|degrees\\s)?|\\(|\\bor\\s|/\\s?)(?:${words.join('|')})s?\\b`, 'i').test(
      text,
    )
  )
}

/** Words that multiply, bound or join; a number beside them is not a count of them. */
const NO_NOUNS = new Set(
  (
    'hundred thousand million billion trillion dozen percent minimum maximum min max default value number optional ' +
    'or and more less than least most between about under over per from to'
  ).split(' '),
)
/** They stand in descriptions for something else. */
const NO_UNITS = new Set(['in', 'min', 'mo'])

/** The unit is named by a word of its own; single letters stand for too much to count. */
function isStated({ names }: Unit, words: ReadonlySet<string>, text: string): boolean {
  return names
    .trim()
    .split(' ')
    .some((name) =>
      /^\p{L}+$/u.test(name)
        ? name.length > 1 && !NO_UNITS.has(name) && words.has(singular(name))
        : text.includes(name),
    )
}

function wordsOf(text: string): Set<string> {
  const spaced = text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').toLowerCase()
  return new Set((spaced.match(/\p{L}+/gu) ?? []).map(singular))
}

function singular(word: string): string {
  return word.length > 3 ? word.replace(/s$/, '') : word
}

function isFraction(text: string, { maximum }: JsonObject): boolean {
  return (
    (typeof maximum === 'number' && maximum <= 1) ||
    /\b(?:0|zero)\b.{1,12}\b(?:1|one)\b(?!\d)|\bdecimal\b|\bfraction\b|\b0\.\d/i.test(text)
  )
}
