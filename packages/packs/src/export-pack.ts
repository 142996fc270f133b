import { isDeepStrictEqual } from 'node:util'
import {
  type Fixture,
  type Intervention,
  type Json,
  type JsonObject,
  type Kind,
  type RegistryEntry,
  type ToolContract,
  toolKey,
} from '@lifeharness/core'
import { builtinKinds } from '@lifeharness/core/builtins'
import {
  describeIntervention,
  isFromContract,
  isRedacted,
  literalsOf,
  withPaths,
} from '@lifeharness/core/learn'
import { bindPack } from './bind-pack.ts'
import {
  PACK_FORMAT,
  type Pack,
  type PackArgument,
  type PackEntry,
  type PackGuard,
  type PackSlot,
} from './pack.ts'
import { parsePack } from './parse-pack.ts'
import { ownBinding } from './try-fixture.ts'
import { verifyPack } from './verify-pack.ts'

export type ExportPackOptions = Pick<Pack, 'name' | 'version' | 'description' | 'license' | 'provenance'> & {
  /** Default: those that come with the library. */
  kinds?: readonly Kind[]
  contractOf?(tool: { origin: string; name: string }): ToolContract | undefined
}

export type ExportedPack = {
  /** Absent where nothing may be given away. */
  pack?: Pack
  /** What stays here, and why. */
  refused: { id: string; reason: string }[]
}

/** Subjects that must have shown a literal before others are given it (law 6). */
const SUBJECTS = 3

/**
 * What a registry has learnt and proven, as a pack for other people's registries: tools become slots, paths become
 * references, and of the recorded calls only the arguments stay that the entry is about. What belongs to a tenant, rests
 * on literals that fewer than three subjects showed, names other tools, or cannot prove itself by its fixtures alone is
 * refused.
 */
export async function exportPack(
  entries: readonly RegistryEntry[],
  options: ExportPackOptions,
): Promise<ExportedPack> {
  const { kinds = builtinKinds, contractOf, ...head } = options
  const refused: ExportedPack['refused'] = []
  const slots: Record<string, PackSlot> = {}
  const made: Written[] = []
  for (const registered of entries) {
    const { intervention } = registered
    const kind = kinds.find((one) => one.kind === intervention.kind)
    const contract = contractOf?.(intervention.tool)
    const slot = slotNamed(intervention, slots)
    const written = !kind
      ? `there is no kind ${intervention.kind}`
      : (obstacle(registered, kind, contract) ?? entryOf(registered, kind, slot, contract))
    if (typeof written === 'string') {
      refused.push({ id: intervention.id, reason: written })
      continue
    }
    slots[slot] = slotWith(
      Object.hasOwn(slots, slot) ? slots[slot] : undefined,
      written,
      intervention,
      contract,
    )
    made.push({ entry: written, intervention })
  }
  const whole = { ...head, format: PACK_FORMAT } as const
  const reasons = await unproven(slots, whole, made, kinds)
  const kept = made.filter(({ entry }) => !reasons.has(entry.name))
  for (const { entry, intervention } of made) {
    const reason = reasons.get(entry.name)
    if (reason !== undefined) refused.push({ id: intervention.id, reason })
  }
  if (kept.length === 0) return { refused }
  const used = new Set(kept.map(({ entry }) => entry.slot))
  const pack = {
    ...whole,
    slots: Object.fromEntries(Object.entries(slots).filter(([slot]) => used.has(slot))),
    entries: kept.map(({ entry }) => entry),
  }
  return { pack: parsePack(pack as unknown as JsonObject), refused }
}

type Written = { entry: PackEntry; intervention: Intervention }

/** Why an intervention may not be given away, before it is written. */
function obstacle(
  { intervention, stages }: RegistryEntry,
  kind: Kind,
  contract: ToolContract | undefined,
): string | undefined {
  const { origin, scope, options } = intervention
  if (origin.pack) return `it comes from the pack ${origin.pack.name}`
  if (
    !Object.values(stages).some(({ stage }) => stage === 'shadow' || stage === 'canary' || stage === 'active')
  )
    return `it is not validated: ${stages.default?.reason ?? 'it is a draft'}`
  if (scope !== undefined) return `it belongs to the tenant ${scope} (law 6)`
  if (
    kind.inserts ||
    kind.renamesTool ||
    ['tool', 'tools', 'needs'].some((name) => Object.hasOwn(options, name))
  )
    return 'it names another tool, which others do not have'
  const literals = literalsOf(intervention, kind).filter((literal) => !isFromContract(literal, contract))
  if (literals.some(isRedacted)) return 'a secret would stand in it'
  if (literals.length > 0 && origin.support.subjects < SUBJECTS)
    return `${JSON.stringify(literals[0])} in it was seen for ${origin.support.subjects} subjects, and not for ${SUBJECTS} (law 6)`
  return undefined
}

