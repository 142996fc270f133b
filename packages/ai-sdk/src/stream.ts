import { allowsExecution, type EmittedCall, isEmittedCall, type Part, withCalls } from './host.ts'
import type { ModelTurn, Noted } from './turn.ts'

/** A call that waits for the reason with which the turn ends: nobody executes one that was cut off. */
type Waiting = { noted: Noted; inputs: readonly Part[]; passed: boolean }

/** A block of text. `held`: its parts from where it may be a call; undefined while it passes. */
type Block = { id: string; text: string; begun: boolean; held: Part[] | undefined }

/** What a call that is written as text begins with, in one dialect or another. */
const MAY_BE_CALL = /[<[{`(]|>>>|functools|\bact(?:ion)?\b/i
/** Text that is looked at, in characters. */
const MAX_TEXT = 65_536

/**
 * A stream in which dead calls are repaired and calls written as text are rescued. Parts pass one by one as they are,
 * but for the input of tools whose dead calls may come out repaired, which is held until the call is whole, and for
 * text from where it may be a call, while something may make a call of it. What is held and stays as it is comes out
 * as it came in.
 */
export function repairedStream(
  stream: ReadableStream<Part>,
  turnOf: () => ModelTurn,
  onFault: (error: unknown) => void,
): ReadableStream<Part> {
  const inputs = new Map<string, Part[]>()
  const waiting: Waiting[] = []
  const blocks = new Map<string, Block>()
  let turn: ModelTurn | undefined
  let rescues: boolean | undefined
  let modelId: string | undefined
  /** After a fault of our own: everything passes. */
  let broken = false

  type Out = Pick<TransformStreamDefaultController<Part>, 'enqueue'>

  /** Waits only where the host's own check, or the end of the turn, is asked for; all else passes in the same moment. */
  function pass(part: Part, out: Out): Promise<void> | undefined {
    turn ??= turnOf()
    if (part.type === 'finish') return finish(turn, part, out)
    if (isEmittedCall(part)) return passCall(turn, part, out)
    if (part.type.startsWith('text-')) passText(turn, part, out)
    else passPart(turn, part, out)
    return undefined
  }

  function passPart(turn: ModelTurn, part: Part, out: Out): void {
    const { type, id = '', toolName = '' } = part
    if (type === 'response-metadata') modelId = part.modelId
    else if (type === 'tool-result') turn.settle(part)
    else if (type === 'tool-input-start' && !part.providerExecuted && turn.mayRepair(toolName, id))
      inputs.set(id, [])
    const held = type.startsWith('tool-input-') ? inputs.get(id) : undefined
    if (held) held.push(part)
    else out.enqueue(part)
  }

  async function passCall(turn: ModelTurn, part: EmittedCall, out: Out): Promise<void> {
    const noted = await turn.note(part)
    const held = inputs.get(part.toolCallId)
    inputs.delete(part.toolCallId)
    const passed = noted.accepted === true || !(held || turn.mayRepair(part.toolName, part.toolCallId))
    waiting.push({ noted, inputs: held ?? [], passed })
    if (!passed) return
    for (const own of held ?? []) out.enqueue(own)
    out.enqueue(part)
  }

  function passText(turn: ModelTurn, part: Part, out: Out): void {
    const { id = '', delta = '' } = part
    const block = blocks.get(id) ?? { id, text: '', begun: false, held: undefined }
    blocks.set(id, block)
    if (block.text.length < MAX_TEXT) block.text += delta
    rescues ??= turn.mayRescue()
    if (rescues && !block.held && (part.type === 'text-start' || MAY_BE_CALL.test(block.text)))
      block.held = []
    if (block.held) {
      block.held.push(part)
      // A beginning alone says nothing yet.
      if (part.type !== 'text-start' && !MAY_BE_CALL.test(block.text)) release(block, out)
    } else {
      block.begun = true
      out.enqueue(part)
    }
  }

  function release(block: Block, out: Out): void {
    for (const part of block.held ?? []) out.enqueue(part)
    if (block.held) block.begun = true
    block.held = undefined
  }

  async function finish(turn: ModelTurn, part: Part, out: Out): Promise<void> {
    const { finishReason = 'unknown', usage = {} } = part
    const executes = allowsExecution(finishReason)
    for (let next = waiting[0]; next; next = waiting[0]) {
      const { noted, inputs, passed } = next
      if (!executes) turn.left(noted)
      const emitted = executes && !noted.accepted ? await turn.repaired(noted) : noted.part
      if (!passed) emitCall(out, emitted, emitted === noted.part ? inputs : rewritten(emitted, inputs))
      waiting.shift()
    }
    const rescued = executes ? rescue(turn, out) : false
    letGo(out)
    turn.ended({ finishReason, usage, response: modelId === undefined ? {} : { modelId } })
    out.enqueue(rescued ? { ...part, finishReason: withCalls(finishReason) } : part)
  }

  /** Where nothing of the text has passed, the calls stand in its place; otherwise behind it. */
  function rescue(turn: ModelTurn, out: Out): boolean {
    for (const block of blocks.values()) {
      const calls = turn.rescued(block.text)
      if (calls.length === 0) continue
      if (block.begun && block.held) out.enqueue({ type: 'text-end', id: block.id })
      block.held = undefined
      for (const call of calls) emitCall(out, call, rewritten(call, []))
      return true
    }
    return false
  }

  /** Everything that is still held, as it came. */
  function letGo(out: Out): void {
    for (const { noted, inputs, passed } of waiting.splice(0)) if (!passed) emitCall(out, noted.part, inputs)
    for (const held of inputs.values()) for (const part of held) out.enqueue(part)
    inputs.clear()
    for (const block of blocks.values()) release(block, out)
  }

  function giveUp(error: unknown, out: Out): void {
    onFault(error)
    broken = true
    letGo(out)
  }

  return stream.pipeThrough(
    new TransformStream<Part, Part>({
      transform(part, controller) {
        let emitted = false
        const out = {
          enqueue(own: Part) {
            emitted ||= own === part
            controller.enqueue(own)
          },
        }
        const failed = (error: unknown) => {
          giveUp(error, out)
          if (!emitted) controller.enqueue(part)
        }
        try {
          if (!broken) return pass(part, out)?.catch(failed)
          controller.enqueue(part)
        } catch (error) {
          failed(error)
        }
        return undefined
      },
      flush(controller) {
        if (!broken) letGo(controller)
      },
    }),
  )
}

function emitCall(out: { enqueue(part: Part): void }, call: EmittedCall, inputs: readonly Part[]): void {
  for (const part of inputs) out.enqueue(part)
  out.enqueue(call)
}

/** The parts that tell a UI of the input, as it is now: begun as it was begun, its text in one piece. */
function rewritten({ toolCallId: id, toolName, input }: EmittedCall, inputs: readonly Part[]): Part[] {
  const start = inputs.find(({ type }) => type === 'tool-input-start')
  return [
    { ...start, type: 'tool-input-start', id, toolName },
    { type: 'tool-input-delta', id, delta: input },
    { type: 'tool-input-end', id },
  ]
}
