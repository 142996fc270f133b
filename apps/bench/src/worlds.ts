// Scripted agents with habits in real environments, without the layer and with it: what a registry that begins empty
// learns, or one that begins with packs does, measured on tasks of other templates than those before. The layer runs in
// progressive mode with its own stage machine, so what it has not proven yet is on in half of the episodes, and the rest
// is the concurrent control. Exits non-zero where a call was changed or blocked that would have succeeded as it was
// written, where something else was done than was meant, or where an agent that does nothing scores.
// `--environment NAME` and `--from empty|packs|active` (several times; default: all), `--episodes N` (for training; half as
// many for testing), `--seed S`, `--seeds N` (of the lessons), `--canaries N` (places, default: the
// library's), `--only worlds|lessons`, `--quick`.
import { parseArgs } from 'node:util'
import { STAGE_LIMITS } from '@lifeharness/core/learn'
import { machine } from './options.ts'
import { TURN_MS } from './worlds/host.ts'
import { worldsIn } from './worlds/index.ts'
import { induction, PUPILS } from './worlds/induction.ts'
import { type Course, lessonLines, lessonTable } from './worlds/lesson-table.ts'
import { measureWorld, type WorldFigures } from './worlds/measure.ts'
import { profilesIn } from './worlds/profiles.ts'
import { STARTS } from './worlds/start.ts'
import {
  assumptions,
  concurrentTable,
  decisionLines,
  habitTable,
  interventionTable,
  named,
  profileTable,
  stageTable,
  wrongLines,
} from './worlds/tables.ts'

const { values: options } = parseArgs({
  options: {
    environment: { type: 'string', multiple: true },
    from: { type: 'string', multiple: true },
    episodes: { type: 'string' },
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '5' },
    canaries: { type: 'string', default: String(STAGE_LIMITS.canaries) },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    data: { type: 'string', default: process.env.LIFEHARNESS_DATA ?? '../shared/data' },
  },
})
const train = Number(options.episodes ?? (options.quick ? 16 : 800))
const seed = Number(options.seed)
const effort = { train, test: Math.ceil(train / 2), seed, canaries: Number(options.canaries) }
const known = worldsIn(options.data)
// The short form is for every change: what is there on the first day, where nothing but this machine is needed.
const environments =
  options.environment ?? (options.quick ? ['api', 'terminal'] : known.map(({ name }) => name))
const chosen = known.filter(({ name }) => environments.includes(name))
const from: readonly string[] = options.from ?? (options.quick ? ['active'] : STARTS)
const starts = STARTS.filter((start) => from.includes(start))
const only = options.only ?? (options.quick ? 'worlds' : undefined)
if (chosen.length === 0 || starts.length === 0) {
  console.error(
    `nothing to run; environments here: ${known.map(({ name }) => name).join(', ')}; starts: ${STARTS.join(', ')}`,
  )
  process.exit(2)
}

const started = process.cpuUsage()
const figures: WorldFigures[] = []
for (const world of only === 'lessons' ? [] : chosen)
  for (const start of starts) {
    // Where no pack is for its tools there is only one way to begin.
    if (start !== 'empty' && !world.packs) continue
    if (!options.json) process.stderr.write(`${world.name} from ${start} … `)
    figures.push(await measureWorld(world, { ...effort, start }))
  }
const courses: Course[] = []
const seeds = Number(options.seeds)
for (const world of only === 'worlds' ? [] : chosen)
  for (const lesson of world.lessons ?? [])
    for (const pupil of PUPILS) {
      const learnt = []
      for (let index = 0; index < seeds; index++)
        learnt.push(await induction(world, lesson, { pupil, seed: seed + index }))
      courses.push({ world: world.name, lesson, pupil, learnt })
    }
const { user, system } = process.cpuUsage(started)
const cpuSeconds = (user + system) / 1e6
const idle = figures.flatMap((one) => one.idle)
const wrong = [...figures, ...courses.flatMap(({ learnt }) => learnt)].flatMap(({ audit }) => audit.wrong)

if (options.json)
  console.log(JSON.stringify({ machine: machine(), cpuSeconds, effort, figures, courses }, null, 2))
else print()
if (wrong.length + idle.length > 0) process.exitCode = 1

function print(): void {
  if (figures.length > 0) {
    console.log(
      `\n${effort.train} episodes of training, then ${effort.test} of other templates, each without and with the layer; ${effort.canaries} places in canary`,
    )
    console.log(profileTable(figures))
    console.log(
      'episodes that met an intervention: drawn for it, or for the concurrent control; and what was touched',
    )
    console.log(concurrentTable(figures))
    console.log('in which stage interventions stand, family by family')
    console.log(stageTable(figures))
  }
  for (const one of figures)
    console.log(
      `${one.world} from ${one.start}: what was tried, and how the first call went that it touches\n${interventionTable(one)}`,
    )
  for (const one of figures) for (const line of decisionLines(one)) console.log(line)
  const profiles = chosen.map((world) => ({ world: world.name, profiles: profilesIn(world) }))
  console.log(`assumed of the agents: ${TURN_MS / 1_000} seconds a turn, and of a failed call`)
  console.log(assumptions([...(profiles[0]?.profiles ?? []), ...(courses.length > 0 ? PUPILS : [])]))
  console.log(habitTable(profiles))
  if (courses.length > 0) {
    console.log(
      `from an empty registry: whether a step that calls need was learnt within 20 episodes, of ${seeds} seeds, and when`,
    )
    console.log(lessonTable(courses))
    for (const line of lessonLines(courses)) console.log(line)
  }
  for (const { world, start, lost, registry } of figures)
    for (const { episode, interventions } of lost)
      console.log(
        `lost with the layer: ${world} from ${start}, ${episode}: ${interventions.map((id) => named(id, registry)).join('; ') || 'nothing was applied'}`,
      )
  for (const { audit, registry } of figures)
    for (const line of wrongLines(audit.wrong, registry)) console.log(line)
  for (const task of idle) console.log(`an agent that does nothing scores: ${task}`)
  for (const { world, faults } of figures)
    for (const fault of faults) console.log(`fault in ${world}: ${fault}`)
  console.log(`${wrong.length} wrong interventions; ${cpuSeconds.toFixed(0)} s of CPU besides the programs`)
}
