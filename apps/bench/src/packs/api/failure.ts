import type { Course } from './run-calls.ts'

/** The first look at `final` is the one that counts: nothing was tuned on it. */
export type Half = 'tune' | 'final'

/** A failure that is provoked on the real server. */
export type Failure = Course & {
  mechanism: string
  half: Half
  /** The right call: what comes of it must come of the repaired one. */
  meant?: Course['call']
  /** Where no repair is possible: what the model must be told. Where neither stands, nothing is expected. */
  says?: RegExp
  /** It only looks like a success. */
  silent?: true
}
