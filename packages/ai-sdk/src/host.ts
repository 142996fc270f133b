/**
 * What is used of the host at the model. Structural on purpose: the provider specifications 2, 3 and 4 of the AI SDK 5,
 * 6 and 7 differ in type, hardly in these members.
 */
export type Prompt = readonly { role: string; content: string | readonly Part[] }[]

export type Params = {
  prompt: Prompt
  tools?: readonly ShownTool[] | undefined
  toolChoice?: { type: string } | undefined
  providerOptions?: Record<string, Record<string, unknown>> | undefined
}

/** A tool as the model is shown it. */
export type ShownTool = { type: string; name: string; description?: string; inputSchema?: unknown }

export type Model = { provider: string; modelId: string; specificationVersion?: string }

/** AI SDK 5 does not say of which call a result is when it asks what the model shall read of it. */
export function asksWithoutCall({ specificationVersion }: Model): boolean {
  return specificationVersion === 'v2'
}

/** A part of a prompt, of an answer or of a stream. */
export type Part = {
  type: string
  toolCallId?: string
  toolName?: string
  /** Of an emitted call: text. Of a call in a prompt: a value. */
  input?: unknown
  output?: unknown
  result?: unknown
  isError?: boolean
  providerExecuted?: boolean
  providerMetadata?: Record<string, unknown> | undefined
  approvalId?: string
  approved?: boolean
  text?: string
  /** In streams. */
  id?: string
  delta?: string
  modelId?: string
  finishReason?: FinishReason
  usage?: Usage
}

export type EmittedCall = Part & { type: 'tool-call'; toolCallId: string; toolName: string; input: string }

/** Before specification 3 a mere word. */
export type FinishReason = string | { unified: string; raw: string | undefined }

type Tokens = number | { total: number | undefined } | undefined
/** Before specification 3 mere numbers. */
export type Usage = { inputTokens?: Tokens; outputTokens?: Tokens }

export type Answer = {
  content: readonly Part[]
  finishReason: FinishReason
  usage: Usage
  response?: { modelId?: string | undefined } | undefined
}

export type HostStream = { stream: ReadableStream<Part> }

export function isEmittedCall(part: Part): part is EmittedCall {
  return part.type === 'tool-call'
}

export function reasonOf(finishReason: FinishReason | undefined): string {
  return typeof finishReason === 'object' ? finishReason.unified : (finishReason ?? 'unknown')
}

/** The host executes the calls of a turn that ended in one of these ways only. */
export function allowsExecution(finishReason: FinishReason | undefined): boolean {
  const reason = reasonOf(finishReason)
  return reason === 'stop' || reason === 'tool-calls'
}

/** The reason of a turn that made calls after all. */
export function withCalls(finishReason: FinishReason): FinishReason {
  return typeof finishReason === 'object' ? { ...finishReason, unified: 'tool-calls' } : 'tool-calls'
}

export function tokenCounts(usage: Usage | undefined): { inputTokens?: number; outputTokens?: number } {
  const counts: { inputTokens?: number; outputTokens?: number } = {}
  for (const name of ['inputTokens', 'outputTokens'] as const) {
    const tokens = usage?.[name]
    const total = typeof tokens === 'object' ? tokens.total : tokens
    if (total !== undefined) counts[name] = total
  }
  return counts
}
