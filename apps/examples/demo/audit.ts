import { isDeepStrictEqual } from 'node:util'
import type { Event, Store } from '@lifeharness/core'
import type { EpisodeReport, SeenCall } from './agent.ts'

/** What one intervention did, judged by what the model had meant, which the layer never sees. */
export type Deeds = {
  /** Calls on which it acted. */
  fired: number
  /** … that did not fail then; for a hint: the model got the same thing done later. */
  fixed: number
  /** … that were right as the model had written them, or that succeeded with arguments it did not mean. */
  wrong: number
}

type ToolEvent = Extract<Event, { type: 'tool' }>

/** Everything that was recorded of tool calls. */
export async function toolEvents(store: Pick<Store, 'read'>): Promise<ToolEvent[]> {
  const events: ToolEvent[] = []
  let cursor = 0
  for (;;) {
    const before = cursor
    for await (const { seq, event } of store.read(cursor, 1_000)) {
      cursor = seq
      if (event.type === 'tool') events.push(event)
    }
    if (cursor === before) return events
  }
}

/** The deeds of each intervention in these episodes, by id. */
export function audit(reports: readonly EpisodeReport[], events: readonly ToolEvent[]): Map<string, Deeds> {
  const calls = new Map(reports.flatMap((report) => report.calls.map((call) => [call.id, { call, report }])))
  const deeds = new Map<string, Deeds>()
  for (const event of events) {
    const known = calls.get(event.call.id)
    if (!known) continue
    for (const { intervention, arm, action } of event.applied) {
      if (arm !== 'applied') continue
      const own = deeds.get(intervention) ?? { fired: 0, fixed: 0, wrong: 0 }
      deeds.set(intervention, own)
      own.fired++
      const { call, report } = known
      if (action === 'replace-result' ? doneLater(call, report) : action !== 'respond' && !call.failed)
        own.fixed++
      if (action === 'replace-call' && isWrong(call, event)) own.wrong++
      if (action === 'respond' && wouldHaveWorked(call, report)) own.wrong++
    }
  }
  return deeds
}

function isWrong({ written, meant, failed }: SeenCall, { call, executed }: ToolEvent): boolean {
  if (isDeepStrictEqual(written, meant)) return true
  return !failed && !isDeepStrictEqual((executed ?? call).input, meant)
}

/**
 * A call that is blocked has failed the same way before; tools are deterministic, so it could only work now if it was
 * right as written and something else had been done since.
 */
function wouldHaveWorked(call: SeenCall, { calls }: EpisodeReport): boolean {
  const at = calls.indexOf(call)
  const since = calls.slice(0, at).findLastIndex(({ written }) => isDeepStrictEqual(written, call.written))
  const done = calls.slice(since + 1, at).some(({ failed }) => !failed)
  return isDeepStrictEqual(call.written, call.meant) && done
}

/** The model reached the goal of a failed call with a later one. */
function doneLater({ id }: SeenCall, { calls }: EpisodeReport): boolean {
  const goalOf = (other: string) => other.split('/').slice(0, -1).join('/')
  return calls.some((other) => goalOf(other.id) === goalOf(id) && !other.failed)
}
