import { type Category, type Classifier, defineClassifier } from '../failure.ts'
import { failureFacts } from '../failure-facts.ts'
import { remembering } from '../remember.ts'
import { verdict } from '../verdict.ts'

/**
 * The shapes in which compilers and interpreters point at a place of a program, in any language: `a.c:1:25: error:` (GCC,
 * Clang, esbuild), `a.ts(1,18): error TS2304:` (TypeScript), `… at -e line 1.` (Perl), `jq: error (at <stdin>:1):`.
 */
const PLACED: readonly RegExp[] = [
  /^[^\s:()]+(?::\d+:\d+|\(\d+,\d+\)): (?:[\p{L} ]+ ){0,2}\p{L}+(?: TS\d{4,5})?\s?:/mu,
  / at (?:-e|\S+\.(?:pl|pm|t)) line \d+[.,]/,
  /^jq: error (?:\(at [^)\n]*\)|: [^\n]* at <top-level>, line \d+):/m,
]
/** What the program asks for is not there: a header, a module. TypeScript numbers it, Perl and GCC name the kind of file. */
const ABSENT =
  /\bTS(?:2307|2792|7016)\b|^[^\s:]+:\d+:\d+: [^\n]*\.(?:h|hpp|hh)\s?:|\bCan't locate \S+ in @INC|\bCould not resolve "(?![./])[^"\n]+"|\bmodule not found\b/m
/** What the operating system said to a program is told by its words. */
const BY_SYSTEM = /: (?:No such file or directory|Permission denied) at /

/** A compiler or an interpreter refused the program it was given: what is wrong is in that text. */
export const programFault: Classifier = defineClassifier({
  name: 'program-fault',
  categories: ['contract.value', 'exec.dependency'],
  on: 'facts',
  classify(step) {
    const facts = failureFacts(step.result)
    const category = facts && faultIn(facts.message)
    if (!facts || !category) return undefined
    return verdict(category, facts.exitCode === undefined ? 'template' : 'protocol', facts.message)
  },
})

const faultIn = remembering((message: string): Category | undefined => {
  const head = message.slice(0, 2_000)
  if (!/line \d|\d[:,]\d|jq: error/.test(head)) return undefined
  if (BY_SYSTEM.test(head) || !PLACED.some((shape) => shape.test(head))) return undefined
  return ABSENT.test(head) ? 'exec.dependency' : 'contract.value'
})
