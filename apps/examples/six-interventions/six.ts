import assert from 'node:assert/strict'
import type { RegistryEntry, Transition } from '@lifeharness/core'
import { defineInducer, type Inducer } from '@lifeharness/core/learn'
import { MODELS } from './agents.ts'

/** The six, by the tool that each is learnt at, and the inducer that is asked there. */
const SIX = {
  helps: { tool: 'book_room', inducer: 'date-format' },
  useless: { tool: 'get_rate', inducer: 'retry' },
  harmful: { tool: 'pay_invoice', inducer: 'retry' },
  'helps the weak, harms the strong': { tool: 'open_ticket', inducer: 'explain-error' },
  'wrong value': { tool: 'refund_account', inducer: 'affix' },
  poisoned: { tool: 'transfer', inducer: 'affix' },
} as const
type Name = keyof typeof SIX

/** Each inducer is asked only about the tool that it is there for: six interventions, and not a dozen. */
export function onlyItsTool(inducer: Inducer): Inducer {
  const tools = Object.values(SIX).flatMap((one) =>
    one.inducer === inducer.name ? [one.tool as string] : [],
  )
  return defineInducer({
    name: inducer.name,
    propose: (evidence) => (tools.includes(evidence.tool.name) ? inducer.propose(evidence) : []),
  })
}

export function nameOf({ intervention }: RegistryEntry): string {
  const found = Object.entries(SIX).find(([, { tool }]) => tool === intervention.tool.name)
  return found?.[0] ?? intervention.id
}

/** What each ends at, by model. */
const ENDS: Record<Name, (strong: boolean) => string> = {
  helps: () => 'active',
  useless: () => 'suspended',
  harmful: () => 'suspended',
  'helps the weak, harms the strong': (strong) => (strong ? 'suspended' : 'active'),
  'wrong value': () => 'suspended',
  poisoned: () => 'proposed',
}

function stageOf(entry: RegistryEntry | undefined, family: string): string | undefined {
  return (entry?.stages[family] ?? entry?.stages.default)?.stage
}

/** The story ends when every record stands at `active`, `suspended` or `proposed`. */
export function isDecided(entries: readonly RegistryEntry[]): boolean {
  const waiting = new Set(['shadow', 'canary', undefined])
  return Object.keys(SIX).every((name) => {
    const entry = entries.find((one) => nameOf(one) === name)
    return MODELS.every(({ id }) => !waiting.has(stageOf(entry, id)))
  })
}

/** What the story must have come to. @throws AssertionError where it has not. */
export function check(entries: readonly RegistryEntry[], history: readonly Transition[]): void {
  assert.equal(entries.length, 6)
  for (const [name, stageFor] of Object.entries(ENDS)) {
    const entry = entries.find((one) => nameOf(one) === name)
    for (const { id, strong } of MODELS) assert.equal(stageOf(entry, id), stageFor(strong), `${name}, ${id}`)
  }
  const reasonOf = (name: Name, family: string): string =>
    entries.find((one) => nameOf(one) === name)?.stages[family]?.reason ?? ''
  for (const { id } of MODELS) {
    assert.match(reasonOf('useless', id), /^no effect seen in \d+ episodes$/)
    assert.match(reasonOf('harmful', id), /^the guardrail gets worse: /)
    assert.match(reasonOf('wrong value', id), /^the guardrail gets worse: /)
    assert.match(reasonOf('helps', id), /^helps: /)
  }
  assert.match(reasonOf('helps the weak, harms the strong', 'large-70b'), /^harms: /)
  assert.match(reasonOf('poisoned', 'default'), /^its only source is an untrusted tool’s text$/)
  for (const change of history) if (change.type === 'stage') assert.equal(change.by, 'learner')
}
