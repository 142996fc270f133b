import { type Classifier, defineClassifier } from '../failure.ts'
import { failureFacts } from '../failure-facts.ts'
import { isJsonObject, type Json } from '../json.ts'
import { shellWords } from '../shell-words.ts'
import { verdict } from '../verdict.ts'

/** Programs that end with 1 to say no, and with 2 or more where they failed (POSIX, and those that follow it). */
const ANSWERS: ReadonlySet<string> = new Set([
  ...['grep', 'egrep', 'fgrep', 'zgrep', 'pgrep', 'rg', 'ag', 'ack'],
  ...['diff', 'cmp', 'test', '[', '[[', 'pidof', 'which'],
])
const SAYS_NO = 1

/** Nothing, or only that it ended: `(non-zero exit, no output)`, `exit code 1`. */
const SILENT =
  /^\W*(?:non-?zero exit\W{0,2}no output|(?:command |process )?(?:failed|exited|ended|returned|exit)?(?: with)?(?: (?:a )?non-?zero)?(?: (?:exit )?(?:status|code))?[\s:]*1?)\W*$/i

/** A search that found nothing, or a comparison that said no: the exit code is the answer, and nothing failed. */
export const silentAnswer: Classifier = defineClassifier({
  name: 'silent-answer',
  categories: ['result.empty'],
  on: 'step',
  classify(step) {
    const facts = failureFacts(step.result)
    if (!facts || (facts.exitCode ?? SAYS_NO) !== SAYS_NO || !SILENT.test(facts.message)) return undefined
    const program = lastProgram(step.executed.input)
    if (!program || !ANSWERS.has(program)) return undefined
    return verdict('result.empty', 'protocol', `${program} said no`, {
      expectedNegative: true,
      effect: 'none',
    })
  },
})

/** The program whose exit code is that of the whole call; undefined where another one may have ended it in silence. */
function lastProgram(input: Json | undefined): string | undefined {
  const line = isJsonObject(input) ? (input.command ?? input.cmd) : input
  if (Array.isArray(line)) return argumentsProgram(line)
  if (typeof line !== 'string') return undefined
  const words = shellWords(line)
  if (!words) return undefined
  const silenced = words.some(({ text }) => /^(?:2|&)>/.test(text))
  if (silenced && /&&|\|\||;|\n/.test(line.trim())) return undefined
  return words
    .findLast(({ isCommand }) => isCommand)
    ?.text.split('/')
    .at(-1)
}

/** `["bash", "-lc", "grep x"]` is the line inside. */
function argumentsProgram(words: readonly Json[]): string | undefined {
  const [first, flag, inside] = words
  if (typeof first !== 'string') return undefined
  if (/(?:^|\/)(?:ba|z|da)?sh$/.test(first))
    return typeof flag === 'string' && /^-\w*c$/.test(flag) && typeof inside === 'string'
      ? lastProgram(inside)
      : undefined
  return first.split('/').at(-1)
}
