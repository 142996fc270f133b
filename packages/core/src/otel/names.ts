/**
 * The names of the GenAI semantic conventions that are used here (github.com/open-telemetry/semantic-conventions-genai:
 * the span `gen_ai.execute_tool` and the metric `gen_ai.execute_tool.duration`), and of `error.type`. They are written
 * out because the conventions are in development: what is sent changes when this file does, not when a package is
 * upgraded. A test holds them against the published constants.
 */
export const GEN_AI = {
  operationName: 'gen_ai.operation.name',
  executeTool: 'execute_tool',
  toolName: 'gen_ai.tool.name',
  toolType: 'gen_ai.tool.type',
  toolCallId: 'gen_ai.tool.call.id',
  toolCallArguments: 'gen_ai.tool.call.arguments',
  toolCallResult: 'gen_ai.tool.call.result',
  agentName: 'gen_ai.agent.name',
  errorType: 'error.type',
  otherError: '_OTHER',
  executeToolDuration: 'gen_ai.execute_tool.duration',
} as const

/** Attributes of our own. */
export const LIFEHARNESS = {
  episode: 'lifeharness.episode.id',
  family: 'lifeharness.model_family',
  origin: 'lifeharness.tool.origin',
  outcome: 'lifeharness.outcome',
  attempt: 'lifeharness.attempt',
  category: 'lifeharness.failure.category',
  signature: 'lifeharness.failure.signature',
  dead: 'lifeharness.call.dead',
  intervention: 'lifeharness.intervention.id',
  arm: 'lifeharness.intervention.arm',
  action: 'lifeharness.intervention.action',
  where: 'lifeharness.fault.where',
  state: 'lifeharness.event.state',
  verdict: 'lifeharness.health.state',
} as const