function entryOf(
  { intervention, stages }: RegistryEntry,
  kind: Kind,
  slot: string,
  contract: ToolContract | undefined,
): PackEntry | string {
  const named = new Set<string>()
  let unspeakable: string | undefined
  const { options, when } = withPaths(intervention, kind, (path) => {
    const [, argument = '', rest = ''] = /^\/([^/]*)(.*)$/.exec(path) ?? []
    if (!/^\w+$/.test(argument)) unspeakable = path
    named.add(argument)
    // A name that models make up is no argument of the tool, and stays what it is, whatever those are called.
    return isArgument(argument, contract) ? `$${argument}${rest}` : path
  })
  if (unspeakable !== undefined) return `${unspeakable} is no name that a pack can refer to`
  if (named.size === 0) return 'it is about no argument, and nothing but calls of its tool could prove it'
  const { fixes, leaves } = intervention.origin.fixtures
  const about = (input: Json | undefined) => narrowed(input, named)
  const left = unique(
    leaves.flatMap(({ input }) => {
      const kept = about(input)
      return kept ? [{ input: kept }] : []
    }),
  )
  const mended = unique(fixes.flatMap((fixture) => fixed(fixture, about) ?? []))
  if (mended.length === 0) return 'none of its recorded failures has arguments with a known correction'
  if (left.length === 0) return 'no recorded success is kept with it'
  const { risk, category, id } = intervention
  return {
    name: id.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    why: oneLine(`Learnt: ${describeIntervention(intervention)}.`),
    slot,
    kind: intervention.kind,
    options,
    category,
    ...(when ? { when: when as PackGuard } : {}),
    source: oneLine(stages.default?.reason || 'validated by replay'),
    ...(risk === 'effect' ? { approval: 'needed' as const } : {}),
    fixtures: { fixes: mended.slice(0, left.length), leaves: left },
  }
}

/** As a pack states it: plain text of one line. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 600)

type About = (input: Json | undefined) => JsonObject | undefined

function fixed({ input, expect }: Fixture, about: About): PackEntry['fixtures']['fixes'][number] | undefined {
  const [before, after] = [about(input), about(expect)]
  return before && after ? { input: before, expect: { executed: [{ input: after }] } } : undefined
}

/** Only the arguments that the entry is about; undefined where there is none, or a secret stood there. */
function narrowed(input: Json | undefined, named: ReadonlySet<string>): JsonObject | undefined {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return undefined
  const kept = Object.entries(input).filter(([name]) => named.has(name))
  return kept.length === 0 || holdsSecret(kept) ? undefined : Object.fromEntries(kept)
}

function holdsSecret(value: Json): boolean {
  if (typeof value === 'string') return isRedacted(value)
  return typeof value === 'object' && value !== null && Object.entries(value).flat().some(holdsSecret)
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
}

/** Two origins' tools of one name are two slots. */
function slotNamed({ tool }: Intervention, slots: Readonly<Record<string, PackSlot>>): string {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 40)
      .replace(/^-+|-+$/g, '') || 'tool'
  const short = plain(tool.name)
  const taken = Object.hasOwn(slots, short) ? slots[short] : undefined
  return !taken || taken.description === describedAs(tool)
    ? short
    : `${short}-${plain(tool.origin.slice(0, 20))}`
}

const describedAs = (tool: Intervention['tool']): string => `What ${toolKey(tool)} does.`

function slotWith(
  known: PackSlot | undefined,
  { fixtures }: PackEntry,
  { tool }: Intervention,
  contract: ToolContract | undefined,
): PackSlot {
  const properties = (contract?.inputSchema?.properties ?? {}) as Record<string, JsonObject | undefined>
  const args: Record<string, PackArgument> = { ...known?.arguments }
  for (const fixture of [...fixtures.fixes, ...fixtures.leaves])
    for (const [name, value] of Object.entries(fixture.input).filter(([name]) => isArgument(name, contract)))
      args[name] ??= {
        description: `The argument ${name}.`,
        type: typeIn(properties[name], value),
        names: [name],
      }
  return { description: describedAs(tool), tools: [tool.name], arguments: args }
}

/** Where no contract states the arguments of a tool, any name may be one. */
function isArgument(name: string, contract: ToolContract | undefined): boolean {
  const properties = contract?.inputSchema?.properties
  return properties === undefined || Object.hasOwn(properties as JsonObject, name)
}

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array'] as const

function typeIn(schema: JsonObject | undefined, value: Json): PackArgument['type'] {
  const stated = TYPES.find((type) => type === schema?.type)
  if (stated) return stated
  if (Array.isArray(value)) return 'array'
  return TYPES.find((type) => type === typeof value) ?? 'string'
}

/** Entries that mean something else when they are bound again, or that their fixtures do not prove, with the reason. */
async function unproven(
  slots: Pack['slots'],
  head: Omit<Pack, 'slots' | 'entries'>,
  made: readonly Written[],
  kinds: readonly Kind[],
): Promise<Map<string, string>> {
  const pack: Pack = { ...head, slots, entries: made.map(({ entry }) => entry) }
  const { problems } = await verifyPack(pack, { kinds })
  const reasons = new Map(problems.map(({ entry, where, problem }) => [entry, `${where}: ${problem}`]))
  const bound = new Map(
    bindPack(pack, ownBinding(pack), { kinds }).map((one) => [one.entry, one.intervention]),
  )
  for (const { entry, intervention } of made) {
    const again = bound.get(entry)
    const same =
      isDeepStrictEqual(again?.options, intervention.options) &&
      isDeepStrictEqual(again?.when, intervention.when)
    if (!same) reasons.set(entry.name, 'a value in it reads like a reference')
  }
  return reasons
}
