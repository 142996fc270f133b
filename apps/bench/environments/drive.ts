import type { Environment } from './environment.ts'

/** The least and the most that an agent can reach, as shares of the tasks. */
export type Bounds = { tasks: number; templates: number; idle: number; oracle: number }

/** Runs each task twice: an agent that does nothing, and one that makes the calls of the solution. */
export async function bounds(environment: Environment): Promise<Bounds> {
  const totals = { idle: 0, oracle: 0 }
  for (const seed of environment.tasks.keys()) {
    await environment.reset(seed)
    totals.idle += await environment.check()
    const { tools } = await environment.reset(seed)
    for (const { tool, input } of environment.solution(seed))
      await tools.find(({ name }) => name === tool)?.execute(input)
    totals.oracle += await environment.check()
  }
  const tasks = environment.tasks.length
  const templates = new Set(environment.tasks.map(({ template }) => template)).size
  return { tasks, templates, idle: totals.idle / tasks, oracle: totals.oracle / tasks }
}
