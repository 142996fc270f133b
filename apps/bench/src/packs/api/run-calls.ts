import { isDeepStrictEqual } from 'node:util'
import type { Applied, Intervention, Json, JsonObject, ToolCall } from '@lifeharness/core'
import { errorFacts, toolResult } from '@lifeharness/core'
import { venueServer } from '../../../environments/api/server.ts'
import { newWorld, type World, type WorldOptions } from '../../../environments/api/state.ts'
import { venueTools } from '../../../environments/api/tools.ts'
import { judged } from '../../../environments/api/venue.ts'
import type { EnvironmentTool } from '../../../environments/environment.ts'
import { localServer } from '../../errors/local-server.ts'
import { venueLayer } from './venue-layer.ts'

export type Called = readonly [tool: string, input: JsonObject]

export type Course = {
  before?: readonly Called[]
  call: Called
  options?: WorldOptions
  /** What is done to the server before the call. */
  prepare?(world: World): void
  /** The tools have a key that the server does not take. */
  locked?: true
}

/** What came of the last call of a course. */
export type Ran = {
  failed: boolean
  /** What the tool answered or threw, without what says when it did. */
  answer: Json
  /** What the model was told besides. */
  told: string
  executed: readonly Called[]
  applied: readonly Applied[]
  /** The venue afterwards. */
  state: string
}

/** A venue of its own for each course, one server for all. */
export async function courseRunner(interventions: readonly Intervention[]) {
  let world = newWorld('none')
  const server = await localServer(venueServer(() => world))
  const faults: string[] = []
  let count = 0

  async function run(
    { before = [], call, options = {}, prepare, locked }: Course,
    layered: boolean,
  ): Promise<Ran> {
    world = newWorld(`key-${++count}`, options)
    const tools = venueTools(locked ? { ...world, key: 'another' } : world, server.url)
    const layer = layered
      ? await venueLayer(interventions, world.clock, (where, error) => faults.push(`${where}: ${error}`))
      : undefined
    const episode = layer?.episode({ id: `course-${count}` })
    episode?.presentTools(
      tools.map(({ name, description, inputSchema }) => {
        return { tool: { origin: 'local', name }, description, inputSchema }
      }),
    )
    let executed: Called[] = []
    const execute = ({ tool, input }: Pick<ToolCall, 'tool' | 'input'>) => {
      executed.push([tool.name, input as JsonObject])
      return toolOf(tools, tool.name).execute(input as JsonObject)
    }
    const perform = async ([name, input]: Called, turn: number) => {
      const one: ToolCall = {
        ...{ id: `call-${turn}`, tool: { origin: 'local', name }, turn, index: 0, attempt: 1 },
        ...{ approved: false, input },
      }
      if (episode) return episode.run(episode.repairEmitted(one).call, execute)
      try {
        return { result: toolResult('ok', await execute(one)), notes: [], applied: [], edited: undefined }
      } catch (error) {
        const facts = errorFacts(error)
        const result = toolResult('error', error, { error: facts, view: () => facts.message })
        return { result, notes: [], applied: [], edited: undefined }
      }
    }
    for (const [turn, one] of before.entries()) await perform(one, turn)
    prepare?.(world)
    executed = []
    const { result, edited, notes, applied } = await perform(call, before.length)
    const view = result.view()
    const shown = edited === undefined ? '' : typeof edited === 'string' ? edited : JSON.stringify(edited)
    await layer?.close()
    return {
      failed: result.outcome === 'error' || isRefusal(view),
      answer: withoutTime(view),
      told: [shown, ...notes].join('\n').trim(),
      executed: [...executed],
      applied: applied.filter(({ arm }) => arm === 'applied'),
      state: judged(world.venue),
    }
  }

  return { run, faults, close: server.close }
}

/** Whether two courses left the model and the venue with the same. */
export function sameEnd(a: Ran, b: Ran): boolean {
  return a.state === b.state && isDeepStrictEqual(a.answer, b.answer)
}

function toolOf(tools: readonly EnvironmentTool[], name: string): EnvironmentTool {
  const tool = tools.find((one) => one.name === name)
  if (!tool) throw new Error(`there is no tool ${name}`)
  return tool
}

function isRefusal(view: Json): boolean {
  const { status, body, errors } = (view ?? {}) as {
    status?: number
    body?: { errors?: Json }
    errors?: Json
  }
  return Number(status) >= 400 || errors !== undefined || body?.errors !== undefined
}

/** An answer says when it was made or until when it holds, and whether it was made for an earlier request. */
function withoutTime(view: Json): Json {
  if (typeof view !== 'object' || view === null || Array.isArray(view)) return view
  const { date: _, 'idempotent-replayed': __, until: ___, ...rest } = view
  return Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name,
      name === 'headers' || name === 'body' ? withoutTime(value) : value,
    ]),
  )
}
