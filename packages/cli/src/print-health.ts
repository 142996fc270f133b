import { count, duration, percent, plural } from './figures.ts'
import { shorten } from './print-mine.ts'
import type { HealthReport } from './registry-report.ts'
import { table, wrap } from './table.ts'
import type { Terminal } from './terminal.ts'

const STATES = {
  explosion: { words: 'EXPLOSION WARNING', colour: 'red' },
  steady: { words: 'Steady state', colour: 'green' },
  mixed: { words: 'Neither steady nor exploding', colour: 'yellow' },
  unknown: { words: 'Not known yet', colour: 'dim' },
} as const

/** Growth, coverage and what costs most. */
export function printHealth(health: HealthReport, failures: number, terminal: Terminal): void {
  const { out, paint, width } = terminal
  const { verdict, signatures, covered } = health
  const { words, colour } = STATES[verdict.state]
  const lines: [string, string][] = [
    [
      'growth',
      `${plural(signatures.seen, 'signature')} seen, ${count(signatures.newPerThousand)} new per 1,000 failures lately; ` +
        `at least ${count(signatures.unseen)} not met yet`,
    ],
    [
      'coverage',
      `${percent(covered.active.share)} of the failures are of a signature that something active answers ` +
        `(${count(covered.active.failures)} of ${count(failures)}); ` +
        `${percent(covered.validated.share)} of one that something validated answers, in part at least`,
    ],
  ]
  out(`\n${paint('bold', 'Health')}: ${paint(colour, words)}`)
  out(wrap(verdict.reason, width))
  for (const [label, text] of lines)
    out(`${paint('dim', label.padEnd(LABEL))}${wrap(text, width - LABEL, ' '.repeat(LABEL))}`)
  printTop(health, terminal)
}

const LABEL = 10

function printTop({ top }: HealthReport, terminal: Terminal): void {
  if (top.length === 0) return
  const { out, paint, width } = terminal
  const timed = top.some(({ wasted }) => wasted.ms >= 1)
  const columns = [
    { head: timed ? 'of all cost' : 'of all', align: 'right' as const },
    { head: 'failures', align: 'right' as const },
    { head: 'wasted', align: 'right' as const },
    { head: 'what', flexible: true },
    { head: 'answered' },
  ]
  const rows = top.map(({ share, failures, wasted, category, tool, template, covered, validated }) => [
    percent(share),
    count(failures),
    timed ? duration(wasted.ms) : plural(wasted.steps, 'call'),
    `${tool}: ${shorten(template, width)}\n${paint('dim', category)}`,
    covered ? paint('green', 'yes') : validated ? 'not yet' : 'no',
  ])
  out(`\n${paint('bold', 'Top impact')}`)
  out(table(columns, rows, width))
}
