import { contractVerdict } from '../contract-verdict.ts'
import { type Category, type Classifier, defineClassifier } from '../failure.ts'
import { failureFacts } from '../failure-facts.ts'
import { isJsonObject, type Json } from '../json.ts'
import { anyMatch } from '../pattern-filter.ts'
import { remembering } from '../remember.ts'
import { statusCategory, statusInText } from '../status-text.ts'
import { TEXT_CATEGORIES, textCategory } from '../text-category.ts'
import { printedIssues } from '../validation-text.ts'
import { verdict } from '../verdict.ts'

const hasStack = anyMatch(
  /Traceback \(most recent call last\)|^\s*File "[^"\n]+", line \d+/m,
  /^\s+at (?:.+ \()?(?:[\w@./\\:~[\]-]+|<anonymous>|node:[\w/]+):\d+:\d+\)?$/m,
  /^\s+at [\w.$/<>]+\((?:[\w$]+\.(?:java|kt|scala|groovy)(?::\d+)?|Native Method|Unknown Source)\)$/m,
  /^goroutine \d+ \[|^thread '[^'\n]*'(?: \(\d+\))? panicked at |^\s+at .+ in \S+:line \d+$|^\s*from \S+\.rb:\d+:in /m,
)
/** The line that names the exception: `KeyError: 'x'`, `requests.exceptions.HTTPError: 404`. */
const RAISED =
  /^(?:Uncaught |Unhandled exception\. |Exception in thread "[^"\n]*" )?((?:[A-Za-z_]\w*\.)*(?:[A-Z]\w*(?:Error|Exception|Exit|Interrupt|Warning|NotFound|Timeout|Denied|Forbidden)|Exception))(?::[ \t]*(.*))?$/gm
/** Words of JavaScript engines for a slip in the code that runs. */
const saysSlip = anyMatch(
  /\b[Cc]annot (?:read|set) propert(?:y|ies)\b.*\bof (?:undefined|null)|\bis not (?:a function|iterable|a constructor)\b|^\S+ is (?:not defined|read-only)$|Maximum call stack size exceeded|'\w+' object (?:has no attribute|is not (?:subscriptable|iterable|callable))|\bunsupported operand type/,
)

const BY_NAME: readonly (readonly [Category, RegExp])[] = [
  ['exec.dependency', /^(?:ModuleNotFound|Import)Error$/],
  ['state.not_found', /(?:NotFound|DoesNotExist)(?:Error|Exception)?$/],
  ['state.conflict', /(?:Exists|Conflict|Duplicate|AlreadyExists)(?:Error|Exception)?$/],
  [
    'auth.denied',
    /(?:Permission|Unauthorized|Forbidden|Authentication|AccessDenied|Denied|Credentials)(?:Error|Exception)?$/,
  ],
  ['exec.rate_limited', /(?:RateLimit|TooManyRequests|Quota|Throttl)\w*(?:Error|Exception)?$/],
  ['exec.timeout', /(?:Timeout|TimedOut|DeadlineExceeded)(?:Error|Exception)?$/],
  [
    'exec.unavailable',
    /(?:Connect(?:ion)?|Network|SSL|Proxy|Socket|MaxRetry|URL|Memory|ServiceUnavailable|Transport|Protocol)(?:Error|Exception)?$/,
  ],
]

/** Databases raise a few exceptions for everything: what one says tells more than its name. */
const DATABASE: readonly (readonly [Category, RegExp])[] = [
  ['state.conflict', /^Integrity(?:Error|Exception)$/],
  ['exec.unavailable', /^Operational(?:Error|Exception)$/],
  ['contract.value', /^(?:Programming|Database|Data|SQL)(?:Error|Exception)$/],
]

const formOf = remembering((message): 'stack' | 'slip' | 'other' => {
  if (hasStack(message)) return 'stack'
  return saysSlip(message.slice(0, 400)) ? 'slip' : 'other'
})

/** An exception with its stack. In code that the model wrote it is the model's; elsewhere the tool is at fault. */
export const toolException: Classifier = defineClassifier({
  name: 'tool-exception',
  categories: [
    ...new Set<Category>([...BY_NAME.map(([category]) => category), ...TEXT_CATEGORIES, 'exec.tool_bug']),
  ],
  on: 'step',
  classify(step) {
    const facts = failureFacts(step.result)
    if (!facts) return undefined
    const { message } = facts
    const form = formOf(message)
    if (form === 'other') return undefined
    if (form === 'slip')
      return verdict(
        isOfTheCall(message, step.executed.input) ? 'contract.value' : 'exec.tool_bug',
        'template',
        message,
      )
    const [whole, name, said] = lastRaised(message) ?? []
    const evidence = whole ?? message.slice(-300)
    const simple = name?.split('.').at(-1) ?? ''
    const known = BY_NAME.find(([, pattern]) => pattern.test(simple))?.[0]
    if (known) return verdict(known, 'template', evidence)
    const ofDatabase = DATABASE.find(([, pattern]) => pattern.test(simple))?.[0]
    if (ofDatabase) return bySaying(textCategory(said ?? '') ?? ofDatabase, evidence)
    if (/\bNo module named\b|Cannot find (?:module|package)/.test(said ?? ''))
      return verdict('exec.dependency', 'template', evidence)
    // A library says of what it was asked; the names of the language itself say of the code.
    const ofLibrary =
      name && !OF_LANGUAGE.test(name) ? libraryFault(said ?? '') : answerFault(message, whole, said ?? '')
    if (ofLibrary) return bySaying(ofLibrary, evidence)
    if (!wroteTheCode(step.executed.input, message)) return verdict('exec.tool_bug', 'template', evidence)
    return verdict('contract.value', 'template', evidence)
  },
})

