import { openAccount } from '../activation.ts'
import type { Event } from '../event.ts'
import { type Draft, type Intervention, interventionId } from '../intervention.ts'
import type { RegistryEntry, StageRecord, Transition } from '../registry.ts'
import type { Stage } from '../stage.ts'

/** One event of each type in turn, numbered: what an episode leaves behind. */
export function sampleEvent(index: number, episode: string = `episode-${Math.floor(index / 6)}`): Event {
  const base = { id: `${episode}-${index}`, at: 1_767_225_600_000 + index, episode }
  const tool = { origin: 'local', name: 'book_flight' }
  const call = { id: `call-${index}`, tool, turn: index, index: 0, attempt: 1, approved: false }
  switch (index % 6) {
    case 0:
      return { ...base, type: 'episode', family: 'gpt-4o-mini', subject: `customer-${index}` }
    case 1:
      return {
        ...base,
        type: 'contracts',
        hash: 'c0ffee',
        contracts: [{ tool, inputSchema: { type: 'object' } }],
      }
    case 2:
      return { ...base, type: 'model', finishReason: 'tool-calls', usage: { inputTokens: index } }
    case 3: {
      const input = {
        from: 'Zürich',
        to: '東京',
        seats: index,
        note: 'null \u0000, emoji 🛫, half \ud83d, quote \' "',
      }
      return {
        ...base,
        type: 'tool',
        call: { ...call, input },
        outcome: 'ok',
        view: { id: index },
        ms: 12.5,
        applied: [],
      }
    }
    case 4:
      return { type: 'fault', id: base.id, at: base.at, where: 'classifier', message: `fault ${index}` }
    default:
      return { ...base, type: 'end', success: index % 2 === 0 }
  }
}

export function sampleEvents(from: number, count: number): Event[] {
  return Array.from({ length: count }, (_, offset) => sampleEvent(from + offset))
}

/** An intervention that renames argument `number` of tool `name`. */
export function sampleIntervention(number: number, name = 'book_flight'): Intervention {
  const draft: Draft = {
    kind: 'rename-argument',
    options: { from: `wrong_${number}`, to: `right_${number}` },
    tool: { origin: 'local', name },
    category: 'contract.misnamed_param',
    signatures: [`contract.misnamed_param:${name}:${number}`],
    anchor: { path: `/right_${number}`, hash: 'f00d' },
    when: { path: `/wrong_${number}`, test: 'present' },
    origin: {
      inducer: 'misnamed-argument',
      trust: 'observed',
      episodes: ['episode-1', 'episode-2'],
      support: { pairs: 4, episodes: 2, subjects: 2, failures: 9 },
      prediction: { removes: 0.8 },
      fixtures: {
        fixes: [
          {
            input: { [`wrong_${number}`]: 1 },
            expect: { [`right_${number}`]: 1 },
            error: 'unknown argument',
          },
        ],
        leaves: [{ input: { [`right_${number}`]: 2 } }],
      },
    },
  }
  return { ...draft, id: interventionId(draft), version: 1, layer: 'action', risk: 'form' }
}

export function sampleStage(stage: Stage): StageRecord {
  return {
    stage,
    since: 1_767_225_600_000,
    reason: `moved to ${stage}`,
    controlShare: 0,
    account: openAccount(),
  }
}

export function sampleEntry(number: number, stage: Stage = 'proposed'): RegistryEntry {
  return { intervention: sampleIntervention(number), stages: { default: sampleStage(stage) } }
}

/** The transition that moves sample `number` from one stage to another; without `from` it is new. */
export function sampleMove(
  number: number,
  to: Stage = 'proposed',
  from?: Stage,
): Extract<Transition, { type: 'stage' }> {
  return {
    type: 'stage',
    entry: sampleEntry(number, to),
    family: 'default',
    ...(from && { from }),
    to,
    reason: `moved to ${to}`,
    by: 'learner',
    at: 1_767_225_600_000 + number,
  }
}
