import {
  type Episode,
  type Json,
  type LifeHarness,
  LOCAL_ORIGIN,
  type RunResult,
  type ToolCall,
} from '@lifeharness/core'
import { isApproved, type Messages, placeOf } from './conversation.ts'
import { type EpisodeId, episodeOf, givenEpisode, type Memory, memoryOf, remember } from './memory.ts'
import { actedIn, hostCodec, isMcpError, type PromptOutput } from './observe.ts'
import { relay } from './relay.ts'
import { reportInOutput, tellInOutput } from './tell.ts'
import { HOST_ACTIONS } from './turn.ts'
import { checksInput, validateInput } from './validate.ts'

/** What the half at the tools cannot see by itself; all optional. */
export type LifeHarnessToolsOptions = {
  /** The caller's id of the run, as given to the middleware. */
  episode?: EpisodeId
  /**
   * Names of tools that `toolApproval` guards; what it let pass is executed as it is. Tools with `needsApproval`, and
   * calls that the conversation shows as approved, are known without.
   */
  approved?: readonly string[]
  /** Where a tool comes from. Default: `mcp:<client name>` for tools of an MCP client, else `local`. */
  origin?: (name: string) => string | undefined
}

/** What this half needs of a tool; everything else of it is kept as it is. */
type HostTool = {
  execute?: (input: unknown, options: ExecuteOptions) => unknown
  inputSchema?: unknown
  needsApproval?: unknown
  isProviderExecuted?: boolean
  metadata?: { clientName?: unknown; annotations?: ToolCallAnnotations }
  toModelOutput?: (result: unknown) => unknown
}
type ToolCallAnnotations = Record<string, Json>
type ExecuteOptions = { toolCallId: string; messages: Messages; abortSignal?: AbortSignal }

/**
 * The half that sits at the tools: every call of a tool with `execute` goes through the episode. Tools that the client
 * or the provider executes come back untouched.
 */
export function lifeHarnessTools<Tools extends Record<string, object>>(
  lifeHarness: LifeHarness,
  tools: Tools,
  options: LifeHarnessToolsOptions = {},
): Tools {
  const memory = memoryOf(lifeHarness)
  const entries = Object.entries(tools).map(([name, tool]) => [
    name,
    wrapTool(lifeHarness, memory, name, tool, options),
  ])
  return Object.fromEntries(entries) as Tools
}

function wrapTool(
  lifeHarness: LifeHarness,
  memory: Memory,
  name: string,
  tool: HostTool,
  options: LifeHarnessToolsOptions,
): object {
  const { execute } = tool
  if (typeof execute !== 'function' || tool.isProviderExecuted) return tool
  const { annotations } = tool.metadata ?? {}
  const origin = options.origin?.(name) ?? originOf(tool)
  const guarded = Boolean(tool.needsApproval) || (options.approved ?? []).includes(name)
  remember(memory.tools, name, {
    origin,
    inputSchema: tool.inputSchema,
    ...(annotations ? { annotations } : {}),
  })

  /** Runs one call in its episode; `start` executes the tool with the arguments it is given. */
  async function runCall(
    input: unknown,
    host: ExecuteOptions,
    start: (input: unknown) => unknown,
  ): Promise<unknown> {
    const { toolCallId, abortSignal } = host
    let prepared: Awaited<ReturnType<typeof prepare>>
    try {
      prepared = await prepare(input, host)
    } catch (error) {
      lifeHarness.report('ai-sdk execute', error)
      return start(input)
    }
    const { episode, call } = prepared
    let parsed: { of: unknown; value: unknown } | undefined
    const outcome = await episode.run(
      call,
      ({ input: planned }) => {
        if (planned === call.input) return start(input)
        return start(parsed?.of === planned ? parsed?.value : planned)
      },
      {
        host: hostCodec,
        // The host has checked the call before it comes here; extra arguments it leaves out, whatever the contract says.
        accepted: checksInput(tool.inputSchema),
        // What a rewrite means to the tool, only its own schema knows.
        async accepts({ input: planned }) {
          const checked = await validateInput(tool.inputSchema, planned)
          if (checked?.success) parsed = { of: planned, value: checked.value }
          return checked?.success !== false
        },
        ...(abortSignal ? { signal: abortSignal } : {}),
      },
    )
    return handBack(outcome, (told) => tell(memory, toolCallId, told, prepared.toldInPrompt))
  }

  /** The call as the layer knows it, in its episode. */
  async function prepare(
    input: unknown,
    { toolCallId, messages }: ExecuteOptions,
  ): Promise<{ episode: Episode; call: ToolCall; toldInPrompt: boolean }> {
    const record = memory.calls.get(toolCallId)
    const id = givenEpisode(options.episode) ?? record?.episode ?? episodeOf(memory, messages) ?? toolCallId
    const place = record?.call ?? placeOf(messages, toolCallId)
    const call: ToolCall = {
      id: toolCallId,
      tool: { origin, name },
      turn: place.turn,
      index: place.index,
      attempt: 1,
      approved: guarded || isApproved(messages, toolCallId),
      input: await writtenInput(record?.call, tool.inputSchema, input),
    }
    const { call: _, ...known } = record ?? {}
    remember(memory.calls, toolCallId, { ...known, episode: id })
    const episode = lifeHarness.episode({
      id,
      actions: HOST_ACTIONS,
      ...(record?.model ? { model: record.model } : {}),
    })
    return { episode, call, toldInPrompt: record?.toldInPrompt === true }
  }

  return {
    ...tool,
    execute: isGeneratorFunction(execute)
      ? (input: unknown, host: ExecuteOptions) =>
          streamed((pass) =>
            runCall(input, host, async (executed) => {
              let last: unknown
              for await (const value of tool.execute!(executed, host) as AsyncIterable<unknown>) {
                last = value
                await pass(value)
              }
              return last
            }),
          )
      : (input: unknown, host: ExecuteOptions) =>
          runCall(input, host, (executed) => drained(tool.execute!(executed, host))),
    toModelOutput: (result: unknown) => {
      // AI SDK 5 hands over the output alone, and does not wait.
      if (!isCallResult(result)) return tool.toModelOutput?.(result) ?? plainOutput(result)
      return (async () => {
        const { notes = [], edited, report } = memory.told.get(result.toolCallId) ?? {}
        const output = edited === undefined ? result.output : edited
        const shown = await (tool.toModelOutput?.({ ...result, output }) ?? plainOutput(output))
        const told = tellInOutput(
          shown as PromptOutput,
          notes.map((text) => ({ text })),
        )
        return report === undefined ? told : reportInOutput(told, report)
      })()
    },
  }
}