/** What is said is no proof of what the call did, whatever its category means elsewhere. */
const bySaying = (category: Category, evidence: string) =>
  verdict(category, 'template', evidence, { effect: 'possible' })

/** Exceptions that Python, JavaScript, Java and .NET have without a library: they name a fault of the code. */
const OF_LANGUAGE =
  /^(?:java\.lang\.|System\.)?(?:(?:Type|Value|Syntax|Range|Reference|Key|Index|Attribute|Name|UnboundLocal|Runtime|Eval|URI|Assertion|ZeroDivision|Overflow|Recursion|Indentation|Tab|NotImplemented|Unicode\w*|StopIteration)?(?:Error|Exception)|(?:NullPointer|ClassCast|\w*IndexOutOfBounds|NumberFormat|Arithmetic|Illegal\w+|NullReference|InvalidCast|InvalidOperation)Exception)$/

/** What a service answered, where code raised its status with a plain exception: the answer may stand below. */
function answerFault(message: string, raised: string | undefined, said: string): Category | undefined {
  const status = statusInText(said)
  if (status === undefined || raised === undefined) return undefined
  const category = statusCategory(status)
  if (!category.startsWith('contract.')) return category
  const answer = message.slice(message.lastIndexOf(raised) + raised.length).trim()
  const found = answer === '' ? undefined : textCategory(answer)
  return found?.startsWith('contract.') ? found : category
}

function libraryFault(said: string): Category | undefined {
  const status = statusInText(said)
  if (status !== undefined) return statusCategory(status)
  const printed = contractVerdict(printedIssues(said), 'template', undefined)
  if (printed) return printed.category
  const found = textCategory(said)
  // What was no JSON is what the library read.
  return found?.startsWith('parse.') ? undefined : found
}

/** Whether what a slip names stands in code that the call brought along. */
function isOfTheCall(message: string, input: Json | undefined): boolean {
  const word =
    /(?:^|: )(?=['"`]?([^\s'"`]+)['"`]? is (?:not (?:defined|a function)|read-only))|(?=\(reading '([^']+)'\))|(?=\bproperty '([^']+)' of (?:undefined|null))/
      .exec(message)
      ?.slice(1)
      .find(Boolean)
  return word !== undefined && textsIn(input, 0).some((text) => /[([.=;+*]/.test(text) && text.includes(word))
}

function lastRaised(message: string): RegExpExecArray | undefined {
  return [...message.matchAll(RAISED)].at(-1)
}

/** Whether the stack runs through code that stands in the arguments, or through a file that they name. */
function wroteTheCode(input: Json | undefined, message: string): boolean {
  // Code given as text runs under a name of the interpreter's own, or is the only program there is.
  if (/File "<(?:stdin|string|ipython-input[^>]*|cell[^>]*)>"/.test(message)) return true
  const written = textsIn(input, 0).join('\n')
  if (written === '') return false
  if (PROGRAM.test(written)) return true
  if (/\[eval\]|\beval at\b|\bevalmachine\b/.test(message) && /[\w)\]][.(=]/.test(written)) return true
  if (/\bSyntaxError\b/.test(message) && /\bat eval\b/.test(message)) return true
  const sources = [
    ...message.matchAll(/[( /]([\w$-]+\.(?:java|kt|go|rs|rb|cs|scala|groovy|php|lua)):(?:line )?\d+/g),
  ]
  if (sources.some(([, base = '']) => written.includes(base))) return true
  const frames = [...message.matchAll(/File "([^"\n]+)", line \d+[^\n]*\n(?:[ \t]+(\S[^\n]*))?/g)]
  return frames.some(([, file = '', source = '']) => {
    const base = file.split(/[/\\]/).at(-1) ?? ''
    return (
      (base.length > 3 && written.includes(base)) ||
      (source.trim().length > 3 && written.includes(source.trim()))
    )
  })
}

/** Several lines of a program in Python or JavaScript. */
const PROGRAM =
  /^(?:from [\w.]+ )?import [\w.]+|^(?:async )?def \w+\(|^(?:const|let|var|function|class) \w+|^print\(|^\w+ = .+\n/m

function textsIn(value: Json | undefined, depth: number): string[] {
  if (typeof value === 'string') return [value]
  if (depth > 3) return []
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, depth + 1))
  return isJsonObject(value) ? Object.values(value).flatMap((item) => textsIn(item, depth + 1)) : []
}
