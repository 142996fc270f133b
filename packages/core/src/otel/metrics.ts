import type { Attributes, Meter, ObservableResult } from '@opentelemetry/api'
import type { Event } from '../event.ts'
import type { Health } from '../learn/health.ts'
import type { LifeHarness } from '../runtime.ts'
import type { EpisodeFacts } from './index.ts'
import { GEN_AI, LIFEHARNESS } from './names.ts'
import { errorTypeOf, type ToolEvent } from './spans.ts'

export type MeteredEvents = {
  tool(event: ToolEvent, facts: EpisodeFacts): void
  fault(event: Extract<Event, { type: 'fault' }>): void
  health(health: Health): void
  watch(lifeHarness: Pick<LifeHarness, 'health'>): () => void
}

/** As the conventions advise for durations of operations, in seconds. */
const BUCKETS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92]

export function meteredEvents(meter: Meter): MeteredEvents {
  const duration = meter.createHistogram(GEN_AI.executeToolDuration, {
    description: 'The duration of a single tool execution.',
    unit: 's',
    advice: { explicitBucketBoundaries: BUCKETS },
  })
  const calls = meter.createCounter('lifeharness.tool.calls', {
    description: 'Tool calls, by outcome.',
    unit: '{call}',
  })
  const failures = meter.createCounter('lifeharness.tool.failures', {
    description: 'Failed tool calls, by category.',
    unit: '{call}',
  })
  const fired = meter.createCounter('lifeharness.interventions.fired', {
    description: 'Calls that an intervention touched, by arm; error.type where the call failed all the same.',
    unit: '{call}',
  })
  const faults = meter.createCounter('lifeharness.faults', {
    description: 'Distinct faults inside the layer, by place.',
    unit: '{fault}',
  })
  const health = healthGauges(meter)
  const watched = watchedQueues(meter)

  return {
    tool(event, { family }) {
      const { call, ms, outcome, applied } = event
      const error = errorTypeOf(event)
      const tool = { [GEN_AI.toolName]: call.tool.name }
      const failed: Attributes = error === undefined ? {} : { [GEN_AI.errorType]: error }
      const model: Attributes = family === undefined ? {} : { [LIFEHARNESS.family]: family }
      duration.record(ms / 1_000, { [GEN_AI.operationName]: GEN_AI.executeTool, ...tool, ...failed })
      calls.add(1, { ...tool, ...model, [LIFEHARNESS.outcome]: outcome })
      if (error !== undefined) failures.add(1, { ...tool, ...model, [LIFEHARNESS.category]: error })
      for (const { intervention, arm } of applied)
        fired.add(1, {
          [LIFEHARNESS.intervention]: intervention,
          [LIFEHARNESS.arm]: arm,
          ...model,
          ...failed,
        })
    },
    fault: ({ where, count = 1 }) => faults.add(count, { [LIFEHARNESS.where]: where }),
    health,
    watch: watched,
  }
}

type Report = (observe: (value: number, attributes?: Attributes) => void, health: Health) => void

const GAUGES: Readonly<Record<string, { unit: string; description: string; report: Report }>> = {
  'lifeharness.interventions.helped': {
    unit: '{episode}',
    description: 'Episodes that went well with an intervention, beyond what its control arm would have.',
    report: (observe, { interventions }) => {
      for (const { intervention, family, helped } of interventions)
        if (helped !== undefined)
          observe(helped, { [LIFEHARNESS.intervention]: intervention, [LIFEHARNESS.family]: family })
    },
  },
  'lifeharness.interventions.harmed': {
    unit: '{episode}',
    description: 'Episodes that went wrong with an intervention, beyond what its control arm would have.',
    report: (observe, { interventions }) => {
      for (const { intervention, family, harmed } of interventions)
        if (harmed !== undefined)
          observe(harmed, { [LIFEHARNESS.intervention]: intervention, [LIFEHARNESS.family]: family })
    },
  },
  'lifeharness.health.covered': {
    unit: '1',
    description: 'Share of the failures that active interventions answer.',
    report: (observe, { covered }) => observe(covered.share),
  },
  'lifeharness.health.unknown': {
    unit: '1',
    description: 'Share of the failures of which no cause is known.',
    report: (observe, { unknown }) => observe(unknown.share),
  },
  'lifeharness.health.unseen': {
    unit: '1',
    description:
      'Estimated share of the failures to come that have a signature never seen, by what follows from it.',
    report: (observe, { signatures, verdict }) =>
      observe(signatures.unseenShare.value, { [LIFEHARNESS.verdict]: verdict.state }),
  },
  'lifeharness.health.new_signatures': {
    unit: '{signature}',
    description: 'Signatures that came up for the first time, per 1,000 failures.',
    report: (observe, { signatures }) => observe(signatures.newPerThousand),
  },
}

/** Gauges of the last health report; nothing before the first. */
function healthGauges(meter: Meter): (health: Health) => void {
  let last: Health | undefined
  for (const [name, { unit, description, report }] of Object.entries(GAUGES))
    meter.createObservableGauge(name, { unit, description }).addCallback((result) => {
      if (last) report((value, attributes) => result.observe(value, attributes), last)
    })
  return (health) => {
    last = health
  }
}

/** Events between the path of a call and the store, over all life harnesses that are watched. */
function watchedQueues(meter: Meter): MeteredEvents['watch'] {
  const queued = meter.createObservableGauge('lifeharness.queue.size', {
    description: 'Events that wait for the store.',
    unit: '{event}',
  })
  const events = meter.createObservableCounter('lifeharness.queue.events', {
    description:
      'Events that the store has taken (written), and that were lost because the queue was full (refused).',
    unit: '{event}',
  })
  const watched = new Set<Pick<LifeHarness, 'health'>>()
  /** What those that were closed had counted: a counter never goes back. */
  const before = { written: 0, refused: 0 }
  const sum = (key: 'queued' | 'written' | 'refused'): number =>
    [...watched].reduce((total, one) => total + one.health().events[key], 0)
  queued.addCallback((result) => result.observe(sum('queued')))
  events.addCallback((result: ObservableResult) => {
    for (const state of ['written', 'refused'] as const)
      result.observe(before[state] + sum(state), { [LIFEHARNESS.state]: state })
  })
  return (lifeHarness) => {
    watched.add(lifeHarness)
    return () => {
      if (!watched.delete(lifeHarness)) return
      const counted = lifeHarness.health().events
      before.written += counted.written
      before.refused += counted.refused
    }
  }
}
