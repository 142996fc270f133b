import { type ImportProblem, importTrajectories, type TrajectorySource } from '@lifeharness/core/learn'
import { plural } from './figures.ts'
import type { Terminal } from './terminal.ts'

/** Problems that are told one by one; a file of another format has one in every line. */
const TOLD = 20

/** Tells what could not be read, up to a point; `done` sums up. */
export function problemTeller(terminal: Terminal): {
  tell(problem: ImportProblem): void
  done(files: number): void
} {
  let told = 0
  return {
    tell({ file, line, reason }) {
      if (told++ < TOLD) terminal.err(`${file}${line === undefined ? '' : `:${line}`}: ${reason}`)
    },
    done(files) {
      if (told > TOLD) terminal.err(`… and ${plural(told - TOLD, 'more problem')}`)
      if (told > 0) terminal.err(`${plural(told, 'problem')} in ${plural(files, 'file')}`)
    },
  }
}

/** The episodes of recordings, problems told once. */
export function readRecordings(files: readonly string[], terminal: Terminal): TrajectorySource {
  let passes = 0
  return async function* () {
    const first = passes++ === 0
    const { tell, done } = problemTeller(terminal)
    yield* importTrajectories({ files, onProblem: (problem) => first && tell(problem) })
    if (first) done(files.length)
  }
}
