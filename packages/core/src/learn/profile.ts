import type { ArgumentPath, Json } from '../json.ts'
import type { JsonType } from '../schema.ts'
import type { Sample } from './sample.ts'

/** What the values at one argument path of a tool's successful calls look like. Bounded whatever the number of calls. */
export type ArgumentProfile = {
  /** Calls in which the argument is present, and values seen (more than one per call below an array). */
  calls: number
  values: number
  types: Map<JsonType, number>
  /** Loose shapes of the strings, see `looseShape`. */
  shapes: Sample<string>
  /** Distinct scalar values, by canonical JSON. Texts longer than 120 characters are only counted. */
  distinct: Sample<Json>
  /** Longest prefix and suffix common to all strings; undefined before the first string. */
  prefix?: string
  suffix?: string
  /** Smallest and largest number. */
  range?: { min: number; max: number }
}

/** What successful calls of one tool look like, argument by argument. The path `''` is the whole input. */
export type ToolProfile = {
  calls: number
  arguments: Map<ArgumentPath, ArgumentProfile>
}
