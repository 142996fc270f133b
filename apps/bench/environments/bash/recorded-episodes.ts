import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { jsonLines } from '../json-lines.ts'

export type RecordedCall = { command: string; content: string; ok: boolean }
export type RecordedEpisode = { id: string; task: string; fs: number; calls: RecordedCall[] }
type Step = {
  kind: string
  call_id: string
  args?: { command?: string } | string
  content?: string
  ok?: boolean
}
type Line = { task_id: string; episode_id: string; fs: number; steps: Step[] }

const AGENTS = ['gpt-4', 'gpt-3.5', 'text-davinci-003', 'vicuna']

/** What agents called, and what they were answered. */
export function* recordedEpisodes(data: string): Iterable<RecordedEpisode> {
  for (const agent of AGENTS) {
    const file = join(data, 'trajectories', `intercode-bash-${agent}.jsonl`)
    if (!existsSync(file)) continue
    for (const { episode_id: id, task_id: task, fs, steps } of jsonLines<Line>(file)) {
      const results = new Map(steps.flatMap((step) => (step.kind === 'result' ? [[step.call_id, step]] : [])))
      const calls = steps.flatMap(({ kind, call_id, args }): RecordedCall[] => {
        const result = results.get(call_id)
        const command = typeof args === 'object' ? args.command : args
        if (kind !== 'call' || result?.content === undefined || command === undefined) return []
        return [{ command, content: result.content, ok: result.ok === true }]
      })
      yield { id, task, fs, calls }
    }
  }
}
