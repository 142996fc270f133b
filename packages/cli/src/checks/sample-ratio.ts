import { skewed } from '@lifeharness/core/learn'
import type { Check, Finding } from '../check.ts'
import { count } from '../figures.ts'

/** Episodes of one arm go missing: what is left of them proves nothing. */
export const sampleRatio: Check = {
  name: 'sample-ratio',
  find({ state }) {
    return state.entries.flatMap(({ intervention, stages }) =>
      Object.entries(stages).flatMap(([family, { account }]): Finding[] => {
        // A record from before the draws were kept has none.
        if (!account.allocation || !skewed(account)) return []
        const { treated, control, allocation } = account
        return [
          {
            level: 'broken',
            what:
              `sample-ratio alarm: ${count(treated.episodes)} of ${count(treated.episodes + control.episodes)} episodes ` +
              `came in with it, ${count(allocation.expected)} were drawn; no comparison of the two means anything`,
            where: `${intervention.id} (${family})`,
            todo: 'find out which episodes are not recorded: those that crash, time out, or share an id with others',
          },
        ]
      }),
    )
  },
}
