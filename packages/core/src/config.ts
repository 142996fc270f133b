import type { Category } from './failure.ts'
import type { ModelFamily } from './family.ts'
import type { Json } from './json.ts'
import { type Tool, type ToolContract, type ToolFacts, toolKey, UNKNOWN_TOOL_FACTS } from './tool.ts'
import type { ToolCall, ToolResult } from './trajectory.ts'

/** What the user knows of one tool. What he does not say is unknown, and unknown means no. */
export type ToolConfig = Partial<Omit<ToolFacts, 'readOnly' | 'idempotent'>> & {
  /** The tool changes nothing; or, of a tool that can do both, which of its calls change nothing. */
  readOnly?: boolean | ((call: ToolCall) => boolean)
  /**
   * Calling it twice with the same arguments has the effect of calling it once; or which of its calls are so, those with
   * an idempotency key, say.
   */
  idempotent?: boolean | ((call: ToolCall) => boolean)
  /** His word on a result: true is success, false a failure, undefined no opinion. */
  succeeded?(result: ToolResult, call: ToolCall): boolean | undefined
  /** This negative is a normal answer (404 probe, `grep` exit 1, empty search). */
  expected?(result: ToolResult, call: ToolCall): boolean
  /** On whose behalf a call is made, where the episode does not say. */
  subject?(call: ToolCall): string | undefined
  /**
   * The tools whose effect this one takes back, by key as above: `cancel_booking: { compensates: ['book_*'] }`. An
   * intervention that makes the agent take back more of what it did is found out by it.
   */
  compensates?: readonly string[]
  /**
   * The layer may call this tool by itself, beside a call of the model's, though it changes something; or, of a tool that
   * can do many things, which of its calls.
   */
  insertable?: boolean | ((call: ToolCall) => boolean)
  /** No intervention ever touches this tool. */
  never?: boolean
}

/** A tool that calls another: the call is unfolded to the inner tool. Pointers into the arguments. */
export type MetaTool = { tool: string; origin?: string; name: string; input: string }

/** What is taken out of every event before it is queued, besides what is known to be a secret. */
export type RedactionConfig = {
  /** Names of arguments and fields whose values are secrets, besides the built-in ones. */
  keys?: string[]
  /** Texts that are secrets, besides the built-in ones. */
  patterns?: RegExp[]
  /** Key of the tokens; without one it is drawn anew in each process, so tokens compare within it only. */
  key?: string
}

/** `lifeharness.config.ts`: read by the library (passed in) and by the command line. */
export type LifeHarnessConfig = {
  /** By tool key (`name`, or `origin/name`); `*` inside a key matches any text. The most specific key wins. */
  tools?: Record<string, ToolConfig>
  /** Origins whose annotations and texts are trusted. The user's own code (`local`) always is. */
  trustedOrigins?: string[]
  /** Tools that call other tools. Default: none. */
  metaTools?: MetaTool[]
  /** Categories and kinds that are never applied. */
  off?: { categories?: Category[]; kinds?: string[] }
  /** Which models share evidence. Default: `modelFamily`, by provider and model id. */
  modelFamily?: ModelFamily
  redaction?: RedactionConfig
  /** Recorded with each tool step: what the environment looks like now. Must be quick, must not throw. */
  observeState?(call: ToolCall): Json | undefined
}

/** Types a configuration file. */
export function defineConfig(config: LifeHarnessConfig): LifeHarnessConfig {
  return config
}

/** Settings of one tool, resolved once per tool and process. */
export type ToolSettings = ToolConfig & { facts: ToolFacts }

/** Looks a tool up in a configuration. Annotations count only from trusted origins (laws 5 and 13). */
export function toolSettings(config: LifeHarnessConfig, tool: Tool, contract?: ToolContract): ToolSettings {
  const said = matchingConfig(config, toolKey(tool))
  const trustedOrigin = tool.origin === 'local' || (config.trustedOrigins ?? []).includes(tool.origin)
  const hints = trustedOrigin ? (contract?.annotations ?? {}) : {}
  return {
    ...said,
    facts: {
      ...UNKNOWN_TOOL_FACTS,
      readOnly: said.readOnly === undefined ? hints.readOnlyHint === true : said.readOnly === true,
      idempotent:
        said.idempotent === undefined
          ? hints.idempotentHint === true || hints.readOnlyHint === true
          : said.idempotent === true,
      destructive: said.destructive ?? hints.destructiveHint === true,
      trusted: said.trusted ?? trustedOrigin,
    },
  }
}

/** The facts of one call. A function of the user's that throws has not said that the call may be repeated. */
export function factsOf({ readOnly, idempotent, facts }: ToolSettings, call: ToolCall): ToolFacts {
  if (typeof readOnly !== 'function' && typeof idempotent !== 'function') return facts
  const reads = holds(readOnly, call) ?? facts.readOnly
  return { ...facts, readOnly: reads, idempotent: (holds(idempotent, call) ?? facts.idempotent) || reads }
}

/** What a function of the user's says of a call; undefined where there is none. */
function holds(said: ToolConfig['readOnly'], call: ToolCall): boolean | undefined {
  if (typeof said !== 'function') return undefined
  try {
    return said(call) === true
  } catch {
    return false
  }
}

/**
 * Whether the layer may make a call by itself (law 5): it changes nothing, or the user lets it. A function of his that
 * throws has not said so.
 */
export function mayInsert(settings: ToolSettings, call: ToolCall): boolean {
  const { never, insertable } = settings
  if (never) return false
  if (factsOf(settings, call).readOnly || insertable === true) return true
  try {
    return typeof insertable === 'function' && insertable(call) === true
  } catch {
    return false
  }
}

/** Whether a call of `later` takes back what a call of `earlier` did, by the user's word. */
export function takesBack(config: LifeHarnessConfig, later: Tool, earlier: Tool): boolean {
  const { compensates = [] } = matchingConfig(config, toolKey(later))
  return compensates.some((pattern) => wildcardMatches(pattern, toolKey(earlier)))
}

/** The user has said of any tool what it takes back. */
export function declaresCompensation({ tools = {} }: LifeHarnessConfig): boolean {
  return Object.values(tools).some(({ compensates = [] }) => compensates.length > 0)
}

function matchingConfig(config: LifeHarnessConfig, key: string): ToolConfig {
  const entries = Object.entries(config.tools ?? {}).filter(([pattern]) => wildcardMatches(pattern, key))
  const specific = entries.sort(([a], [b]) => literalLength(a) - literalLength(b))
  return Object.assign({}, ...specific.map(([, settings]) => settings))
}

function literalLength(pattern: string): number {
  return pattern.replaceAll('*', '').length
}

function wildcardMatches(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text)
}
