import { errorLines } from '../error-lines.ts'
import { type Category, type Classifier, defineClassifier } from '../failure.ts'
import { failureFacts } from '../failure-facts.ts'
import { anyMatch, patternFilter } from '../pattern-filter.ts'
import { programFault } from '../program-text.ts'
import { TEXT_CATEGORIES, textCategory } from '../text-category.ts'
import { verdict } from '../verdict.ts'

/**
 * Exit codes with one meaning in every shell (POSIX, and 124 of `timeout`). 1 means anything; 2 means wrong usage, but
 * also what many programs call a serious trouble.
 */
const CATEGORY_OF: Readonly<Record<number, Category>> = {
  ...{ 124: 'exec.timeout', 126: 'auth.denied', 127: 'exec.dependency' },
  ...{ 137: 'exec.unavailable', 139: 'exec.tool_bug', 143: 'exec.unavailable' },
}
const USAGE = 2
const NO_COMMAND = 127
const INTERRUPTED = 130

/** What programs print on stderr, one family a line; matched line by line, the first line that matches decides. */
const STDERR: readonly (readonly [Category, RegExp])[] = [
  ['parse.malformed_json', /\bparse error: .{1,200} at (?:EOF at )?line \d+, column \d+$/i],
  [
    'exec.dependency',
    /: command not found$|\bCannot find (?:module|package)\b|^\S*sh: (?:(?:line )?\d+: )?.+: not found$|is not recognized as an internal or external command|^(?:env|xargs|nohup|sudo|exec): .*(?:No such file or directory|command not found)$|: (?:failed|cannot|could not|unable) (?:to )?(?:execute|exec|run|spawn) .*: No such file or directory$|\bcannot (?:open|load) shared (?:object|library)\b/,
  ],
  [
    'contract.missing_param',
    /: (?:missing (?:[\w-]+ ){0,3}(?:operand|argument|destination)s?\b|(?:option|flag) (?:requires|needs) an? (?:argument|value|parameter)|no \w+ specified\b(?! and no))|\boption \S+ (?:requires|needs) (?:an? )?(?:argument|value|parameter)|\b(?:arguments?|options?|parameters?) (?:is|are) required\b|\blacks argument$|: requires (?:an? )?(?:parameter|argument|value)\b/i,
  ],
  ['contract.value', /^(?:[mg]?awk|sed|jq): .*(?:syntax error|unterminated|unknown command|expression #)/i],
  [
    'exec.dependency',
    /^\S.*: (?:invalid|unknown|unrecognized|illegal) (?:[a-z]+ ){0,2}(?:option(?! in \w+\()|predicate|flag|switch|shell option name|long option)\b|: unrecognized option|^.*\bunknown (?:primary or operator|option)|\boption \S+ (?:is )?(?:unknown|not (?:supported|recogni[sz]ed|understood|known|defined))\b|\bis not an? (?:\w+ )?(?:sub-?)?command\b/i,
  ],
  [
    'contract.value',
    /: (?:line \d+: )?(?:syntax error|unexpected (?:EOF|end of file)|bad substitution|[\w.]+: unbound variable|parse error)/i,
  ],
  [
    'contract.value',
    /: (?:too (?:many|few) arguments|extra operand|invalid (?:[\w-]+ ){0,3}(?:argument|number|mode|user|group|date|line|byte|field|range|time)\b|argument list too long|paths must precede expression|ambiguous redirect|not a valid identifier)|[:(] ?(?:Is a directory|Not a directory)\)?$|\bis not a directory$|\bomitting directory\b|: unknown argument to\b|^error: .*\boption$/i,
  ],
  ['contract.value', /^(?:[mg]?awk|sed|perl|bc|jq): (?:line \d+|-e )/i],
  [
    'state.not_found',
    /: (?:No such (?:file|process|device|user|container|directory|remote)\b.*|cannot (?:access|stat|open|find)\b.*(?:: |\()No such file.*)$|: no such (?:user|group)/i,
  ],
  [
    'auth.denied',
    /: (?:Permission denied|Operation not permitted|Read-only file system|must be root|you must be root)\b|is not in the sudoers file/i,
  ],
  [
    'state.conflict',
    /: (?:File exists|Directory not empty|Device or resource busy|Text file busy|Address already in use)\b|are the same file$/i,
  ],
  [
    'exec.unavailable',
    /: (?:\(\d+\) )?(?:No space left on device|Cannot allocate memory|Resource temporarily unavailable|Connection (?:refused|reset by peer)|Name or service not known|No route to host|Could not resolve host.*|Temporary failure in name resolution|Network is unreachable|Input\/output error)\b|^Killed$|\bout of memory\b/i,
  ],
]

/** Only where nothing else is said. */
const HELP = /^usage: |^Try '.+ --help' for more information/im

const possibleFamilies = patternFilter(STDERR.map(([, pattern]) => pattern))

/** The exit code as text: `exited with code 1`, `return code: 127`. */
const EXIT_IN_TEXT =
  /\b(?:exit(?:ed)?(?: with)?(?: (?:status|code))|return(?:ed)? (?:with )?code|exit status)\b[\s:=]*(?:code )?(\d{1,3})\b/i
const mayNameExit = patternFilter([EXIT_IN_TEXT])
const saysNothing = anyMatch(
  /^\W*(?:\(?(?:command )?(?:failed|exited|ended|returned)?\s?(?:with )?(?:a )?non-?zero (?:exit|return)[^.]*|(?:command )?(?:exit(?:ed)?|returned?|failed)(?: with)?(?: (?:status|code|exit code))[\s:]*1)\W*$/i,
)

/** Exit codes, and the lines that Unix programs write when they fail. */
export const shellExit: Classifier = defineClassifier({
  name: 'shell-exit',
  categories: [
    ...new Set([
      ...STDERR.map(([category]) => category),
      ...Object.values(CATEGORY_OF),
      ...TEXT_CATEGORIES,
      'result.empty' as const,
      'unknown' as const,
    ]),
  ],
  on: 'facts',
  classify(step) {
    const facts = failureFacts(step.result)
    if (!facts) return undefined
    const { message } = facts
    const told = facts.exitCode
    const printed = stderrFamily(message)
    const exit = told ?? exitInText(message)
    if (exit === INTERRUPTED) {
      // Somebody pressed Ctrl-C: that is an answer, not a failure.
      return verdict('unknown', 'protocol', `exit ${exit}`, { attribution: 'user', expectedNegative: true })
    }
    if (printed) return verdict(printed, told === undefined ? 'template' : 'protocol', message)
    if (exit === USAGE || HELP.test(message)) {
      // Many programs end with 2 for other reasons: what they say goes before the code.
      const said = isUsage(message)
        ? 'contract.missing_param'
        : message === ''
          ? undefined
          : textCategory(message)
      const rank = told === undefined || said ? 'text' : 'protocol'
      return verdict(
        said ?? 'contract.value',
        rank,
        exit === undefined ? message : `exit ${exit}: ${message}`,
        { effect: 'possible' },
      )
    }
    const byCode = exit === undefined || exit === 0 ? undefined : codeMeans(exit, message)
    if (byCode) return verdict(byCode, told === undefined ? 'text' : 'protocol', `exit ${exit}: ${message}`)
    if (told === 1 && message === '') return verdict('result.empty', 'protocol', 'exit 1 without a word')
    return saysNothing(message) ? verdict('result.empty', 'text', message) : undefined
  },
})

/** Nothing but how to call it: what was needed was not there. */
const isUsage = (message: string) =>
  /^usage\b/i.test(message) && /^usage\b/i.test(errorLines(message).headline)

/** A shell ends with 127 where a command is not there, and where it cannot take what it was given. */
function codeMeans(exit: number, message: string): Category | undefined {
  const said = exit === NO_COMMAND ? textCategory(message) : undefined
  return said?.startsWith('contract.') ? said : CATEGORY_OF[exit]
}

const MAX_LINES = 20

function stderrFamily(message: string): Category | undefined {
  // The shape `program: what: why` is what makes a line one of stderr.
  if (!/[:'`]|usage/i.test(message)) return undefined
  const possible = possibleFamilies(message.slice(0, 4000))
  if (possible === 0) return undefined
  const fault = programFault(message)
  if (fault) return fault
  const { headline, text: told } = errorLines(message.slice(0, 4000))
  for (const text of [headline, ...told.split('\n', MAX_LINES)]) {
    if (text === '' || text.length > 400) continue
    for (const [index, [category, pattern]] of STDERR.entries())
      if ((possible >> index) & 1 && pattern.test(text)) return category
  }
  return undefined
}

function exitInText(message: string): number | undefined {
  const tail = message.slice(-400)
  const code = mayNameExit(tail) ? EXIT_IN_TEXT.exec(tail)?.[1] : undefined
  return code === undefined ? undefined : Number(code)
}
