import {
  type Context,
  context,
  type MeterProvider,
  metrics,
  ROOT_CONTEXT,
  type TracerProvider,
  trace,
} from '@opentelemetry/api'
import type { Event } from '../event.ts'
import type { Health } from '../learn/health.ts'
import type { LifeHarness } from '../runtime.ts'
import { meteredEvents } from './metrics.ts'
import { recordSpan } from './spans.ts'

export type TelemetryOptions = {
  /** Default: the global ones of `@opentelemetry/api`. */
  tracerProvider?: TracerProvider
  meterProvider?: MeterProvider
  /** Arguments and results, redacted, as attributes of the spans. Default false. */
  content?: boolean
}

export type Telemetry = {
  /** For `createLifeHarness({ observe })`: spans and counters from each event. */
  observe(event: Event): void
  /** For `createLearner({ onHealth })`: gauges of the last report. */
  onHealth(health: Health): void
  /**
   * The same life harness, with its queue and faults read whenever metrics are collected, until it is closed. Its
   * episodes remember the span in which they are begun: the spans of their calls become its children. Without it they
   * are roots.
   */
  instrument(lifeHarness: LifeHarness): LifeHarness
}

/** What is known of an open episode. */
export type EpisodeFacts = { family?: string; agent?: string; parent?: Context }

const SCOPE = '@lifeharness/core'
/** Open episodes that are remembered; the oldest is let go first. */
const EPISODES = 10_000

/**
 * Metrics and spans by the semantic conventions for generative AI, over `@opentelemetry/api` alone. A span is made
 * from the event of its call, off the path of the call, with the times at which it ran.
 */
export function openTelemetry(options: TelemetryOptions = {}): Telemetry {
  const tracer = (options.tracerProvider ?? trace).getTracer(SCOPE)
  const metered = meteredEvents((options.meterProvider ?? metrics).getMeter(SCOPE))
  const episodes = new Map<string, EpisodeFacts>()

  function note(episode: string, facts: EpisodeFacts): void {
    const known = episodes.get(episode)
    if (!known && episodes.size >= EPISODES) episodes.delete(episodes.keys().next().value as string)
    episodes.set(episode, { ...known, ...facts })
  }

  return {
    observe(event) {
      switch (event.type) {
        case 'episode':
          note(event.episode, {
            family: event.family,
            ...(event.agent === undefined ? {} : { agent: event.agent }),
          })
          return
        case 'tool': {
          const facts = episodes.get(event.episode) ?? {}
          recordSpan(tracer, event, facts, facts.parent ?? ROOT_CONTEXT, options.content === true)
          metered.tool(event, facts)
          return
        }
        case 'fault':
          metered.fault(event)
          return
        case 'end':
          episodes.delete(event.episode)
      }
    },
    onHealth: metered.health,
    instrument(lifeHarness) {
      const unwatch = metered.watch(lifeHarness)
      return {
        ...lifeHarness,
        episode(init) {
          const episode = lifeHarness.episode(init)
          if (!episodes.get(episode.id)?.parent) note(episode.id, { parent: context.active() })
          return episode
        },
        close() {
          unwatch()
          return lifeHarness.close()
        },
      }
    },
  }
}
