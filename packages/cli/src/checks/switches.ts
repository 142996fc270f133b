import type { Category } from '@lifeharness/core'
import { type Check, type Finding, listed } from '../check.ts'
import { plural } from '../figures.ts'

/** What people turned off: all of it, a category, a kind. */
export const switches: Check = {
  name: 'switches',
  find({ state, config, environment, mined }) {
    const findings: Finding[] = []
    const { killed, disabled = [] } = state.settings
    if (killed)
      findings.push({
        level: 'look',
        what: 'the kill switch is on: nothing is applied anywhere',
        where: 'the registry',
        todo: '`lifeharness revive` turns it off',
      })
    const said = environment.LIFEHARNESS
    if (said === 'off' || said === 'observe')
      findings.push({
        level: 'look',
        what:
          said === 'off'
            ? 'LIFEHARNESS=off: agents started here do without the layer'
            : 'LIFEHARNESS=observe: agents started here are only observed, nothing is applied',
        where: 'the environment of this shell',
        todo: 'unset LIFEHARNESS',
      })
    const failuresOf = (category: Category) =>
      [...mined.signatures.values()]
        .filter((one) => one.category === category)
        .reduce((sum, { count }) => sum + count, 0)
    const off = [
      ...disabled.map((category) => ({ category, where: 'the registry' })),
      ...(config.off?.categories ?? []).map((category) => ({
        category,
        where: 'the configuration, off.categories',
      })),
    ]
    for (const { category, where } of off) {
      const entries = state.entries.filter(({ intervention }) => intervention.category === category)
      findings.push({
        level: 'note',
        what:
          `the category ${category} is switched off: ${plural(entries.length, 'intervention')} not applied, ` +
          `${plural(failuresOf(category), 'recorded failure')} left alone`,
        where,
        todo: 'nothing, if this is meant',
      })
    }
    for (const kind of config.off?.kinds ?? []) {
      const ids = state.entries
        .filter(({ intervention }) => intervention.kind === kind)
        .map(({ intervention }) => intervention.id)
      findings.push({
        level: 'note',
        what: `the kind ${kind} is switched off: ${plural(ids.length, 'intervention')} not applied`,
        where: ids.length > 0 ? listed(ids) : 'the configuration, off.kinds',
        todo: 'nothing, if this is meant',
      })
    }
    return findings
  },
}
