import { LOCAL_ORIGIN, type ToolContract, toolKey } from '@lifeharness/core'
import {
  type Binding,
  type BindOptions,
  type BoundEntry,
  bindPack,
  missingArguments,
  type Pack,
  PackBindingError,
  proposeBinding,
  type SlotBinding,
} from '@lifeharness/packs'
import { usageError } from './cli-error.ts'
import type { Terminal } from './terminal.ts'

/** For an option that may be given several times. */
export const collect = (value: string, all: string[] = []): string[] => [...all, value]

export const TOOL_OPTION = '--tool <slot=origin/name>'
export const TOOL_HELP =
  'the tool that fills a slot (name alone: a tool of your own code); several times for several slots'
export const ARGUMENT_OPTION = '--argument <slot.argument=/path>'
export const ARGUMENT_HELP =
  'where an argument of a slot stands in those of its tool (default: under its own name)'

/** What was said on the command line of which tools fill the slots. Undefined where nothing was. */
export function statedBinding(
  pack: Pack,
  tools: readonly string[] = [],
  places: readonly string[] = [],
): Binding | undefined {
  if (tools.length === 0 && places.length === 0) return undefined
  const binding: Record<string, { tool: SlotBinding['tool']; arguments: Record<string, string> }> =
    Object.create(null)
  for (const text of tools) {
    const [, slot = '', origin = LOCAL_ORIGIN, name = ''] = /^([^=]+)=(?:(.+)\/)?([^/]+)$/.exec(text) ?? []
    if (!slot)
      throw usageError(`--tool ${text}: expected slot=name or slot=origin/name, such as ${example(pack)}`)
    if (binding[slot])
      throw usageError(`the slot ${slot} is named twice; add the pack once for each tool that fills it`)
    binding[slot] = { tool: { origin, name }, arguments: {} }
  }
  for (const text of places) {
    const [, slot = '', argument = '', path = ''] = /^([^=.]+)\.([^=]+)=(.+)$/.exec(text) ?? []
    if (!slot)
      throw usageError(`--argument ${text}: expected slot.argument=/path, such as shell.command=/cmd`)
    const bound = binding[slot]
    if (!bound)
      throw usageError(`--argument ${text}: which tool fills ${slot}? Say it with --tool ${slot}=name`)
    bound.arguments[argument] = path
  }
  return binding
}

/**
 * The pack as it is bound on the command line.
 * @throws CliError for a binding that the pack has no place for: that was called wrongly.
 */
export function boundTo(pack: Pack, binding: Binding, options: BindOptions = {}): BoundEntry[] {
  try {
    return bindPack(pack, binding, options)
  } catch (error) {
    if (error instanceof PackBindingError) throw usageError(error.message)
    throw error
  }
}

/**
 * The binding that follows from the tools that were seen, where each slot has one candidate or none.
 * @throws CliError that shows the candidates where a person must choose, or that none was seen.
 */
export function proposedBinding(pack: Pack, contracts: readonly ToolContract[]): Binding {
  const proposals = proposeBinding(pack, contracts)
  const open = proposals.filter(({ candidates }) => candidates.length > 1)
  if (open.length > 0)
    throw usageError(
      `several tools may fill ${open.map(({ slot }) => `the slot ${slot}`).join(' and ')}; add the pack once for each that should:\n` +
        open
          .flatMap(({ slot, candidates }) => candidates.map((one) => optionsFor({ [slot]: one })))
          .join('\n'),
    )
  if (proposals.length === 0) {
    const slots = Object.entries(pack.slots).map(([name, { description }]) => `${name}: ${description}`)
    const seen = contracts.map(({ tool }) => toolKey(tool)).sort()
    throw usageError(
      `no tool that was seen fills a slot of ${pack.name} by its name and arguments${seen.length > 0 ? ` (seen: ${seen.slice(0, 20).join(', ')})` : ' (none was seen)'}. ` +
        `Say which does, such as ${example(pack)}\n${slots.join('\n')}`,
    )
  }
  return Object.fromEntries(proposals.map(({ slot, candidates }) => [slot, candidates[0] as SlotBinding]))
}

/** A binding as it is written on a shell's command line. */
export function optionsFor(binding: Binding): string {
  return Object.entries(binding)
    .flatMap(([slot, { tool, arguments: places = {} }]) => [
      `--tool ${quoted(`${slot}=${toolKey(tool)}`)}`,
      ...Object.entries(places)
        .filter(([argument, path]) => path !== `/${argument}`)
        .map(([argument, path]) => `--argument ${quoted(`${slot}.${argument}=${path}`)}`),
    ])
    .join(' ')
}

/** Names of tools and arguments come from servers: nothing in them may act on the shell that the line is copied into. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/\p{C}/gu, '?').replaceAll("'", "'\\''")}'`
}

/** Says what of a binding the tools as they were seen have no place for. @throws CliError where nothing fits. */
export function checkPlaces(
  pack: Pack,
  binding: Binding,
  contracts: readonly ToolContract[],
  terminal: Terminal,
): void {
  for (const [slot, bound] of Object.entries(binding)) {
    const known = pack.slots[slot]
    const contract = contracts.find(({ tool }) => toolKey(tool) === toolKey(bound.tool))
    if (!known || !contract) continue
    const missing = missingArguments(known, bound, contract)
    if (missing.length === 0) continue
    const has = Object.keys((contract.inputSchema?.properties as object | undefined) ?? {}).join(', ')
    const [first = ''] = missing
    const said =
      `${toolKey(bound.tool)} has no argument for ${missing.map((one) => `${slot}.${one}`).join(', ')}; it has ${has}. ` +
      `Say where it stands: --argument ${slot}.${first}=/path`
    if (missing.length === Object.keys(known.arguments).length) throw usageError(said)
    terminal.err(`${said}; entries about it never act there`)
  }
}

function example({ slots }: Pack): string {
  const [[slot, { tools }] = ['slot', { tools: [] as readonly string[] }]] = Object.entries(slots)
  return `--tool ${slot}=${tools[0] ?? 'name'}`
}
