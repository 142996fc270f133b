// Real error messages of real tools, each provoked under a label: how well signatures group them and classifiers name
// them, beside a plain Drain. `--half final` is for the last run: nobody looks at it while tuning.
import { parseArgs } from 'node:util'
import { collect, type Labelled } from './errors/collect.ts'
import { classify, learntTemplates, textOf } from './errors/judge.ts'
import type { Language } from './errors/provocation.ts'
import { type Figures, figuresOf, oneLine, printFigures } from './errors/report.ts'
import { type Half, SOURCES } from './errors/sources/index.ts'
import { machine } from './options.ts'

const USAGE =
  'usage: [--half tune|final] [--runs N] [--languages en,fr,de,zh] [--tools a,b] [--json] [--wrong] [--messages]'
const LANGUAGES: readonly Language[] = ['en', 'fr', 'de', 'zh']

const options = readOptions()
const report: { half: Half; language: Language; figures: Figures }[] = []
const skipped = new Map<string, string>()
let faults = 0

for (const half of options.halves) {
  for (const language of options.languages) {
    const sources = SOURCES[half].filter(({ tool }) => !options.tools || options.tools.includes(tool))
    const collected = await collect(sources, language, options.runs)
    for (const { tool, why } of collected.skipped) skipped.set(`${tool} (${language})`, why)
    for (const name of collected.unprovoked) {
      faults++
      console.error(`provoked nothing: ${name}`)
    }
    if (options.messages) {
      // To read whether each label fits what was provoked: nothing is judged.
      for (const one of collected.labelled)
        console.log(`${one.tool}/${one.template} ${one.category}\n    ${oneLine(textOf(one))}`)
      continue
    }
    if (collected.labelled.length === 0) continue
    report.push({ half, language, figures: await figuresIn(collected.labelled) })
  }
}

if (options.json) {
  const bare = report.map(({ figures: { wrong: _, ...figures }, ...one }) => ({ ...one, ...figures }))
  console.log(
    JSON.stringify(
      { bench: 'errors', machine: machine(), skipped: Object.fromEntries(skipped), report: bare },
      null,
      2,
    ),
  )
} else {
  for (const { half, language, figures } of report)
    printFigures(`${half}, ${language}`, figures, options.wrong)
  for (const [what, why] of skipped) console.log(`SKIPPED ${what}: ${why}`)
}
process.exit(faults === 0 ? 0 : 1)

async function figuresIn(labelled: readonly Labelled[]): Promise<Figures> {
  const templates = await learntTemplates(labelled)
  return figuresOf(classify(labelled, 'call'), classify(labelled, 'text'), templates)
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        half: { type: 'string' },
        runs: { type: 'string', default: '5' },
        languages: { type: 'string', default: LANGUAGES.join(',') },
        tools: { type: 'string' },
        json: { type: 'boolean', default: false },
        wrong: { type: 'boolean', default: false },
        messages: { type: 'boolean', default: false },
      },
    })
    const { half } = values
    if (half !== undefined && half !== 'tune' && half !== 'final') throw new Error(`unknown half ${half}`)
    const languages = values.languages.split(',') as Language[]
    const unknown = languages.find((one) => !LANGUAGES.includes(one))
    if (unknown !== undefined) throw new Error(`unknown language ${unknown}`)
    const halves: Half[] = half ? [half] : ['tune', 'final']
    return { ...values, halves, languages, runs: Number(values.runs), tools: values.tools?.split(',') }
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`)
    process.exit(2)
  }
}
