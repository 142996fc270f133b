/** What a host of shells and interpreters noted beside what a program printed. */
export type ExitNote = { code: number; printed: string }

/** In front: `Exit code 1`, `exitcode: 1 (execution failed)`, and a heading for what was printed. */
const IN_FRONT =
  /^\s*(?:exit ?code|exit status|return ?code)[ :=]{1,2}(-?\d{1,3})(?: ?\([^)\n]*\))?[ \t]*(?:\n|$)(?:(?:code )?output:[ \t]*(?:\n|$))?/i
/** `<returncode>1</returncode>`, with what was printed in a tag of its own. */
const TAGGED = /^\s*<(returncode|return_code|exit_?code|exit-code)>\s*(-?\d{1,3})\s*<\/\1>\s*/i
const TAG_OF_OUTPUT = /^<(output|stdout|stderr)>\n?|\n?<\/(output|stdout|stderr)>\s*$/gi
/** Below other lines with a name each: `Wall time: 1.2 seconds`, `Process exited with code 1`. */
const IN_HEAD =
  /^(?:[A-Z][\w ]{0,30}: [^\n]{0,80}\n){1,4}?(?:process|command) exited with (?:exit )?code (-?\d{1,3})[ \t]*(?:\n|$)(?:(?:final )?output:[ \t]*(?:\n|$))?/i
/** At the end, among lines that stand in brackets as a whole: `[Command finished with exit code 1]`. */
const IN_BRACKETS = /(?:^|\n)((?:\[[^\]\n]{1,200}\][ \t]*(?:\n|$)\s*)+)$/
const NAMED_IN_BRACKETS =
  /\b(?:completed|finished|exited|ended|failed|returned) with (?:exit )?(?:code|status) (-?\d{1,3})\b/i

/**
 * The note of how a program ended in the text of a result, where hosts put it: as the first thing, or as the last. What
 * a program itself prints of exit codes is no note. Undefined where there is none.
 */
export function exitNote(text: string): ExitNote | undefined {
  const front = IN_FRONT.exec(text) ?? IN_HEAD.exec(text)
  if (front) return { code: Number(front[1]), printed: text.slice(front[0].length).trim() }
  const tagged = TAGGED.exec(text)
  if (tagged)
    return {
      code: Number(tagged[2]),
      printed: text.slice(tagged[0].length).replaceAll(TAG_OF_OUTPUT, '').trim(),
    }
  const tail = text.slice(-1_000)
  const brackets = IN_BRACKETS.exec(tail)?.[1]
  const named = brackets && NAMED_IN_BRACKETS.exec(brackets)?.[1]
  if (!named) return undefined
  return { code: Number(named), printed: text.slice(0, text.length - brackets.length).trim() }
}
