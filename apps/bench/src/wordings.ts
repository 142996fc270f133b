// Learns what words weigh in a message from the collection of wordings, and measures it on tools that are left out.
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { byCategory } from './errors/measure.ts'
import { readSamples } from './errors/word-corpus.ts'
import { judgeLeftOut, type LeftOut } from './errors/word-folds.ts'
import { tableOf, tableSource } from './errors/word-table.ts'
import { trainWords, trustOf } from './errors/word-trainer.ts'
import { plainTable } from './plain-table.ts'

const TABLE = new URL('../../../packages/core/src/word-weights.generated.ts', import.meta.url)
const { write, folds } = readOptions()
const samples = readSamples()
const source = tableSource(tableOf(trainWords(samples), trustOf(samples)))
console.log(`${samples.length} wordings, ${source.length} bytes, ${gzipSync(source).length} gzipped`)
if (write) writeFileSync(TABLE, source)
else if (readFileSync(TABLE, 'utf8') !== source) {
  console.error('the table is not what these wordings teach: run with --write')
  process.exitCode = 1
}
if (folds > 1) printFolds()

/** Text alone, and only what the families said when they first saw it. */
function printFolds(): void {
  const judged = judgeLeftOut(samples, folds)
  const percent = (part: number, all: number) => (all === 0 ? '' : `${((100 * part) / all).toFixed(1)} %`)
  const corpora = plainTable(['corpus', 'wordings', 'families', 'words', 'together', 'unknown'])
  for (const [corpus, all] of [...Map.groupBy(judged, (one) => one.corpus), ['all', judged] as const]) {
    const count = (test: (one: LeftOut) => boolean) => percent(all.filter(test).length, all.length)
    corpora.push([
      ...[corpus, all.length, count(({ category, families }) => families === category)],
      ...[count(({ category, words }) => words === category)],
      ...[count(({ category, together }) => together === category)],
      count(({ together }) => together === 'unknown'),
    ])
  }
  const categories = plainTable(['category', 'labelled', 'precision', 'recall'])
  const rows = byCategory(judged.map(({ category, together }) => ({ truth: category, found: together })))
  for (const { category, labelled, found, right } of rows)
    categories.push([category, labelled, percent(right, found), percent(right, labelled)])
  console.log(`${corpora}\n${categories}`)
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: { write: { type: 'boolean', default: false }, folds: { type: 'string', default: '0' } },
    })
    return { write: values.write, folds: Number(values.folds) }
  } catch (error) {
    console.error(`${(error as Error).message}\nusage: [--write] [--folds N]`)
    process.exit(2)
  }
}
