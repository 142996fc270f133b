import { type Check, listed } from '../check.ts'
import { count, plural } from '../figures.ts'

/** Tools that were called without a contract: nothing can be said of their arguments before they fail. */
export const tools: Check = {
  name: 'tools',
  find({ mined }) {
    const bare = [...mined.tools]
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
