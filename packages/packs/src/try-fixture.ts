import {
  type Clock,
  createLifeHarness,
  type Intervention,
  type Json,
  type JsonObject,
  type Kind,
  type LifeHarness,
  type RegistryState,
  type ToolCall,
  type ToolContract,
  toolKey,
} from '@lifeharness/core'
import { builtinKinds } from '@lifeharness/core/builtins'
import { openAccount } from '@lifeharness/core/learn'
import { inputFor } from './bind-pack.ts'
import type { Binding, Pack, PackFixture, PackResult, SlotBinding } from './pack.ts'

/** What became of a fixture's call under an intervention that acts. */
export type Tried = {
  /** The calls that were executed, inserted ones too, in order. */
  executed: readonly { slot: string | undefined; input: Json | undefined }[]
  /** The result as the model reads it. */
  result: Json
  /** What the model reads besides: lines beside the result, and the result where it was rewritten or takes a call's place. */
  told: string
  /** Whether an intervention took effect. */
  acted: boolean
}

/** Time stands still: a delay is over at once. */
const noTime: Clock = { now: () => 0, monotonic: () => 0, sleep: async () => {} }

export type TryOptions = {
  kinds?: readonly Kind[]
  fault?: (where: string, error: unknown) => void
  /** To what the intervention is bound; by default, to tools that are called as the slots are. */
  binding?: Binding
  /** Interventions that are active beside it. */
  beside?: readonly Intervention[]
  /** Keeps what was opened for these interventions, for further fixtures; whoever gives it closes what is in it. */
  opened?: OpenedLayers
}

/** By what the user says of the tools. */
export type OpenedLayers = Map<string, { layer: LifeHarness; fault: TryOptions['fault']; episodes: number }>

export async function closeOpened(opened: OpenedLayers): Promise<void> {
  for (const { layer } of opened.values()) await layer.close()
}

/** A pack bound to tools that are called as its slots are. */
export function ownBinding({ slots }: Pick<Pack, 'slots'>): Binding {
  return Object.fromEntries(Object.keys(slots).map((name) => [name, { tool: { origin: 'local', name } }]))
}

/** The same tools with other names for all that the pack speaks of: what it says by a name of its own misses them. */
export function otherBinding({ slots }: Pick<Pack, 'slots'>): Binding {
  return Object.fromEntries(
    Object.entries(slots).map(([name, { arguments: all }]) => [
      name,
      {
        tool: { origin: 'local', name },
        arguments: Object.fromEntries(Object.keys(all).map((argument) => [argument, `/other_${argument}`])),
      },
    ]),
  )
}

/**
 * Plays a fixture through the runtime itself, with one intervention that is active, and those beside it, tools that answer
 * as the fixture says, and classifiers as they come with the library.
 */
export async function tryFixture(
  pack: Pick<Pack, 'slots'>,
  slot: string,
  intervention: Intervention,
  fixture: PackFixture,
  options: TryOptions = {},
): Promise<Tried> {
  const { kinds = builtinKinds, fault, binding = ownBinding(pack), beside = [] } = options
  const facts = fixture.facts ?? {}
  const opened: OpenedLayers = options.opened ?? new Map()
  const key = JSON.stringify(facts)
  let own = opened.get(key)
  if (!own) {
    const layer = await createLifeHarness({
      registry: registryOf([intervention, ...beside]),
      mode: 'frozen',
      kinds,
      config: { tools: { '*': facts } },
      clock: noTime,
      onFault: ({ where, error }) => opened.get(key)?.fault?.(where, error),
    })
    own = { layer, fault, episodes: 0 }
    opened.set(key, own)
  }
  own.fault = fault
  const executed: { slot: string | undefined; input: Json | undefined }[] = []
  const episode = own.layer.episode({ id: `fixture-${own.episodes++}` })
  episode.presentTools(contractsOf(pack, binding))
  const run = (called: string, input: JsonObject, results: readonly PackResult[], index: number) => {
    const { tool } = binding[called] as SlotBinding
    const call: ToolCall = {
      ...{ id: `call-${index}`, tool, turn: index, index: 0, attempt: 1, approved: false },
      input: inputFor(input, binding[called] as SlotBinding),
    }
    let answered = 0
    return episode.run(call, (asked) => {
      executed.push({ slot: asked.tool.name, input: asked.input })
      // What is inserted beside the call has no answer of its own in a fixture.
      if (toolKey(asked.tool) !== toolKey(tool)) return 'ok'
      return answerOf(results[Math.min(answered++, results.length - 1)] ?? { value: 'ok' })
    })
  }
  try {
    const before = fixture.before ?? []
    for (const [index, step] of before.entries())
      await run(step.slot ?? slot, step.input, step.result ? [step.result] : [], index)
    executed.length = 0
    const ran = await run(slot, fixture.input, fixture.results ?? [], before.length)
    const { result, edited, notes, applied } = ran
    return {
      executed,
      result: edited ?? result.view(),
      told: [...(edited === undefined ? [] : [textOf(edited)]), ...notes].join('\n'),
      acted: applied.some(({ arm }) => arm === 'applied'),
    }
  } finally {
    episode.end()
    if (!options.opened) await closeOpened(opened)
  }
}

/** @throws what the tool of a fixture throws */
function answerOf(result: PackResult): Json {
  if ('value' in result) return result.value
  const { message, ...facts } = result.error
  throw Object.assign(new Error(message), facts)
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function contractsOf({ slots }: Pick<Pack, 'slots'>, binding: Binding): ToolContract[] {
  return Object.entries(slots).map(([name, { description, arguments: all }]) => ({
    tool: { origin: 'local', name },
    description,
    inputSchema: {
      type: 'object',
      properties: Object.fromEntries(
        Object.entries(all).map(([argument, { type, description: text }]) => [
          nameOf(argument, binding[name]),
          { type, description: text },
        ]),
      ),
    },
  }))
}

function nameOf(argument: string, bound: SlotBinding | undefined): string {
  return bound?.arguments?.[argument]?.slice(1) ?? argument
}

function registryOf(interventions: readonly Intervention[]): RegistryState {
  const record = {
    ...{ stage: 'active' as const, since: 0, reason: 'a fixture is tried', controlShare: 0 },
    account: openAccount(),
  }
  return {
    ...{ version: 1, templates: {}, settings: {} },
    entries: interventions.map((intervention) => ({
      ...{ intervention, pinned: true, stages: { default: record } },
    })),
  }
}
