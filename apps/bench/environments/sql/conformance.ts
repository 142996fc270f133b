import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '@lifeharness/core'
import { jsonLines } from '../json-lines.ts'
import type { Conformance } from '../recorded/conformance.ts'
import type { SqlEnvironment } from './index.ts'

type Result = { kind: 'result'; call_id: string; ok: boolean; reward?: number }
type RecordedStep = { kind: 'call'; call_id: string; args: JsonObject | string } | Result
const DIALECT = 'recorded on MySQL'

/** Whether each recorded statement succeeds or fails here too, and whether its rows are judged as they were. */
export async function statementConformance(
  environment: SqlEnvironment,
  data: string,
  source: string,
): Promise<Conformance[]> {
  const file = join(data, 'trajectories', `${source}.jsonl`)
  if (!existsSync(file)) return []
  const outcomes: Conformance = { what: `outcomes in ${source}`, equal: 0, of: 0, because: DIALECT }
  const judgements: Conformance = { what: `judgements in ${source}`, equal: 0, of: 0, because: DIALECT }
  const seeds = new Map(
    environment.tasks.map(({ id }, seed) => [id.replace(/^intercode-sql/, 'spider-dev'), seed]),
  )
  for (const { task_id, steps } of jsonLines<{ task_id: string; steps: RecordedStep[] }>(file)) {
    const seed = seeds.get(task_id)
    if (seed === undefined) continue
    const { tools } = await environment.reset(seed)
    const results = new Map(steps.flatMap((step) => (step.kind === 'result' ? [[step.call_id, step]] : [])))
    for (const step of steps) {
      const recorded = step.kind === 'call' ? results.get(step.call_id) : undefined
      if (step.kind !== 'call' || !recorded || typeof step.args === 'string') continue
      count(outcomes, succeeds(() => tools[0]?.execute(step.args as JsonObject)) === recorded.ok)
      if (recorded.ok && /^\s*select\b/i.test(String(step.args.query)))
        count(judgements, ((await environment.check()) === 1) === (recorded.reward === 1))
    }
  }
  return [outcomes, judgements]
}

function succeeds(execute: () => unknown): boolean {
  try {
    execute()
    return true
  } catch {
    return false
  }
}

function count(into: Conformance, equal: boolean): void {
  into.of++
  if (equal) into.equal++
}
