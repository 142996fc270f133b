import type { Json } from '../json.ts'
import type { Argument } from '../literal.ts'
import type { ToolContract } from '../tool.ts'

/** A call as some dialect states it, before names and types are looked at. */
export type TextCall = {
  /** As written; may need normalising. */
  name: string
  /** The arguments; or their text, where that is not valid JSON. */
  input?: Json
  rawInput?: string
  /** Arguments without names, in their order. */
  positional?: readonly Json[]
  /** Named arguments that may be bare words. */
  named?: ReadonlyMap<string, Argument>
  /** Arguments whose type the text cannot show: texts between XML tags. */
  texts?: ReadonlyMap<string, string>
}

/** The advertised tool that a name stands for, if exactly one. */
export type FindTool = (name: string) => ToolContract | undefined

/**
 * What a dialect finds in a text: calls, `broken` (its marks are there, but what stands between them cannot be read
 * whole), or undefined (it is not used here).
 */
export type Found = readonly TextCall[] | 'broken' | undefined

/** One way in which models write calls as text. */
export type Dialect = { name: string; read(text: string, find: FindTool): Found }
