import type { Intervention, Json, JsonObject, Kind, Risk, ToolContract } from '@lifeharness/core'
import { builtinKinds } from '@lifeharness/core/builtins'
import { anchorOf, interventionId } from '@lifeharness/core/learn'
import type { Binding, Pack, PackEntry, PackFixture, SlotBinding } from './pack.ts'

/** A pack cannot be bound as asked; the message says what is missing, and what to do. */
export class PackBindingError extends Error {
  override readonly name: string = 'PackBindingError'
  readonly code = 'LIFEHARNESS_PACK_BINDING'
}

export type BindOptions = {
  /** Default: those that come with the library. */
  kinds?: readonly Kind[]
  /** The contract of a bound tool, where it is known: the intervention is anchored to it. */
  contractOf?(tool: SlotBinding['tool']): ToolContract | undefined
}

export type BoundEntry = { entry: PackEntry; intervention: Intervention }

/**
 * The interventions of a pack for the tools of one agent. Entries whose slot is not bound are left out; the same pack with
 * the same binding gives the same ids.
 * @throws PackBindingError for a slot or an argument that the pack does not have, or an entry that refers to one.
 */
export function bindPack(pack: Pack, binding: Binding, options: BindOptions = {}): BoundEntry[] {
  const { kinds = builtinKinds, contractOf } = options
  for (const [slot, bound] of Object.entries(binding)) checkBound(pack, slot, bound)
  return pack.entries.flatMap((entry): BoundEntry[] => {
    const bound = own(binding, entry.slot)
    if (!bound || otherSlots(entry).some((slot) => !own(binding, slot))) return []
    const kind = kinds.find((one) => one.kind === entry.kind)
    if (!kind)
      throw new PackBindingError(`${pack.name}/${entry.name}: there is no kind ${entry.kind} in this library`)
    return [{ entry, intervention: interventionOf(pack, entry, kind, binding, contractOf?.(bound.tool)) }]
  })
}

/** The member that is written there; what every object inherits (`constructor`) is none. */
function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

/** @throws PackBindingError */
function checkBound(pack: Pack, slot: string, { arguments: pointers = {} }: SlotBinding): void {
  const known = own(pack.slots, slot)
  if (!known)
    throw new PackBindingError(
      `${pack.name} has no slot ${slot}; its slots are ${Object.keys(pack.slots).join(', ')}`,
    )
  for (const [argument, pointer] of Object.entries(pointers)) {
    if (!own(known.arguments, argument))
      throw new PackBindingError(
        `the slot ${slot} has no argument ${argument}; it has ${Object.keys(known.arguments).join(', ')}`,
      )
    if (!pointer.startsWith('/'))
      throw new PackBindingError(
        `${slot}.${argument} is bound to ${pointer}, which is no JSON Pointer; write /${pointer} for the argument ${pointer}`,
      )
    if (/~(?![01])/.test(pointer))
      throw new PackBindingError(
        `${slot}.${argument} is bound to ${pointer}, which is no JSON Pointer; a ~ in a name is written ~0, a / is written ~1`,
      )
  }
  const places = Object.keys(known.arguments).map(
    (argument) => [argument, placeOf(argument, pointers)] as const,
  )
  for (const [argument, place] of places)
    for (const [other, within] of places)
      if (argument !== other && `${within}/`.startsWith(`${place}/`))
        throw new PackBindingError(
          `${slot}.${argument} and ${slot}.${other} would both stand at ${place}; say where each stands, or give the one that the tool does not have a name that it does not have`,
        )
}

/** The JSON Pointer of a slot's argument. */
function placeOf(argument: string, pointers: Readonly<Record<string, string>>): string {
  return own(pointers, argument) ?? `/${argument}`
}

const segmentsOf = (pointer: string): string[] =>
  pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))

