import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json, JsonObject } from '@lifeharness/core'
import {
  contractOf,
  type Environment,
  type EnvironmentTask,
  type SolutionCall,
  taskAt,
} from '../environment.ts'
import { jsonLines } from '../json-lines.ts'
import { type PyObject, parsePython, reprOfState } from './python-json.ts'
import { Tables } from './tables.ts'

/** A task as it is recorded, with what its solution was recorded to give. */
export type DeskTask = EnvironmentTask & {
  solution: readonly SolutionCall[]
  /** SHA-1 of each result of the solution, cut to 12 digits. */
  resultHashes?: readonly string[]
  /** SHA-256 of the tables after the solution. */
  stateHash?: string
}

export type ServiceDesk = Environment & {
  tasks: readonly DeskTask[]
  /** Tasks that change nothing: their end looks like their start, so they are replayed and never scored. */
  readOnly: readonly DeskTask[]
  /** The results of calls that are made from the start of the world, one after the other. */
  replay(calls: readonly SolutionCall[]): string[]
  /** SHA-256 of the state now, as the recordings have it. */
  stateHash(): string
}

/** A tool of a desk: it may change the tables. */
export type DeskTool = (data: never, input: never) => string

type RecordedTask = {
  split: string
  task_id: number
  instruction: string
  actions: { tool: string; args: JsonObject }[]
  action_results_sha1?: string[]
  gt_data_sha256?: string
}

/**
 * A recorded service desk: tables, tasks and contracts are read from `data`, the tools are written here. Undefined where
 * the recordings are not there.
 */
export function serviceDesk(
  name: string,
  data: string,
  tableNames: readonly string[],
  implementations: Readonly<Record<string, DeskTool>>,
): ServiceDesk | undefined {
  const folder = join(data, 'env', name)
  if (!existsSync(folder)) return undefined
  const read = (table: string) => parsePython(readFileSync(join(folder, `${table}.json`), 'utf8'))
  const tables = new Tables(Object.fromEntries(tableNames.map((table) => [table, read(table)])) as PyObject)
  const contracts = JSON.parse(readFileSync(join(data, 'tools', `${name}.json`), 'utf8')) as Json[]
  const run = (tool: string, input: JsonObject): string => {
    const implementation = implementations[tool]
    if (!implementation) return `Error: Unknown tool ${tool}`
    return implementation(tables.data as never, parsePython(JSON.stringify(input)) as never)
  }
  /** What the solution changes; the world is left at its start. */
  const goalOf = ({ solution }: DeskTask): string => {
    tables.reset()
    for (const { tool, input } of solution) run(tool, input)
    const goal = tables.difference()
    tables.reset()
    return goal
  }
  const goals = new Map<DeskTask, string>()
  for (const recorded of jsonLines<RecordedTask>(join(folder, 'tasks.jsonl'))) {
    const task = taskOf(name, recorded)
    goals.set(task, goalOf(task))
  }
  const tasks = [...goals.keys()].filter((task) => goals.get(task) !== '')
  let current: DeskTask | undefined
  return {
    name,
    tasks,
    readOnly: [...goals.keys()].filter((task) => goals.get(task) === ''),
    async reset(seed) {
      current = taskAt(tasks, seed)
      tables.reset()
      const tools = contracts.map(contractOf).map((contract) => ({
        ...contract,
        execute: (input: JsonObject) => run(contract.name, input),
      }))
      return { task: current, tools }
    },
    async check() {
      return current && tables.difference() === goals.get(current) ? 1 : 0
    },
    solution: (seed) => taskAt(tasks, seed).solution,
    replay(calls) {
      tables.reset()
      return calls.map(({ tool, input }) => run(tool, input))
    },
    stateHash: () => createHash('sha256').update(reprOfState(tables.data)).digest('hex'),
  }
}

function taskOf(name: string, task: RecordedTask): DeskTask {
  const { split, task_id, instruction, actions, action_results_sha1, gt_data_sha256 } = task
  return {
    id: `${name}-${split}-${task_id}`,
    split: split === 'test' ? 'test' : 'train',
    template: [...new Set(actions.map(({ tool }) => tool))].join(' '),
    turns: [instruction],
    solution: actions.map(({ tool, args }) => ({ tool, input: args })),
    ...(action_results_sha1 && { resultHashes: action_results_sha1 }),
    ...(gt_data_sha256 && { stateHash: gt_data_sha256 }),
  }
}
