import { contractVerdict } from '../contract-verdict.ts'
import { type Category, type Classifier, defineClassifier } from '../failure.ts'
import { failureFacts } from '../failure-facts.ts'
import { anyMatch, firstMatch } from '../pattern-filter.ts'
import { remembering } from '../remember.ts'
import { textCategory } from '../text-category.ts'
import { printedIssues } from '../validation-text.ts'
import { verdict } from '../verdict.ts'

/** Errors that hosts raise before a tool runs, by their names (AI SDK, LangChain, MCP, Python). */
const REFUSAL_NAME =
  /InvalidToolInput|ToolInvocationError|ToolInputParsing|ToolInputValidation|TypeValidationError|ZodError|^ValidationError$/
const UNKNOWN_TOOL_NAME = /NoSuchTool|ToolNotFound|UnknownTool/
const MALFORMED_NAME = /JSONParseError|JSONDecodeError/

/** What they say, where the name was lost on the way. */
const REFUSALS: readonly (readonly [Category, RegExp])[] = [
  [
    'resolve.unknown_tool',
    /\bmodel tried to call (?:an? )?(?:unavailable|unknown) tool\b|\bis not a valid tool, try one of\b|\bthese are the only available (?:actions|tools|functions)\b|\b(?:action|tool|function) ['"`][^'"`]{1,80}['"`] (?:does|do)(?:n't| not) exist\b/i,
  ],
  [
    'resolve.unknown_tool',
    /\b(?:unknown|no such|unrecognized) (?:tool|function)\b|\b(?:tool|function) ['"`]?[\w./-]+['"`]? (?:is |was )?(?:not found|not available|not registered|does not exist|is unknown)\b/i,
  ],
  [
    'parse.malformed_json',
    /^Invalid input for tool \S+: JSON parsing failed\b|\bJSON parsing failed: Text:/i,
  ],
  [
    'parse.malformed_json',
    /\bin JSON at position \d+|\bUnexpected (?:token|end of JSON input)\b.*\bJSON\b|\b(?:Expecting|Invalid) (?:value|property name enclosed in double quotes|',' delimiter|control character at): line \d+ column \d+/,
  ],
]
const NO_FUNCTION =
  /\b(?:no such|unknown) function\b|\bfunction ['"`]?[\w./-]+['"`]? (?:is |was )?not found\b/i
/** What broke a contract is the answer. */
const saysOfResult = anyMatch(
  /\b(?:output|response|result) validation (?:failed|error)\b|\b(?:match|conform to|satisfy|violates?) (?:the |its )?(?:[\w']+ ){0,2}output schema\b/i,
)
const refusalOf = firstMatch(REFUSALS)
const refusesUnexecuted = anyMatch(
  /^(?:\w*Error: )?(?:Input validation error|Invalid arguments for tool|Invalid input for tool|Error invoking tool .{1,200} with kwargs|Received tool input did not match expected schema|Type validation failed)|\bMCP error -32602: (?:Input validation error|Invalid arguments)/i,
)

/** What the text alone tells of a refusal: most tell nothing. */
const toldBy = remembering((message) => ({
  refusal: refusalOf(message.slice(0, 1000)),
  unexecuted: refusesUnexecuted(message),
  ofResult: saysOfResult(message),
  isStack: message.includes('Traceback (most recent call last)'),
  issues: printedIssues(message),
}))

/** What a host or a validation library writes when arguments break a contract: names and well-known sentences. */
export const validationMessage: Classifier = defineClassifier({
  name: 'validation-message',
  categories: [
    'parse.malformed_json',
    'parse.wrong_container',
    'resolve.unknown_tool',
    'contract.missing_param',
    'contract.misnamed_param',
    'contract.type',
    'contract.value',
    'result.contract',
  ],
  on: 'step',
  classify(step) {
    const facts = failureFacts(step.result)
    if (!facts || facts.message === '') return undefined
    const { name = '', message, code } = facts
    const { refusal, unexecuted: saysUnexecuted, ofResult, isStack, issues } = toldBy(message)
    if (name === '' && code !== -32602 && !refusal && !saysUnexecuted && issues.length === 0) return undefined
    // A stack is the tool's own affair: its validation errors are those of some code inside.
    if (isStack) return undefined
    if (ofResult) return verdict('result.contract', 'template', message)
    if (UNKNOWN_TOOL_NAME.test(name)) return verdict('resolve.unknown_tool', 'typed', `${name}: ${message}`)
    if (MALFORMED_NAME.test(name)) return verdict('parse.malformed_json', 'typed', `${name}: ${message}`)
    const byHost = REFUSAL_NAME.test(name) || code === -32602
    const rank = byHost ? 'typed' : 'template'
    const head = message.slice(0, 1000)
    if (refusal === 'parse.malformed_json' && !byHost && step.executed.input !== undefined) {
      // The arguments were JSON; what was not is what the tool itself read.
      if (/\bUnexpected token '?</.test(head)) return verdict('result.contract', rank, message)
      if (/^\s+at /m.test(message)) return undefined
    }
    // In a shell a tool, in a database or a language a function is no tool, unless it is the one that was called.
    if (
      refusal === 'resolve.unknown_tool' &&
      !byHost &&
      (NO_FUNCTION.test(head) || facts.exitCode !== undefined) &&
      !saysWord(head, step.executed.tool.name)
    )
      return undefined
    if (refusal) return verdict(refusal, rank, message, byHost ? {} : { effect: 'possible' })
    const unexecuted = byHost || saysUnexecuted
    // Only what the host refuses is about the arguments themselves.
    const found = contractVerdict(issues, rank, unexecuted ? step.executed.input : undefined)
    if (found) return { ...found, effect: unexecuted ? 'none' : 'possible' }
    if (!unexecuted) return undefined
    const said = textCategory(message)
    const category = said?.startsWith('contract.') ? said : 'contract.value'
    return verdict(category, rank, message, { effect: 'none' })
  },
})

/** Short names stand inside of other words. */
function saysWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!/\w/.test(`${text[at - 1] ?? ''}${text[at + word.length] ?? ''}`)) return true
  return false
}