function interventionOf(
  pack: Pack,
  entry: PackEntry,
  kind: Kind,
  binding: Binding,
  contract: ToolContract | undefined,
): Intervention {
  const bound = binding[entry.slot] as SlotBinding
  const resolve = resolver(pack, entry, binding)
  const { name, version } = pack
  const options = resolve(entry.options) as JsonObject
  const when = entry.when && (resolve(entry.when as unknown as Json) as Intervention['when'])
  const { path, risk } = readBy(kind, options, `${name}/${entry.name}`)
  const draft = {
    kind: entry.kind,
    options,
    tool: bound.tool,
    category: entry.category,
    signatures: [],
    ...(when ? { when } : {}),
    ...(path !== undefined && contract ? { anchor: { path, hash: anchorOf(contract, path) } } : {}),
  }
  const { fixes, leaves } = entry.fixtures
  return {
    ...draft,
    id: interventionId(draft),
    version: 1,
    layer: kind.layer,
    risk,
    origin: {
      inducer: `pack:${name}`,
      pack: { name, version, entry: entry.name },
      trust: 'trusted',
      episodes: [],
      support: { pairs: 0, episodes: 0, subjects: 0, failures: 0 },
      prediction: { removes: entry.removes ?? 0 },
      fixtures: {
        // What only shows in a result, or in what was called before, is no fixture of an edit.
        fixes: fixes.flatMap((fixture) => {
          const executed = fixture.expect.executed
          const [only] = executed ?? []
          if (!only || executed?.length !== 1 || 'slot' in only || fixture.before) return []
          return [{ input: inputFor(fixture.input, bound), expect: inputFor(only.input, bound) }]
        }),
        leaves: leaves
          .filter(({ before }) => !before)
          .map((fixture) => ({ input: inputFor(fixture.input, bound), ...errorOf(fixture) })),
      },
    },
  }
}

/** @throws PackBindingError for options that are not the kind's own. */
function readBy(kind: Kind, options: JsonObject, entry: string): { path: string | undefined; risk: Risk } {
  try {
    return { path: kind.touches?.(options), risk: kind.riskFor?.(options) ?? kind.risk }
  } catch (cause) {
    const problem = `the kind ${kind.kind} cannot read its options (${(cause as Error).message})`
    throw new PackBindingError(`${entry}: ${problem}`, { cause })
  }
}

function errorOf({ results = [] }: PackFixture): { error?: string } {
  const [first] = results
  return first && 'error' in first ? { error: first.error.message } : {}
}

/** The arguments of a fixture where the bound tool has them. */
export function inputFor(input: JsonObject, { arguments: pointers = {} }: SlotBinding): JsonObject {
  const made: JsonObject = {}
  for (const [argument, value] of Object.entries(input)) {
    const segments = segmentsOf(placeOf(argument, pointers))
    const last = segments.pop() as string
    let place = made
    for (const segment of segments) {
      if (!Object.hasOwn(place, segment)) put(place, segment, {})
      place = place[segment] as JsonObject
    }
    put(place, last, value)
  }
  return made
}

/** As its own member, whatever it is called: an assignment to `__proto__` would change every object there is. */
function put(place: JsonObject, name: string, value: Json): void {
  Object.defineProperty(place, name, { value, enumerable: true, writable: true, configurable: true })
}

const SLOT = /^\$slot:([a-z0-9-]+)$/
const BARE = /^\$argument:(\w+)$/
const ARGUMENT = /^\$(\w+)((?:\/.*)?)$/

/** The other slots that an entry speaks of. */
function otherSlots(entry: PackEntry): string[] {
  const named = JSON.stringify([entry.options, entry.when ?? null]).matchAll(/"\$slot:([a-z0-9-]+)"/g)
  return [...named].map(([, slot]) => slot as string)
}

/** Texts that name no argument of the slot (`$HOME`) are literals. */
function resolver({ slots }: Pack, entry: PackEntry, binding: Binding): (value: Json) => Json {
  const { arguments: pointers = {} } = binding[entry.slot] as SlotBinding
  const known = own(slots, entry.slot)?.arguments ?? {}
  const text = (value: string): string => {
    const slot = SLOT.exec(value)?.[1]
    if (slot !== undefined) return own(binding, slot)?.tool.name ?? value
    const bare = BARE.exec(value)?.[1]
    if (bare !== undefined && own(known, bare)) return segmentsOf(placeOf(bare, pointers)).join('.')
    const [, argument, rest = ''] = ARGUMENT.exec(value) ?? []
    return argument === undefined || !own(known, argument) ? value : `${placeOf(argument, pointers)}${rest}`
  }
  const resolve = (value: Json): Json => {
    if (typeof value === 'string') return text(value)
    if (Array.isArray(value)) return value.map(resolve)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [text(key), resolve(member)]))
  }
  return resolve
}
