import type { Check } from '../check.ts'

/** Packages of different versions in one project: what one of them records another may not read. */
export const versions: Check = {
  name: 'versions',
  find({ installed }) {
    if (new Set(installed.map(({ version }) => version)).size < 2) return []
    return [
      {
        level: 'look',
        what: 'the packages @lifeharness/* of this project are of different versions',
        where: installed.map(({ name, version }) => `${name} ${version}`).join(', '),
        todo: 'install them in one version, for example with `npm update`',
      },
    ]
  },
}
