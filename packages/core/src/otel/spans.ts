import { type Attributes, type Context, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api'
import type { Event } from '../event.ts'
import type { Json } from '../json.ts'
import { LOCAL_ORIGIN } from '../tool.ts'
import type { EpisodeFacts } from './index.ts'
import { GEN_AI, LIFEHARNESS } from './names.ts'

export type ToolEvent = Extract<Event, { type: 'tool' }>

/** The span of one tool call that is over. */
export function recordSpan(
  tracer: Tracer,
  event: ToolEvent,
  facts: EpisodeFacts,
  parent: Context,
  content: boolean,
): void {
  const { call, at, ms, applied } = event
  const span = tracer.startSpan(
    `${GEN_AI.executeTool} ${call.tool.name}`,
    {
      kind: SpanKind.INTERNAL,
      startTime: at - ms,
      attributes: { ...attributesOf(event, facts), ...(content ? contentOf(event) : {}) },
    },
    parent,
  )
  for (const { intervention, arm, action, dead } of applied)
    span.addEvent(
      'lifeharness.intervention',
      {
        [LIFEHARNESS.intervention]: intervention,
        [LIFEHARNESS.arm]: arm,
        [LIFEHARNESS.action]: action,
        [LIFEHARNESS.dead]: dead,
      },
      at,
    )
  const error = errorTypeOf(event)
  if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error })
  span.end(at)
}

/** Of few different values: the category of the failure. Undefined where the call did what it should. */
export function errorTypeOf({ failure, outcome }: ToolEvent): string | undefined {
  if (failure) return failure.expectedNegative ? undefined : failure.category
  return outcome === 'error' ? GEN_AI.otherError : undefined
}

function attributesOf(event: ToolEvent, { family, agent }: EpisodeFacts): Attributes {
  const { call, executed = call, outcome, failure, episode } = event
  const error = errorTypeOf(event)
  return {
    [GEN_AI.operationName]: GEN_AI.executeTool,
    [GEN_AI.toolName]: call.tool.name,
    // What runs in this process is a function; what a server runs is an extension.
    [GEN_AI.toolType]: call.tool.origin === LOCAL_ORIGIN ? 'function' : 'extension',
    [GEN_AI.toolCallId]: call.id,
    ...(agent === undefined ? {} : { [GEN_AI.agentName]: agent }),
    ...(error === undefined ? {} : { [GEN_AI.errorType]: error }),
    [LIFEHARNESS.episode]: episode,
    ...(family === undefined ? {} : { [LIFEHARNESS.family]: family }),
    [LIFEHARNESS.origin]: call.tool.origin,
    [LIFEHARNESS.outcome]: outcome,
    [LIFEHARNESS.attempt]: executed.attempt,
    ...(failure && error !== undefined ? { [LIFEHARNESS.signature]: failure.signature } : {}),
  }
}

function contentOf({ call, executed = call, view }: ToolEvent): Attributes {
  return {
    [GEN_AI.toolCallArguments]: executed.rawInput ?? text(executed.input ?? null),
    [GEN_AI.toolCallResult]: text(view),
  }
}

function text(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
