import { toolKey } from '@lifeharness/core'
import { builtinKinds } from '@lifeharness/core/builtins'
import { type Check, type Finding, listed } from '../check.ts'
import { plural } from '../figures.ts'

const COMPUTED = new Set(['shadow', 'canary', 'active'])
const KINDS = new Map(builtinKinds.map((kind) => [kind.kind, kind]))

/** Interventions that a host never gets, because they need an action that it cannot do. */
export const hosts: Check = {
  name: 'hosts',
  find({ scan, state }) {
    return scan.hosts.flatMap(({ agent, actions, episodes, tools }): Finding[] => {
      if (!actions) return []
      const able = new Set<string>(actions)
      const missing = new Map<string, string[]>()
      let acting = false
      for (const { intervention, stages } of state.entries) {
        const standing = Object.values(stages).filter(({ stage }) => COMPUTED.has(stage))
        if (standing.length === 0 || !tools.has(toolKey(intervention.tool))) continue
        const lacks = KINDS.get(intervention.kind)?.actions.filter((action) => !able.has(action)) ?? []
        if (lacks.length > 0 && standing.some(({ stage }) => stage !== 'shadow')) acting = true
        for (const action of lacks) missing.set(action, [...(missing.get(action) ?? []), intervention.id])
      }
      return [...missing].map(([action, ids]) => ({
        level: acting ? 'look' : 'note',
        what: `${plural(ids.length, 'intervention')} inactive on a host that cannot ${action}`,
        where: `${agent ? `agent ${agent}` : 'agents without a name'} (${plural(episodes, 'episode')}): ${listed(ids)}`,
        todo: 'nothing is wrong with them; another adapter may be able to, or suspend them for this agent',
      }))
    })
  },
}
