import type {
  ActionType,
  Applied,
  Episode,
  Json,
  JsonObject,
  ToolCall,
  ToolContract,
  ToolResult,
} from '@lifeharness/core'
import { LOCAL_ORIGIN, toolResult } from '@lifeharness/core'
import { Ajv, type ValidateFunction } from 'ajv'
import type { EnvironmentTool, SolutionCall } from '../../environments/environment.ts'
import type { VirtualClock } from '../../environments/virtual-clock.ts'
import type { Written } from './habit.ts'

/** What this loop can do for the layer. */
export const ACTIONS: readonly ActionType[] = [
  ...(['replace-tools', 'add-context', 'emit-calls', 'replace-call', 'insert-call'] as const),
  ...(['respond', 'retry', 'replace-result', 'stop'] as const),
]

/** What a turn of the agent takes; an assumption. Programs and requests take what their environment says. */
export const TURN_MS = 4_000

/** A call that really ran, and when it began. */
export type Executed = SolutionCall & { at: number }

/** What came of what an agent wrote. `noCall`: there was no call in it, and the loop takes it for the final answer. */
export type Told =
  | { noCall: true }
  | {
      noCall: false
      /** When it was called. */
      at: number
      failed: boolean
      /** What the tool or the host said, and what the layer said besides. */
      raw: string
      hint: string
      /** Of the layer. */
      applied: readonly Applied[]
      /** All that really ran for it, in order. */
      executed: readonly Executed[]
      /** It could have run as it was written: its host would not have refused it. */
      runnable: boolean
    }

/** A plain tool loop: it checks calls against their contracts as hosts do, and runs them, through the layer if there is one. */
export function hostOf(tools: readonly EnvironmentTool[], clock: VirtualClock, episode?: Episode) {
  const checks = new Map(tools.map(({ name, inputSchema }) => [name, compiled(inputSchema)]))
  let count = 0
  const contracts: ToolContract[] = tools.map(({ name, description, inputSchema }) => ({
    tool: { origin: LOCAL_ORIGIN, name },
    description,
    inputSchema,
  }))
  episode?.presentTools(contracts)

  /** @throws what hosts say of arguments that they refuse, and what the tool throws */
  async function execute(
    call: Pick<ToolCall, 'tool' | 'input' | 'rawInput'>,
    ran: Executed[],
  ): Promise<unknown> {
    const { name } = call.tool
    const problem = refusal(name, call.input)
    if (problem !== undefined) throw new Error(problem)
    const input = call.input as JsonObject
    ran.push({ tool: name, input, at: clock.now() })
    return tools.find((one) => one.name === name)?.execute(input)
  }

  function refusal(name: string, input: Json | undefined): string | undefined {
    const check = checks.get(name)
    if (!check) return `There is no tool ${name}. Tools: ${[...checks.keys()].join(', ')}`
    if (input === undefined) return `Invalid arguments for tool ${name}: no valid JSON`
    if (check(input)) return undefined
    const issues = check.errors?.map(({ instancePath, message, params }) => {
      const named = params.additionalProperty ?? params.allowedValues
      return `${instancePath || 'arguments'} ${message}${named === undefined ? '' : `: ${named}`}`
    })
    return `Invalid arguments for tool ${name}: ${issues?.join('; ')}`
  }

  async function call(emitted: ToolCall): Promise<Told> {
    const runnable = refusal(emitted.tool.name, emitted.input) === undefined
    const ran: Executed[] = []
    const at = clock.now()
    if (!episode) {
      const result = await attempt(() => execute(emitted, ran))
      const raw = textOf(result.view())
      const failed = isFailure(result)
      return { noCall: false, at, failed, raw, hint: '', applied: [], executed: ran, runnable }
    }
    const repaired = episode.repairEmitted(emitted)
    const { result, edited, answered, notes, applied } = await episode.run(repaired.call, (one) =>
      execute(one, ran),
    )
    const raw = answered ? '' : textOf(result.view())
    const shown = edited === undefined ? raw : textOf(edited)
    return {
      ...{ noCall: false, at, failed: isFailure(result), raw, executed: ran, runnable },
      hint: [withoutStart(shown, raw), ...notes].join('\n').trim(),
      // What was repaired where it was emitted is told again by the run.
      applied: applied.concat(repaired.applied.filter((record) => !applied.includes(record))),
    }
  }

  return {
    async run(written: Written, turn: number): Promise<Told> {
      clock.advance(TURN_MS)
      const place = { id: `call-${++count}`, turn, index: 0 }
      if ('text' in written) {
        const [rescued] = episode?.rescueText(written.text, place).calls ?? []
        return rescued ? call(rescued) : { noCall: true }
      }
      const tool = { origin: LOCAL_ORIGIN, name: written.tool }
      const given = 'input' in written ? { input: written.input } : parsed(written.rawInput)
      return call({ ...place, tool, attempt: 1, approved: false, ...given })
    },
  }
}

async function attempt(execute: () => Promise<unknown>): Promise<ToolResult> {
  try {
    return toolResult('ok', await execute())
  } catch (error) {
    return toolResult('error', error)
  }
}

/** Arguments as hosts read them. */
function parsed(text: string): { input: Json } | { rawInput: string } {
  try {
    return { input: JSON.parse(text) as Json }
  } catch {
    return { rawInput: text }
  }
}

/** What any agent takes for a failure: an error, an exit code, a status, a word of the envelope. */
export function isFailure(result: ToolResult): boolean {
  if (result.outcome !== 'ok') return true
  const view = result.view()
  if (typeof view === 'string') return saysFailure(view)
  if (view === null || typeof view !== 'object' || Array.isArray(view)) return false
  const { exitCode, status, isError, ok } = view
  return (
    (exitCode !== undefined && exitCode !== 0) || Number(status) >= 400 || isError === true || ok === false
  )
}

/** Tools that answer in texts say it in the first word, or in a JSON object of one member. */
function saysFailure(text: string): boolean {
  return /^(?:Error\b|\{"error":(?! ?null))/.test(text)
}

function textOf(view: Json): string {
  return typeof view === 'string' ? view : JSON.stringify(view)
}

function withoutStart(text: string, start: string): string {
  let at = 0
  while (at < text.length && text[at] === start[at]) at++
  return text.slice(at)
}

const ajv = new Ajv({ allErrors: true, strict: false })

const checksBySchema = new Map<string, ValidateFunction>()

/** The tools of each episode are new objects with the same contracts. */
function compiled(schema: JsonObject): ValidateFunction {
  const key = JSON.stringify(schema)
  const check = checksBySchema.get(key) ?? ajv.compile(schema)
  checksBySchema.set(key, check)
  return check
}
