import { type JsonObject, type Tool, type ToolContract, toolKey } from '@lifeharness/core'
import { inputFor } from './bind-pack.ts'
import type { Pack, PackSlot, SlotBinding } from './pack.ts'

/** Tools that may fill a slot, by their names and the form of their arguments, the likeliest first. For a person to choose. */
export type BindingProposal = { slot: string; candidates: SlotBinding[] }

/**
 * Which tools may fill the slots of a pack. A tool is a candidate where it is called as such tools are and every argument
 * of the slot is found in its schema, by name and type; nothing else is guessed. Slots that nothing fits are left out.
 */
export function proposeBinding(
  { slots }: Pick<Pack, 'slots'>,
  contracts: readonly ToolContract[],
): BindingProposal[] {
  return Object.entries(slots).flatMap(([slot, known]) => {
    const candidates = contracts.flatMap((contract) => {
      const found = isCalledSo(contract.tool, known) ? argumentsOf(contract, known) : undefined
      return found ? [{ tool: contract.tool, arguments: found }] : []
    })
    const unique = new Map(candidates.map((one) => [toolKey(one.tool), one]))
    const ordered = [...unique.values()].sort((a, b) => (toolKey(a.tool) < toolKey(b.tool) ? -1 : 1))
    return ordered.length > 0 ? [{ slot, candidates: ordered }] : []
  })
}

/** `runCommand`, `run-command` and `run_command` are one name. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

function isCalledSo({ name }: Tool, { tools }: PackSlot): boolean {
  return tools.some((one) => plain(one) === plain(name))
}

function argumentsOf({ inputSchema }: ToolContract, slot: PackSlot): Record<string, string> | undefined {
  const properties = (inputSchema?.properties ?? {}) as JsonObject
  const found: Record<string, string> = {}
  for (const [argument, { names = [], type }] of Object.entries(slot.arguments)) {
    const wanted = new Set([argument, ...names].map(plain))
    const fitting = Object.entries(properties).filter(
      ([name, schema]) => wanted.has(plain(name)) && hasType(schema as JsonObject, type),
    )
    // Two that fit are a question, which a person answers.
    const [only, ...others] = fitting
    if (!only || others.length > 0) return undefined
    found[argument] = `/${only[0].replaceAll('~', '~0').replaceAll('/', '~1')}`
  }
  return found
}

function hasType(schema: JsonObject, type: string): boolean {
  if (typeof schema !== 'object' || schema === null || schema.type === undefined) return true
  const types = Array.isArray(schema.type) ? schema.type : [schema.type]
  return types.includes(type)
}

/** The slot's arguments that a tool's contract has no place for. */
export function missingArguments(
  slot: PackSlot,
  binding: SlotBinding,
  { inputSchema }: ToolContract,
): string[] {
  if (!inputSchema?.properties) return []
  return Object.keys(slot.arguments).filter((argument) => {
    const [first = ''] = Object.keys(inputFor({ [argument]: null }, binding))
    return !Object.hasOwn(inputSchema.properties as JsonObject, first)
  })
}
