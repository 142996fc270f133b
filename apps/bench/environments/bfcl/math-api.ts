import { Float, numberOf, type PyValue, round } from '../recorded/python-json.ts'
import { type ApiFactory, error, member, typed } from './api.ts'

/** Numbers come as the contract declares them: as floats, except where they count something. */
type Input = {
  a: Float
  b: Float
  number: Float
  numbers: Float[]
  value: Float
  base: Float
  exponent: Float
  part: Float
  whole: Float
  precision: number
  decimal_places?: number
  unit_in: string
  unit_out: string
}

/** Powers of ten of the SI's prefixes. */
const PREFIXES: Readonly<Record<string, number>> = {
  '': 0,
  n: -9,
  u: -6,
  µ: -6,
  m: -3,
  c: -2,
  d: -1,
  da: 1,
  h: 2,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
}
const SI_UNITS = ['mol', 'cd', 'm', 'g', 's', 'A', 'K']
/** Imperial units in the SI's: [SI unit, how many of them, by name]. */
const IMPERIAL: readonly { names: string[]; si: string[]; factor: number }[] = [
  { names: ['in', 'inch', 'inches'], si: ['cm', 'centimeter', 'centimeters'], factor: 2.54 },
  { names: ['ft', 'foot', 'feet'], si: ['m', 'meter', 'meters'], factor: 0.3048 },
  { names: ['yd', 'yard', 'yards'], si: ['m', 'meter', 'meters'], factor: 0.9144 },
  { names: ['mi', 'mile', 'miles'], si: ['km', 'kilometer', 'kilometers'], factor: 1.609344 },
  { names: ['lb', 'pound', 'pounds'], si: ['kg', 'kilogram', 'kilograms'], factor: 0.45359237 },
  { names: ['oz', 'ounce', 'ounces'], si: ['g', 'gram', 'grams'], factor: 28.349523125 },
]

/** Arithmetic; it has no state. */
export const mathApi: ApiFactory = () => ({
  state: {},
  tools: typed<Input>({
    // The library that it was recorded with was not whole: it never had another answer.
    logarithm: () => error("module 'mpmath' has no attribute 'mp'"),
    add: ({ a, b }) => result(a.value + b.value),
    subtract: ({ a, b }) => result(a.value - b.value),
    multiply: ({ a, b }) => result(a.value * b.value),
    divide: ({ a, b }) => (b.value === 0 ? error('Cannot divide by zero') : result(a.value / b.value)),
    power: ({ base, exponent }) => result(base.value ** exponent.value),
    square_root: ({ number, precision }) =>
      number.value < 0
        ? error('Cannot calculate the square root of a negative number')
        : result(Number(Math.sqrt(number.value).toPrecision(Math.min(Math.max(precision, 1), 17)))),
    absolute_value: ({ number }) => result(Math.abs(number.value)),
    round_number({ number, decimal_places }) {
      const rounded = round(number, decimal_places ?? 0)
      // Without places Python's rounding gives a whole number.
      return { result: decimal_places === undefined ? numberOf(rounded) : rounded }
    },
    percentage: ({ part, whole }) =>
      whole.value === 0 ? error('Whole value cannot be zero') : result((part.value / whole.value) * 100),
    mean: ({ numbers }) => ofList(numbers, mean),
    standard_deviation: ({ numbers }) =>
      ofList(numbers, (values) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)))),
    sum_values: ({ numbers }) => ofList(numbers, sum),
    max_value: ({ numbers }) => ofList(numbers, (values) => Math.max(...values)),
    min_value: ({ numbers }) => ofList(numbers, (values) => Math.min(...values)),
    si_unit_conversion({ value, unit_in, unit_out }) {
      const [from, to] = [siUnit(unit_in), siUnit(unit_out)]
      if (!from || from.unit !== to?.unit) return unconvertible(unit_in, unit_out)
      return result(value.value * 10 ** (from.power - to.power))
    },
    imperial_si_conversion({ value, unit_in, unit_out }) {
      const [from, to] = [unit_in.toLowerCase(), unit_out.toLowerCase()]
      if (/^c(elsius)?$/.test(from) && /^f(ahrenheit)?$/.test(to)) return result((value.value * 9) / 5 + 32)
      if (/^f(ahrenheit)?$/.test(from) && /^c(elsius)?$/.test(to)) return result(((value.value - 32) * 5) / 9)
      for (const { names, si, factor } of IMPERIAL) {
        if (names.includes(from) && si.includes(to)) return result(value.value * factor)
        if (si.includes(from) && names.includes(to)) return result(value.value / factor)
      }
      return unconvertible(unit_in, unit_out)
    },
  }),
})

function result(value: number): PyValue {
  return Number.isFinite(value) ? { result: new Float(value) } : error('math range error')
}

function ofList(numbers: Float[], of: (values: number[]) => number): PyValue {
  if (numbers.length === 0) return error('The list of numbers is empty')
  return result(of(numbers.map(numberOf)))
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function mean(values: number[]): number {
  return sum(values) / values.length
}

function siUnit(name: string): { unit: string; power: number } | undefined {
  for (const unit of SI_UNITS) {
    const power = name.endsWith(unit) ? member(PREFIXES, name.slice(0, -unit.length)) : undefined
    if (power !== undefined) return { unit, power }
  }
  return undefined
}

function unconvertible(from: string, to: string): PyValue {
  return error(`Conversion from '${from}' to '${to}' is not supported`)
}
