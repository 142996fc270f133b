import type { Json } from '../json.ts'

/** The numbers that a message names, thousands separators read, in order. */
export function numbersIn(message: string): number[] {
  const found = message.slice(0, 2_000).match(/-?\d{1,15}(?:,\d{3})*(?:\.\d{1,6})?/g) ?? []
  return found.map((text) => Number(text.replaceAll(',', '')))
}

/** The sum of numbers, to the cent; undefined where there is none, or something else among them. */
export function sumOf(values: readonly Json[]): number | undefined {
  if (values.length === 0 || !values.every((value) => typeof value === 'number')) return undefined
  return Math.round(values.reduce<number>((sum, value) => sum + (value as number), 0) * 100) / 100
}
