// Scripted agents with habits in real environments, without the layer and with it: what a registry that begins empty
// learns on tasks for training, measured on tasks of other templates. The layer runs in progressive mode with its own
// stage machine, so what it has not proven yet is on in half of the episodes, and the rest is the concurrent control.
// Exits non-zero where a call was changed or blocked that would have succeeded as it was written.
// `--environment NAME` (default: all), `--episodes N` (for training; half as many for testing), `--seed S`, `--quick`.
import { parseArgs } from 'node:util'
import { machine } from './options.ts'
import { worldsIn } from './worlds/index.ts'
import { induction, type Lesson } from './worlds/induction.ts'
import { measureWorld, type WorldFigures } from './worlds/measure.ts'
import { profilesIn } from './worlds/profiles.ts'
import {
  assumptions,
  concurrentTable,
  interventionTable,
  lessonTable,
  profileTable,
  TURN_SECONDS,
} from './worlds/tables.ts'

const { values: options } = parseArgs({
  options: {
    environment: { type: 'string' },
    episodes: { type: 'string' },
    seed: { type: 'string', default: '1' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    data: { type: 'string', default: process.env.LIFEHARNESS_DATA ?? '../shared/data' },
  },
})
const train = Number(options.episodes ?? (options.quick ? 24 : 800))
const effort = { train, test: Math.ceil(train / 2), seed: Number(options.seed) }
const known = worldsIn(options.data)
const chosen = known.filter(({ name }) => options.environment === undefined || options.environment === name)
if (chosen.length === 0) {
  console.error(
    `no environment ${options.environment ?? ''} here; known: ${known.map(({ name }) => name).join(', ')}`,
  )
  process.exit(2)
}

const started = process.cpuUsage()
const figures: WorldFigures[] = []
for (const world of chosen) {
  if (!options.json) process.stderr.write(`${world.name} … `)
  figures.push(await measureWorld(world, effort))
}
const lessons: { world: string; lesson: Lesson; learnt: Awaited<ReturnType<typeof induction>> }[] = []
for (const world of chosen)
  for (const lesson of world.lessons ?? [])
    lessons.push({ world: world.name, lesson, learnt: await induction(world, lesson, 20, effort.seed) })
const { user, system } = process.cpuUsage(started)
const cpuSeconds = (user + system) / 1e6
const wrong = [...figures, ...lessons.map(({ learnt }) => learnt)].flatMap(({ audit }) => audit.wrong)

if (options.json)
  console.log(JSON.stringify({ machine: machine(), cpuSeconds, effort, figures, lessons }, null, 2))
else {
  console.log(
    `\n${effort.train} episodes of training, then ${effort.test} of other templates, each without and with the layer`,
  )
  console.log(profileTable(figures))
  console.log(
    'episodes that met an intervention: drawn for it, or for the concurrent control; and what was touched',
  )
  console.log(concurrentTable(figures))
  for (const { world, registry } of figures)
    console.log(
      `${world}: what came as far as canary, and how the first call went that it touches\n${interventionTable(registry)}`,
    )
  console.log(`assumed of the agents (their habits: worlds/profiles.ts), and ${TURN_SECONDS} seconds a turn`)
  console.log(assumptions(profilesIn({ habits: {} })))
  console.log(
    'from an empty registry: in which episode a step that calls need was drafted, validated, and approved',
  )
  console.log(lessonTable(lessons))
  for (const one of wrong) console.log(`wrong: ${one}`)
  for (const { world, faults } of figures)
    for (const fault of faults) console.log(`fault in ${world}: ${fault}`)
  console.log(`${wrong.length} wrong interventions; ${cpuSeconds.toFixed(0)} s of CPU besides the programs`)
}
if (wrong.length > 0) process.exitCode = 1
