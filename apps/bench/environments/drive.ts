import type { Environment } from './environment.ts'

/** The least and the most that an agent can reach, as shares of the tasks. */
export type Bounds = { tasks: number; templates: number; idle: number; oracle: number }

/**
 * Runs each task twice: an agent that does nothing, and one that makes the calls of the solution.
 * @param every takes each nth task only
 */
export async function bounds(environment: Environment, every = 1): Promise<Bounds> {
  const totals = { idle: 0, oracle: 0 }
  const seeds = [...environment.tasks.keys()].filter((seed) => seed % every === 0)
  for (const seed of seeds) {
    await environment.reset(seed)
    totals.idle += await environment.check()
    const { tools } = await environment.reset(seed)
    for (const { tool, input } of environment.solution(seed))
      await tools.find(({ name }) => name === tool)?.execute(input)
    totals.oracle += await environment.check()
  }
  const tasks = seeds.length
  const templates = new Set(seeds.map((seed) => environment.tasks[seed]?.template)).size
  return { tasks, templates, idle: totals.idle / tasks, oracle: totals.oracle / tasks }
}
