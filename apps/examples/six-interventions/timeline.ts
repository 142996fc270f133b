import { styleText } from 'node:util'
import type { RegistryEntry, Stage, Transition } from '@lifeharness/core'
import { describeIntervention, type Health } from '@lifeharness/core/learn'
import { say, table, tableRows } from '../demo/print.ts'

const COLUMNS = [
  { title: 'day', width: 4, right: true },
  { title: 'intervention', width: 24 },
  { title: 'model', width: 9 },
  { title: 'move', width: 18 },
  { title: 'evidence', width: 43 },
]

let isBegun = false

/** Each transition of an intervention, with the evidence that it was made on. */
export function showTimeline(
  history: readonly Transition[],
  { name, day }: { name(entry: RegistryEntry): string; day(at: number): number },
): void {
  const rows = history.flatMap((change): string[][] => {
    if (change.type !== 'stage') return []
    const { entry, family, from, to, reason, at } = change
    const model = family === 'default' ? 'any' : family
    return [[String(day(at)), name(entry), model, from ? `${from} → ${to}` : `→ ${to}`, reason]]
  })
  if (isBegun) tableRows(COLUMNS, rows)
  else table(COLUMNS, rows)
  isBegun = true
}

const COLOURS: Partial<Record<Stage, 'green' | 'red' | 'yellow'>> = {
  active: 'green',
  suspended: 'red',
  proposed: 'yellow',
}

/** Where each stands for each model, and what it does. */
export function showOutcome(entries: readonly RegistryEntry[], name: (entry: RegistryEntry) => string): void {
  for (const entry of entries) {
    const { stages, intervention } = entry
    const families = Object.keys(stages).filter(
      (family) => family !== 'default' || Object.keys(stages).length === 1,
    )
    const stands = families.map((family) => {
      const { stage } = stages[family] ?? { stage: 'proposed' }
      const colour = COLOURS[stage as Stage]
      return `${family === 'default' ? 'any model' : family}: ${colour ? styleText(colour, stage) : stage}`
    })
    console.log(`  ${styleText('bold', name(entry))}  ${stands.join(', ')}`)
    say(`    ${intervention.tool.name}: ${describeIntervention(intervention)}`)
  }
}

/** What the last health report says. */
export function showHealth({ verdict, covered, unknown, interventions, signatures }: Health): void {
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`
  const gained = interventions.reduce((sum, { helped = 0 }) => sum + helped, 0)
  const lost = interventions.reduce((sum, { harmed = 0 }) => sum + harmed, 0)
  say(
    `Health: ${verdict.state}; ${signatures.seen} signatures; active interventions answer ${percent(covered.share)} of ` +
      `the failures; cause unknown ${percent(unknown.share)}; by the first call that was touched ${gained.toFixed(0)} ` +
      `episodes went better than their control, ${lost.toFixed(0)} worse`,
  )
}
