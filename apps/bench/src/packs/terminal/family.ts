/**
 * Commands of one family for a real bash, labelled before any rule saw what they print. `heldOut`: the rules
 * were written without it; what its first measurement showed is in docs/decisions/2026-11-29-failed-commands.md.
 */
export type Family = {
  name: string
  heldOut: boolean
  /** Programs without which it is skipped. */
  needs: readonly string[]
  /** Run once in an empty folder, of which each command gets a copy. */
  setup: string
  /** A command that fails and what should have been typed, which succeeds; the first correction counts. */
  fixes: readonly (readonly [command: string, ...expected: string[]])[]
  /** Their corrections cannot succeed here (they need another user, a server): only the failure is checked. */
  unverified?: readonly (readonly [command: string, ...expected: string[]])[]
  /** A command that fails without one right correction; it should be explained. */
  broken: readonly string[]
  /** A command that must be left alone: it succeeded, or failed as it should. */
  untouched: readonly string[]
}
