// What is learnt from pairs where tools speak another language than English: the same mistakes, refused by the same real
// tools under each locale of the machine, and how many of the failed calls become exactly the call that succeeded.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Language, Unavailable } from './errors/provocation.ts'
import { learntFromPairs } from './errors/repairs.ts'
import { WORKPLACES } from './errors/workplaces.ts'
import type { Measured } from './learn/measure.ts'
import { machine } from './options.ts'
import { plainTable } from './plain-table.ts'

/** Points that another language may cost. */
const MAX_LOSS = 5
const LANGUAGES: readonly Language[] = ['en', 'fr', 'de', 'zh']

const { json, list, only } = readOptions()
const rows: { workplace: string; language: Language; measured: Measured }[] = []
const skipped: string[] = []

for (const [workplace, open] of Object.entries(WORKPLACES)) {
  if (only && !only.includes(workplace)) continue
  for (const language of LANGUAGES) {
    const dir = await mkdtemp(join(tmpdir(), 'bench-'))
    // Programs that run as another user work here too.
    await chmod(dir, 0o777)
    try {
      const opened = await open({ dir, language })
      try {
        rows.push({ workplace, language, measured: await learntFromPairs(workplace, opened) })
      } finally {
        await opened.close()
      }
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      skipped.push(`${workplace} (${language}): ${error.message}`)
    } finally {
      await rm(dir, { recursive: true, force: true })
    }
  }
}

const shareOf = (found: readonly Measured[]) => {
  const sum = (count: (one: Measured) => number) => found.reduce((total, one) => total + count(one), 0)
  const exact = sum(({ heldOut }) => heldOut.exact.edited + heldOut.exact.repeated)
  return (100 * exact) / sum(({ heldOut }) => heldOut.failed)
}
const of = (language: Language) =>
  rows.filter((row) => row.language === language).map(({ measured }) => measured)
const losses = LANGUAGES.slice(1).flatMap((language) =>
  of(language).length === 0 ? [] : [{ language, points: shareOf(of('en')) - shareOf(of(language)) }],
)
const wrong = rows.reduce((sum, { measured }) => sum + measured.heldOut.wrong, 0)

if (json) {
  console.log(JSON.stringify({ bench: 'errors-pairs', machine: machine(), skipped, losses, rows }, null, 2))
} else {
  const head = ['tools', 'language', 'failed', 'pairs', 'passing', 'exactly repaired', 'hints', 'wrong']
  const table = plainTable(head)
  for (const { workplace, language, measured } of rows) {
    const { failed, pairs, interventions, heldOut } = measured
    const passing = interventions.filter(({ passes }) => passes).length
    const exact = `${heldOut.exact.edited + heldOut.exact.repeated} (${shareOf([measured]).toFixed(1)} %)`
    table.push(
      [workplace, language, failed, pairs.edited, passing, exact, heldOut.hints.given, heldOut.wrong].map(
        String,
      ),
    )
  }
  console.log(table.toString())
  if (list)
    for (const { workplace, language, measured } of rows)
      for (const { kind, tool, options, passes, reason, category } of measured.interventions)
        console.log(
          `${workplace} ${language} ${tool} ${category} ${kind} ${JSON.stringify(options)} ${passes ? 'passes' : reason}`,
        )
  for (const { language, points } of losses)
    console.log(`${language}: ${points.toFixed(1)} points lost against English`)
  for (const what of skipped) console.log(`SKIPPED ${what}`)
}
process.exitCode = wrong === 0 && losses.every(({ points }) => points <= MAX_LOSS) ? 0 : 1

function readOptions(): { json: boolean; list: boolean; only: string[] | undefined } {
  try {
    const flag = { type: 'boolean', default: false } as const
    const { values } = parseArgs({ options: { json: flag, list: flag, only: { type: 'string' } } })
    return { ...values, only: values.only?.split(',') }
  } catch (error) {
    console.error(`${(error as Error).message}\nusage: [--json] [--list] [--only bash,psql]`)
    process.exit(2)
  }
}