function isCallResult(result: unknown): result is CallResult {
  const members = typeof result === 'object' && result !== null ? Object.keys(result) : []
  return members.length === 3 && ['toolCallId', 'input', 'output'].every((name) => members.includes(name))
}

type CallResult = { toolCallId: string; input: unknown; output: unknown }
type Told = { notes?: readonly string[]; edited?: Json; report?: Json }

/** Keeps what the model shall read in or beside a result until the host asks for it, or for the next prompt. */
function tell(memory: Memory, callId: string, told: Told, inPrompt: boolean): void {
  if (!inPrompt) {
    remember(memory.told, callId, told)
    return
  }
  const { notes = [], edited } = told
  remember(memory.additions, callId, [
    ...(edited === undefined ? [] : [{ text: asText(edited), replaces: true }]),
    ...notes.map((text) => ({ text })),
  ])
}

/** An MCP tool says so by the name of its client, or at least by annotations, which none of the user's own code has. */
function originOf({ metadata = {} }: HostTool): string {
  const { clientName, annotations } = metadata
  if (typeof clientName === 'string') return `mcp:${clientName}`
  return annotations === undefined ? LOCAL_ORIGIN : 'mcp'
}

/**
 * The arguments as the model wrote them, where the host's are only their parsed form: schemas fill in defaults, strip
 * and transform. Where they are something else (the user's own repair), the host's.
 */
async function writtenInput(emitted: ToolCall | undefined, schema: unknown, input: unknown): Promise<Json> {
  const written = emitted?.input
  if (written === undefined || JSON.stringify(written) === JSON.stringify(input))
    return written ?? (input as Json)
  return (await validateInput(schema, written))?.success ? written : (input as Json)
}

/** The host looks for an iterable before it awaits, so only functions that say so beforehand can stream. */
function isGeneratorFunction(execute: object): boolean {
  return Object.prototype.toString.call(execute) === '[object AsyncGeneratorFunction]'
}

async function drained(value: unknown): Promise<unknown> {
  if (typeof (value as AsyncIterable<unknown> | null)?.[Symbol.asyncIterator] !== 'function') return value
  let last: unknown
  for await (const part of value as AsyncIterable<unknown>) last = part
  return last
}

/** A generator whose last value is the final one, as the host expects; it adds one only where the layer changed it. */
async function* streamed(
  start: (pass: (value: unknown) => Promise<void>) => Promise<unknown>,
): AsyncGenerator<unknown> {
  const values = relay(start)
  let last: unknown
  try {
    for (;;) {
      const { done, value } = await values.next()
      if (!done) {
        last = value
        yield value
        continue
      }
      if (value !== last) yield value
      return
    }
  } finally {
    await values.return(undefined)
  }
}

/**
 * Writes a result in the host's form: the host's own objects, unless the layer has something to say. What the model
 * shall read besides is told to it alone: the application goes on finding the result in the shape that it knows.
 */
function handBack(
  { result, thrown, edited, notes, executed, applied }: RunResult,
  tell: (told: Told) => void,
): unknown {
  if (thrown) {
    if (edited === undefined && notes.length === 0) throw result.value
    throw retold(
      result.value,
      [edited === undefined ? result.error?.message : asText(edited), ...notes].join('\n'),
    )
  }
  const { value } = result
  const failed = isMcpError(value)
  const interventions = actedIn(applied)
  if (interventions.length > 0 || notes.length > 0 || edited !== undefined)
    tell({
      ...(notes.length > 0 ? { notes } : {}),
      ...(failed || edited === undefined ? {} : { edited }),
      report: { interventions, executed: executed.input ?? null },
    })
  if (edited === undefined || !failed) return value
  const others = value.content.filter(({ type }) => type !== 'text')
  return { ...value, content: [{ type: 'text', text: asText(edited) }, ...others] }
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The host shows an error to the model as `<name>: <message>`; name and cause stay the tool's own. */
function retold(thrown: unknown, message: string): Error {
  const error = new Error(message, { cause: thrown })
  if (thrown instanceof Error) error.name = thrown.name
  return error
}

/** What the host makes of a result without `toModelOutput`. */
function plainOutput(output: unknown): PromptOutput {
  if (typeof output === 'string') return { type: 'text', value: output }
  const text = JSON.stringify(output)
  return { type: 'json', value: text === undefined ? null : JSON.parse(text) }
}
