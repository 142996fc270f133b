import { type CommandRewrite, commandRewrite, isDiscard, isProgram } from '../../command-rewrite.ts'
import { editEvery } from '../../edit.ts'
import type { Draft } from '../../intervention.ts'
import { type Json, jsonEqual, valuesAt } from '../../json.ts'
import { type ShellWord, shellWords } from '../../shell-words.ts'
import { sqlNames } from '../../sql-names.ts'
import { editsOf } from '../diff.ts'
import { type Covered, draftOf, groupBy, literalScope, sparesSuccesses } from '../draft.ts'
import { defineInducer, type Evidence, type Inducer } from '../evidence.ts'

type Found = { path: string; rewrite: CommandRewrite; paired: boolean; failed: Covered['failed'] }

/**
 * Proposes `rewrite-command` where pairs of command lines differ by a redirection that hid output (`2>/dev/null`, which a
 * sandbox refuses), or by the program that is called (`python3` → `python`), and no success has what was given up.
 */
export const commandInducer: Inducer = defineInducer({
  name: 'command',
  *propose(evidence) {
    const found = rewritesIn(evidence)
    for (const same of groupBy(found, ({ path, rewrite }) => `${path} ${JSON.stringify(rewrite)}`).values())
      yield* rewriteDraft(evidence, same)
  },
})

function* rewriteDraft(evidence: Evidence, found: readonly Found[]): Iterable<Draft> {
  const { path, rewrite } = found[0] as Found
  // Where more was changed than this, it may have been for another reason.
  if (!found.some(({ paired }) => paired)) return
  const edit = (input: Json) => rewritten(input, path, rewrite)
  if (!sparesSuccesses(evidence, undefined, edit)) return
  const scope = literalScope(found.map(({ failed }) => failed))
  if (!scope) return
  const signatures = new Set(found.map(({ failed }) => failed.failure.signature))
  const pairs = groupBy(found, ({ failed }) => `${failed.episode} ${failed.step}`)
  yield draftOf(evidence, {
    inducer: 'command',
    kind: 'rewrite-command',
    options: { path, ...rewrite },
    path,
    ...scope,
    covered: evidence.failures.flatMap((failed): Covered[] => {
      if (!signatures.has(failed.failure.signature) || failed.input === undefined) return []
      const expect = edit(failed.input)
      if (expect === undefined || jsonEqual(expect, failed.input)) return []
      const pair = pairs.get(`${failed.episode} ${failed.step}`)
      return [{ failed, expect, paired: pair?.some(({ paired }) => paired) ?? false }]
    }),
  })
}

function rewritten(input: Json, path: string, rewrite: CommandRewrite): Json | undefined {
  const edit = commandRewrite(rewrite)
  return editEvery(input, path, (value) => (typeof value === 'string' ? edit(value) : 'keep'))
}

function rewritesIn({ pairs, successes }: Evidence): Found[] {
  return editsOf(pairs).flatMap(({ pair, before: input, after: success, changes }) =>
    changes.flatMap(({ type, path, before, after }): Found[] => {
      if (type !== 'changed' || typeof before !== 'string' || typeof after !== 'string') return []
      // The first word of a query is no program.
      if (sqlNames(before)) return []
      const left = shellWords(before)
      const right = shellWords(after)
      if (!left || !right || !isCommandLine(left)) return []
      return candidates(left, right).flatMap((rewrite): Found[] => {
        // A word of prose is no program: successes must call it as one.
        if (rewrite.by !== undefined && !callsProgram(successes, path, rewrite.by)) return []
        const edited = rewritten(input, path, rewrite)
        const paired = edited !== undefined && jsonEqual(edited, success)
        return [{ path, rewrite, paired, failed: pair.failed }]
      })
    }),
  )
}

function candidates(left: readonly ShellWord[], right: readonly ShellWord[]): CommandRewrite[] {
  const plain = (words: readonly ShellWord[]) => new Set(words.map(({ text }) => text.replace(/\s+/g, '')))
  const kept = plain(right)
  const removed = [...plain(left)].filter((word) => isDiscard(word) && !kept.has(word))
  const programs = (words: readonly ShellWord[]) =>
    words.filter(({ isCommand, isPlain }) => isCommand && isPlain).map(({ text }) => text)
  const before = programs(left)
  const after = programs(right)
  const gone = [...new Set(before.filter((name, at) => after[at] !== name && !after.includes(name)))]
  const replaced =
    before.length !== after.length
      ? []
      : gone.flatMap((command): CommandRewrite[] => {
          const by = after[before.indexOf(command)] as string
          return isProgram(command) && isProgram(by) ? [{ command, by }] : []
        })
  return [...removed.map((remove) => ({ remove })), ...replaced]
}

/** A line with an option, a path or a redirection; prose has none of them. */
function isCommandLine(words: readonly ShellWord[]): boolean {
  return words.some(({ text, isCommand }) => !isCommand && /^-|[/.]\w|[<>]/.test(text))
}

/** Successes that must have called a program. */
const MIN_CALLS = 2

function callsProgram(successes: Evidence['successes'], path: string, name: string): boolean {
  const lines = successes.flatMap(({ input }) => valuesAt(input, path))
  const calling = lines.filter(
    (line) =>
      typeof line === 'string' && shellWords(line)?.some(({ isCommand, text }) => isCommand && text === name),
  )
  return calling.length >= MIN_CALLS
}
