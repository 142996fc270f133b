// Scripted agents with bad habits in real environments, without the layer and with it.
// `--environment NAME` (default: all), `--episodes N`, `--seed S`.
import { parseArgs } from 'node:util'
import Table from 'cli-table3'
import { worldsIn } from './worlds/index.ts'
import { profilesIn } from './worlds/profiles.ts'
import { type EpisodeReport, runEpisode } from './worlds/run-episode.ts'

const { values: options } = parseArgs({
  options: {
    environment: { type: 'string' },
    episodes: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    data: { type: 'string', default: process.env.LIFEHARNESS_DATA ?? '../shared/data' },
  },
})

const table = new Table({ head: ['environment', 'profile', 'episodes', 'success', 'calls', 'failed'] })
for (const world of worldsIn(options.data)) {
  if (options.environment !== undefined && options.environment !== world.name) continue
  const environment = world.open()
  for (const profile of profilesIn(world)) {
    const reports: EpisodeReport[] = []
    for (let episode = 0; episode < Number(options.episodes); episode++) {
      const seed = episode % environment.tasks.length
      const id = `${world.name} ${profile.name} ${episode}`
      reports.push(await runEpisode(environment, { id, profile, seed, keys: [options.seed, episode] }))
    }
    const sum = (of: (report: EpisodeReport) => number) => reports.reduce((all, one) => all + of(one), 0)
    table.push([
      ...[world.name, profile.name, reports.length, sum(({ success }) => Number(success))],
      ...[sum(({ turns }) => turns.length), sum(({ failed }) => failed)],
    ])
  }
  await environment.close?.()
}
console.log(table.toString())
