import type { ArgumentTest, Category, Json, JsonObject } from '@lifeharness/core'

/** Written into every pack, so that a later format can be told from this one. */
export const PACK_FORMAT = 'lifeharness-pack/1'

/**
 * A curated, reviewable set of interventions with the fixtures that prove them: data, never code. It cannot know what the
 * tools of an agent are called, so its entries speak of slots, which `bindPack` fills.
 */
export type Pack = {
  format: typeof PACK_FORMAT
  /** Lower case with hyphens, as in the name of an npm package. */
  name: string
  /** Semantic version (semver.org). A patch mends, a minor adds, a major takes away or does something else. */
  version: string
  description: string
  /** SPDX expression. */
  license: string
  /** Who wrote it and what it rests on. */
  provenance: string
  slots: Record<string, PackSlot>
  entries: readonly PackEntry[]
}

/** A tool as the pack means it. */
export type PackSlot = {
  description: string
  /** What such tools are usually called; a binding is proposed by these, never made. */
  tools: readonly string[]
  arguments: Record<string, PackArgument>
}

export type PackArgument = {
  description: string
  type: 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array'
  /** What such an argument is usually called, besides its name here. */
  names?: readonly string[]
}

/** A guard whose paths are references. */
export type PackGuard =
  | { all: readonly PackGuard[] }
  | { any: readonly PackGuard[] }
  | { not: PackGuard }
  | ({ path: string } & ArgumentTest)

/**
 * One intervention. In `options` and `when` a text that is `$name`, or begins with `$name/`, is a reference to that
 * argument of the slot and becomes its JSON Pointer; `$argument:name` becomes its name, for what is told; `$slot:name` becomes the name of another slot's tool.
 */
export type PackEntry = {
  name: string
  /** What goes wrong without it, in one sentence. */
  why: string
  slot: string
  kind: string
  options: JsonObject
  category: Category
  when?: PackGuard
  /** What the entry rests on: a document, an RFC, the message of a program and its version. */
  source?: string
  /** The share of its failures that it should remove, 0 to 1; the default 0 is no prediction. */
  removes?: number
  /** Stated where its risk is effect or it adds calls: it stays proposed until a person approves it. */
  approval?: 'needed'
  fixtures: {
    /** At least one. */
    fixes: readonly (PackFixture & { expect: PackExpectation })[]
    /** Calls that must stay as they are; at least as many as it fixes. */
    leaves: readonly PackFixture[]
  }
}

/** One call of the slot's tool as it was made, what the tool answers, and what came before. */
export type PackFixture = {
  /** By the slot's names of arguments. */
  input: JsonObject
  /** Attempt by attempt; the last one answers all further ones. By default the tool answers `ok`. */
  results?: readonly PackResult[]
  before?: readonly { slot?: string; input: JsonObject; result?: PackResult }[]
  /** What the user says of the tool. */
  facts?: { readOnly?: boolean; idempotent?: boolean; insertable?: boolean }
}

export type PackResult =
  | { value: Json }
  | {
      error: {
        message: string
        name?: string
        code?: string | number
        status?: number
        /** Milliseconds. */
        retryAfterMs?: number
      }
    }

/** What must come of a fixture; members that are absent are not looked at. */
export type PackExpectation = {
  /** The calls that are executed, in order; `[]`: none. */
  executed?: readonly ({ slot: string; input: JsonObject } | { input: JsonObject })[]
  /** A part of what the model reads besides the tool's own result. */
  told?: string
  /** The result as the model reads it. */
  result?: Json
}

/** Which tool of the agent fills a slot, and where in its arguments each argument of the slot stands. */
export type SlotBinding = {
  tool: { origin: string; name: string }
  /** JSON Pointers by argument of the slot; `/name` where none is given. */
  arguments?: Readonly<Record<string, string>>
}

export type Binding = Readonly<Record<string, SlotBinding>>
