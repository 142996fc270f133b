// Every inducer, one by one: taught what makes it propose, among recordings in which some of the calls that it would
// edit succeeded as they were.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toolSettings } from '../config.ts'
import type { Draft, Kind } from '../intervention.ts'
import { builtinKinds, renameArgument } from '../interventions/index.ts'
import { canonicalJson, type JsonObject } from '../json.ts'
import { toolKey } from '../tool.ts'
import { type ToolCall, type Trajectory, toolResult } from '../trajectory.ts'
import { draftOf } from './draft.ts'
import { defineInducer, type Inducer } from './evidence.ts'
import { builtinInducers } from './inducers/index.ts'
import { draftsFrom, good, LESSONS, type Lesson, recorded } from './lessons.test.support.ts'
import { episode, failed } from './recording.test.support.ts'
import { noMemory, replayable } from './replay.ts'

/** What an inducer proposed that it must not: drafts that act on a recorded success, or on what they made themselves. */
function breachesOf(
  drafts: readonly Draft[],
  trajectories: readonly Trajectory[],
  kinds: readonly Kind[] = builtinKinds,
): string[] {
  const breaches: string[] = []
  for (const draft of drafts) {
    const kind = kinds.find((one) => one.kind === draft.kind)
    if (!kind) throw new Error(`no kind ${draft.kind}`)
    const one = replayable(draft, kind)
    for (const { steps, contracts } of trajectories) {
      const memory = noMemory()
      for (const step of steps) {
        if (step.type !== 'tool') continue
        const known = contracts.find(({ tool }) => toolKey(tool) === toolKey(step.call.tool))
        const ask = (call: ToolCall) =>
          one.ask({
            call,
            ...{ result: toolResult('ok', null), failure: undefined, memory, contracts },
            ...{ contract: known, settings: toolSettings({}, call.tool, known) },
          })
        const action = ask(step.call)
        const again = action?.type === 'replace-call' && ask(action.call)
        memory.add(step)
        // A call before or beside it leaves the call as it is; what a success was preceded by, only replay knows.
        if (!action || action.type === 'insert-call') continue
        const told = `${draft.origin.inducer}: ${canonicalJson(draft.options)} at ${canonicalJson(step.call.input)}`
        if (step.result.outcome === 'ok') breaches.push(`${told}, which succeeded`)
        if (again) breaches.push(`${told}, twice`)
      }
    }
  }
  return breaches
}

/** The lesson, and episodes in which its calls succeed and fail at random. */
function recordingOf({ episodes, calls, contracts = [] }: Lesson): fc.Arbitrary<Trajectory[]> {
  const call = fc
    .tuple(fc.constantFrom(...calls), fc.boolean())
    .map(([input, succeeds]) => (succeeds ? good(input) : failed(input, 'refused')))
  const others = fc.array(fc.array(call, { minLength: 1, maxLength: 4 }), { maxLength: 4 })
  return others.map((more) =>
    [...episodes, ...more].map((written, index) => episode(`e${index}`, written, { contracts })),
  )
}

describe('every inducer', () => {
  it('has a lesson', () => {
    expect(Object.keys(LESSONS).sort()).toEqual(builtinInducers.map(({ name }) => name).sort())
  })

  it.each(builtinInducers.map((inducer) => [inducer.name, inducer] as const))(
    '%s proposes nothing that acts on a call which succeeded, or on its own output',
    async (name, inducer) => {
      let proposed = 0
      await fc.assert(
        fc.asyncProperty(recordingOf(LESSONS[name] as Lesson), async (trajectories) => {
          const drafts = await draftsFrom(inducer, trajectories)
          proposed += drafts.length
          expect(breachesOf(drafts, trajectories)).toEqual([])
        }),
        { seed: 1, numRuns: 60, examples: [[recorded(LESSONS[name] as Lesson)]] },
      )
      expect(proposed).toBeGreaterThan(0)
    },
  )

  it('would be found out: one that does not ask the successes, and one that does not know its own output', async () => {
    const careless = (kind: string, options: JsonObject) =>
      defineInducer({
        name: 'careless',
        *propose(evidence) {
          const covered = evidence.failures.map((failed) => ({ failed, paired: false }))
          if (covered.length > 0) yield draftOf(evidence, { inducer: 'careless', kind, options, covered })
        },
      })
    const calls = [[failed({ name: 'a' }, 'refused')], [good({ name: 'b' })]]
    const trajectories = recorded({ episodes: calls, calls: [] })
    const breaches = async (inducer: Inducer) =>
      breachesOf(await draftsFrom(inducer, trajectories), trajectories)
    expect(await breaches(careless('rename-argument', { from: '/name', to: '/title' }))).toEqual([
      'careless: {"from":"/name","to":"/title"} at {"name":"b"}, which succeeded',
    ])
    const louder: Kind = {
      ...renameArgument,
      kind: 'louder',
      options: {},
      compile:
        () =>
        ({ call }) => ({
          type: 'replace-call',
          call: { ...call, input: { name: `${(call.input as JsonObject).name}!` } },
        }),
    }
    const drafts = await draftsFrom(careless('louder', {}), trajectories.slice(0, 1))
    expect(breachesOf(drafts, trajectories.slice(0, 1), [louder])).toEqual([
      'careless: {} at {"name":"a"}, twice',
    ])
  })
})
