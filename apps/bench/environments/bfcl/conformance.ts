import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { jsonLines } from '../json-lines.ts'
import { type Conformance, compare } from '../recorded/conformance.ts'
import type { MultiTurnEnvironment } from './index.ts'

type Recorded = { id: string; calls: [call: string, result: string][] }

/** The recorded calls of the solutions, replayed: whole records, and results API by API. */
export function multiTurnConformance(environment: MultiTurnEnvironment, data: string): Conformance[] {
  const file = join(data, 'env', 'bfcl-multi-turn', 'conformance.jsonl')
  if (!existsSync(file)) return []
  const records: Conformance = { what: 'records of solutions', equal: 0, of: 0 }
  const apis = new Map<string, Conformance>()
  const seeds = new Map(environment.tasks.map(({ id }, seed) => [id, seed]))
  for (const { id, calls } of jsonLines<Recorded>(file)) {
    const seed = seeds.get(id)
    if (seed === undefined) continue
    const found = environment.replay(
      seed,
      calls.map(([call]) => call),
    )
    for (const [at, { api, result }] of found.entries()) {
      const [call, expected] = calls[at] as [string, string]
      const conformance = apis.get(api) ?? { what: `results of ${api}`, equal: 0, of: 0 }
      apis.set(api, conformance)
      compare(conformance, expected, result, `${id}, ${call}`)
    }
    const text = (results: string[]) => JSON.stringify(results)
    compare(records, text(calls.map(([, result]) => result)), text(found.map(({ result }) => result)), id)
  }
  return [records, ...[...apis.values()].sort((a, b) => (a.what < b.what ? -1 : 1))]
}
