import { usageError } from './cli-error.ts'

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }
/** Shorter ones would only keep the machine busy. */
const SHORTEST_MS = 100
/** What a timer can wait for. */
const LONGEST_MS = 24 * 3_600_000

/**
 * `30s`, `500ms`, `5m`, `1h` in milliseconds.
 * @throws CliError for anything else, and outside of 100 ms to a day.
 */
export function parseInterval(text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? []
  const ms = Number(number) * (UNITS[unit] ?? Number.NaN)
  if (!(ms >= SHORTEST_MS && ms <= LONGEST_MS))
    throw usageError(`${text} is no interval; write one like 30s, 500ms, 5m or 1h, from 100ms to 24h`)
  return ms
}
