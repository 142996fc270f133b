import type { Json, JsonObject } from '@lifeharness/core'

/** What an agent is asked to do. Tasks of one template differ in their data only. */
export type EnvironmentTask = {
  id: string
  split: 'train' | 'test'
  template: string
  /** What the agent is told, turn by turn. */
  turns: readonly string[]
}

/** A tool as an agent gets it: the contract that its model sees, and what runs. */
export type EnvironmentTool = {
  name: string
  description: string
  inputSchema: JsonObject
  /** What the tool answers; a text that it reports a failure in is an answer too. Throws as real tools do. */
  execute(input: JsonObject): unknown
}

/**
 * One call of a solution, in the order in which it is made. `prerequisite`: nothing that was asked for, but later calls
 * need it; who is in a hurry leaves it out. `check`: it only looks whether all is well.
 */
export type SolutionCall = { tool: string; input: JsonObject; role?: 'prerequisite' | 'check' }

/**
 * A deterministic world that any agent can run in. `reset` brings it to the start of a task whatever happened before;
 * `check` looks at the state it is in, never at how it came there.
 */
export type Environment = {
  name: string
  /** A seed is an index into these. */
  tasks: readonly EnvironmentTask[]
  /** @throws RangeError where there is no such task. */
  reset(seed: number): Promise<{ task: EnvironmentTask; tools: readonly EnvironmentTool[] }>
  /** From 0 (nothing of what was asked for) to 1 (all of it). */
  check(): Promise<number>
  /** Calls that solve the task from its start. */
  solution(seed: number): readonly SolutionCall[]
  close?(): Promise<void>
}

/** The task of a seed. */
export function taskAt<T>(tasks: readonly T[], seed: number): T {
  const task = tasks[seed]
  if (task === undefined) throw new RangeError(`no task ${seed}; there are ${tasks.length}`)
  return task
}

/** The contract of a function as OpenAI's API and the recordings write it. */
export function contractOf(definition: Json): Omit<EnvironmentTool, 'execute'> {
  const outer = definition as { function?: JsonObject } & JsonObject
  const { name, description, parameters } = outer.function ?? outer
  return {
    name: String(name),
    description: typeof description === 'string' ? description : '',
    inputSchema: (parameters ?? { type: 'object' }) as JsonObject,
  }
}

/** Which tasks are for testing where whole templates are kept for it: those of every third, in the order of the alphabet. */
export function splitByTemplate(
  templates: readonly string[],
): (template: string) => EnvironmentTask['split'] {
  const sorted = [...new Set(templates)].sort()
  return (template) => (sorted.indexOf(template) % 3 === 2 ? 'test' : 'train')
}
