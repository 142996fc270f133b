import { type RegistryEntry, toolKey } from '@lifeharness/core'
import { builtinKinds } from '@lifeharness/core/builtins'
import { helps } from '@lifeharness/core/learn'
import type { Check, Finding } from '../check.ts'
import { listed } from '../check.ts'
import { plural } from '../figures.ts'

const KINDS = new Map(builtinKinds.map((kind) => [kind.kind, kind]))

/** Interventions that cannot work, do nothing any more, wait for a person, or were taken out of the learner's hands. */
export const interventions: Check = {
  name: 'interventions',
  find({ state, health }) {
    const pinned = state.entries.filter((entry) => entry.pinned)
    const unknown = state.entries.filter(({ intervention }) => !KINDS.has(intervention.kind))
    return [
      ...state.entries.flatMap(unreadable),
      ...group(
        unknown,
        'look',
        'of a kind that does not come with the library',
        'nothing, where the agents pass that kind in; elsewhere it is never applied',
      ),
      ...group(
        pinned,
        'note',
        'pinned: a person fixed the stage, the learner leaves it',
        'nothing, if this is meant; `lifeharness undo` gives it back to the learner',
      ),
      ...state.entries.flatMap(waiting),
      ...state.entries.flatMap(undeclared),
      ...state.entries.flatMap(suspended),
      ...health.interventions.flatMap(({ intervention, family, stage, idleDays }): Finding[] =>
        idleDays === undefined
          ? []
          : [
              {
                level: 'look',
                what: `dead: nothing has touched it for ${plural(idleDays, 'day')}`,
                where: `${intervention} (${stage} for ${family})`,
                todo: 'it expires by itself; sooner with `lifeharness suspend`',
              },
            ],
      ),
    ]
  },
}

function group(
  entries: readonly RegistryEntry[],
  level: Finding['level'],
  what: string,
  todo: string,
): Finding[] {
  if (entries.length === 0) return []
  const where = listed(entries.map(({ intervention }) => intervention.id))
  return [{ level, what: `${plural(entries.length, 'intervention')} ${what}`, where, todo }]
}

function unreadable({ intervention }: RegistryEntry): Finding[] {
  const { id, kind, options } = intervention
  try {
    KINDS.get(kind)?.compile(options)
    return []
  } catch (error) {
    return [
      {
        level: 'broken',
        what: `the kind ${kind} cannot read its options: ${error instanceof Error ? error.message : error}`,
        where: id,
        todo: `it is never applied; look with \`lifeharness show ${id}\``,
      },
    ]
  }
}

/** What helps and is still in canary waits for a guardrail signal, which may never come. */
function waiting({ intervention, stages, pinned }: RegistryEntry): Finding[] {
  if (pinned) return []
  return Object.entries(stages)
    .filter(([, { stage, account }]) => stage === 'canary' && helps(account))
    .map(([family, { reason }]) => ({
      level: 'look',
      what: `waits for a word: ${reason}`,
      where: `${intervention.id} (${family})`,
      todo:
        `\`lifeharness activate ${intervention.id} --family ${family}\`, or give the layer a signal: ` +
        'episode.end({ success }), succeeded(result) in the configuration',
    }))
}

/** What would repeat or add a call waits for what only the user knows of the tool (law 5). */
function undeclared({ intervention, stages, pinned }: RegistryEntry): Finding[] {
  const { id, kind, options, tool } = intervention
  const { default: record } = stages
  if (pinned || record?.stage !== 'proposed' || !record.reason.includes('not declared')) return []
  const inserted = KINDS.get(kind)?.inserts?.(options)
  const said = inserted ? `'${inserted}': { insertable: true }` : `'${toolKey(tool)}': { readOnly: true }`
  return [
    {
      level: 'look',
      what: `waits for what you know of a tool: ${record.reason}`,
      where: `${id} (${toolKey(tool)})`,
      todo: `if it is so, say it in the configuration: tools: { ${said} }; the next run of the learner looks again`,
    },
  ]
}

/** By the learner, with its reason: expired, harmful, without effect, or its contract changed. */
function suspended({ intervention, stages, pinned }: RegistryEntry): Finding[] {
  if (pinned) return []
  return Object.entries(stages)
    .filter(([, { stage }]) => stage === 'suspended')
    .map(([family, { reason }]) => ({
      level: 'note',
      what: `suspended: ${reason}`,
      where: `${intervention.id} (${family})`,
      todo: 'nothing: it is taken back, and comes back through shadow when the evidence says so',
    }))
}
