// Learns what words weigh in a message from the collection of wordings, and measures it on tools that were left out.
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { readSamples } from './errors/word-corpus.ts'
import { tableSource } from './errors/word-table.ts'
import { trainWords, trustOf } from './errors/word-trainer.ts'

const TABLE = new URL('../../../packages/core/src/word-weights.generated.ts', import.meta.url)

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } })
const samples = readSamples()
const source = tableSource(trainWords(samples), trustOf(samples))
console.log(`${samples.length} wordings, ${source.length} bytes, ${gzipSync(source).length} gzipped`)
if (values.write) writeFileSync(TABLE, source)
else if (readFileSync(TABLE, 'utf8') !== source) {
  console.error('the table is not what these wordings teach: run with --write')
  process.exitCode = 1
}
