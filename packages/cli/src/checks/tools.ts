import { toolKey } from '@lifeharness/core'
import { type Check, listed } from '../check.ts'
import { count, plural } from '../figures.ts'

/**
 * Tools that were called without a contract: nothing can be said of their arguments before they fail. A name that a model
 * made up has none to show: what could help there is told by its own failures.
 */
export const tools: Check = {
  name: 'tools',
  find({ mined }) {
    const refused = new Map<string, number>()
    for (const { tool, category, count: failures } of mined.signatures.values())
      if (category === 'resolve.unknown_tool')
        refused.set(toolKey(tool), (refused.get(toolKey(tool)) ?? 0) + failures)
    const bare = [...mined.tools]
      .filter(([key, { calls }]) => (refused.get(key) ?? 0) < calls)
      .filter(([, { variants }]) => [...variants.values()].every(({ contract }) => !contract?.inputSchema))
      .sort(([, a], [, b]) => b.failures - a.failures || b.calls - a.calls)
    if (bare.length === 0) return []
    const failures = bare.reduce((sum, [, tool]) => sum + tool.failures, 0)
    return [
      {
        level: failures > 0 ? 'look' : 'note',
        what: `${plural(bare.length, 'tool')} without a contract: ${plural(failures, 'failed call')}, and no repair by schema is possible`,
        where: listed(
          bare.map(([key, tool]) => `${key} (${count(tool.failures)} of ${count(tool.calls)} failed)`),
        ),
        todo: 'show the layer their schemas: presentTools(), or the wrapper of the adapter',
      },
    ]
  },
}
