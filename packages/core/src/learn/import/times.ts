import type { Json, JsonObject } from '../../json.ts'

const DURATIONS = ['ms', 'duration_ms', 'durationMs', 'latency_ms', 'latencyMs'] as const
const TIMES = ['timestamp', 'created_at', 'createdAt', 'at', 'time'] as const
/** Numbers below this are seconds since the epoch, others milliseconds (1973-03-03 in milliseconds). */
const MILLISECONDS_FROM = 1e11

/** When a record says it was made, in milliseconds since the epoch. */
export function timeOf(record: JsonObject): number | undefined {
  for (const key of TIMES) {
    const value: Json | undefined = record[key]
    if (typeof value === 'number' && Number.isFinite(value))
      return value < MILLISECONDS_FROM ? value * 1000 : value
    if (typeof value !== 'string') continue
    const parsed = Date.parse(value)
    if (!Number.isNaN(parsed)) return parsed
  }
  return undefined
}

/** How long a record says that it took, in milliseconds. */
export function durationOf(record: JsonObject): number | undefined {
  for (const key of DURATIONS) {
    const value: Json | undefined = record[key]
    if (typeof value === 'number' && value >= 0) return value
  }
  return undefined
}
