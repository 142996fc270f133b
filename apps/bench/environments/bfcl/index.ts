import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json, JsonObject } from '@lifeharness/core'
import { type Environment, type EnvironmentTask, type SolutionCall, taskAt } from '../environment.ts'
import { type PyObject, parsePython, toJson } from '../recorded/python-json.ts'
import { parseCall } from './python-call.ts'
import { namedArguments, openWorld, readContracts, type World } from './world.ts'

export type MultiTurnTask = EnvironmentTask & {
  /** The APIs whose tools there are, except for those in `excluded`. */
  apis: readonly string[]
  excluded: readonly string[]
  /** Tools that are meant to be missing until the turn of that number. */
  withheld: Readonly<Record<string, readonly string[]>>
}
export type MultiTurnEnvironment = Omit<Environment, 'tasks'> & {
  tasks: readonly MultiTurnTask[]
  /** What calls as Python writes them answer from the start of a task; each with the API that answers. */
  replay(seed: number, calls: readonly string[]): { api: string; result: string }[]
}

type RecordedTask = {
  id: string
  question: { content: string }[][]
  initial_config: PyObject
  involved_classes: string[]
  excluded_function?: string[]
  missed_function?: Record<string, string[]>
  ground_truth: string[][]
}
const FILES = ['base', 'miss_func', 'miss_param']
/** A turn in which nobody asks for anything: tools are added instead. */
const MORE_TOOLS = 'There are more tools now. Please go on with them.'

/**
 * Tasks of several turns over stateful APIs. One is solved when all APIs are in the state that the solution leaves, and
 * all that the solution was answered has been answered. Undefined where the recordings are not there.
 */
export function multiTurnEnvironment(data: string): MultiTurnEnvironment | undefined {
  const folder = join(data, 'env', 'bfcl-multi-turn')
  if (!existsSync(folder)) return undefined
  const contracts = readContracts(
    JSON.parse(readFileSync(join(data, 'tools', 'bfcl-multi-turn.json'), 'utf8')) as Record<string, Json[]>,
  )
  const recorded = FILES.flatMap((file) => linesOf(join(folder, `${file}.jsonl`)))
  const tasks = recorded.map(taskOf)
  const open = (seed: number): World => {
    const { involved_classes, initial_config } = taskAt(recorded, seed)
    return openWorld(contracts, involved_classes, initial_config)
  }
  const parsed = (source: string) => {
    const call = parseCall(source)
    return { tool: call.tool, input: namedArguments(call, contracts) }
  }
  const answers = (world: World, calls: readonly string[]) =>
    calls.map(parsed).map(({ tool, input }) => world.call(tool, input))
  let current: { seed: number; world: World; results: Set<string> } | undefined
  return {
    name: 'bfcl-multi-turn',
    tasks,
    async reset(seed) {
      const task = taskAt(tasks, seed)
      const [world, results] = [open(seed), new Set<string>()]
      current = { seed, world, results }
      const offered = [...contracts.values()].filter(
        ({ api, name }) => task.apis.includes(api) && !task.excluded.includes(name),
      )
      const tools = offered.map(({ name, description, inputSchema }) => ({
        name,
        description,
        inputSchema,
        execute(input: JsonObject) {
          const result = world.call(name, parsePython(JSON.stringify(input)) as PyObject)
          results.add(result)
          return result
        },
      }))
      return { task, tools }
    },
    async check() {
      if (!current) return 0
      const { seed, world, results } = current
      const solved = open(seed)
      const wanted = answers(solved, taskAt(recorded, seed).ground_truth.flat())
      return world.state() === solved.state() && wanted.every((result) => results.has(result)) ? 1 : 0
    },
    solution: (seed) =>
      taskAt(recorded, seed)
        .ground_truth.flat()
        .map(parsed)
        .map(({ tool, input }): SolutionCall => ({ tool, input: toJson(input) as JsonObject })),
    replay(seed, calls) {
      const world = open(seed)
      return answers(world, calls).map((result, at) => {
        const { tool } = parseCall(calls[at] as string)
        return { api: contracts.get(tool)?.api ?? tool, result }
      })
    },
  }
}

function linesOf(file: string): RecordedTask[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => parsePython(line) as unknown as RecordedTask)
}

function taskOf(task: RecordedTask): MultiTurnTask {
  const { id, question, involved_classes, excluded_function = [], missed_function = {}, ground_truth } = task
  const tools = ground_truth.flat().map((source) => parseCall(source).tool)
  // The three files pose the same tasks in different words: a task is for testing in all of them or in none.
  const number = Number(id.slice(id.lastIndexOf('_') + 1))
  return {
    id,
    split: Math.floor(number / 2) % 3 === 2 ? 'test' : 'train',
    template: [...new Set(tools)].join(' '),
    turns: question.map((messages) => messages.map(({ content }) => content).join('\n') || MORE_TOOLS),
    apis: involved_classes,
    excluded: excluded_function,
    withheld: Object.fromEntries(
      Object.entries(missed_function).map(([turn, names]) => [turn.replace('\0', ''), names]),
    ),
  }
}
