import { codeCategory, ERROR_CODE } from './code-category.ts'
import { isCommonWord } from './common-words.ts'
import { maskWholeTexts, maskWords, textsOf } from './echo.ts'
import { maskPieces } from './echo-pieces.ts'
import type { Json } from './json.ts'
import { type Mask, masker } from './masks.ts'
import { MAX_LENGTH, messageEssence } from './message-essence.ts'
import { remembering } from './remember.ts'

const TYPES =
  'string|str|number|integer|int|bigint|float|double|decimal|numeric|real|boolean|bool|array|list|tuple|object|dict|map|null|undefined|none|nonetype|nan|date|datetime|time|timestamp|interval|text|bytes|function|symbol|json|uuid|character varying|varchar|double precision'
const ENDINGS =
  'txt|csv|tsv|json|jsonl|md|log|xlsx?|docx?|pptx?|py|js|mjs|cjs|ts|tsx|jsx|ya?ml|toml|ini|cfg|conf|env|pdf|tar|gz|tgz|bz2|xz|zip|7z|rar|html?|xml|css|scss|png|jpe?g|gif|svg|webp|ico|mp[34]|wav|mov|avi|sql|db|sqlite3?|parquet|ipynb|java|class|jar|c|h|cpp|hpp|rs|go|rb|php|pl|sh|bash|bat|exe|dll|so|lock|bak|old|tmp|out|dat|bin|rtf|odt|ods|eml'

/** Which statement was refused, not why. */
const SQL_VERB = /\b(?:SELECT|INSERT|UPDATE|DELETE|MERGE|TRUNCATE)\b/g

const HTTP_ERROR = '4(?:0\\d|1[0-8]|2[1-689]|31|51)|5(?:0[0-8]|1[01])'
/** A number that the words in front of it call a status, of those that HTTP knows as errors. The number is looked for first: few messages have one. */
const STATUS = new RegExp(
  `(["']?)\\b(${HTTP_ERROR})(?<=\\b(?:status(?: code)?|response|http|(?:client|server|http) error)(?: ?[:=])? ?\\1\\d\\d\\d)(?:(?<=["']\\d\\d\\d)\\b([^"'\\n]{0,40})\\1|(?<!["']\\d\\d\\d)(?![\\w%]|[.,:-]\\d))`,
  'gi',
)

/** What was none of those that there are. */
const NONE_OF = /(?<=^|[:：.!] )(?!(?:it|this|that|value)\b)[\w.-]+(?= is not one of\b)/gim

/** Python's argparse: which command, and what it lacks. */
const LACKS = /^[^\n:]{1,80}(: error: the following arguments are required: )[^\n]+/gm

/** Masks for what few messages have, each behind a look whether it may be there: patterns cost more. */
function maskRare(text: string): string {
  let masked = text
  // Which status an HTTP server gave decides what failed; all of its own faults are one, `<500>`.
  if (/\b[45]\d\d\b/.test(masked))
    masked = masked.replace(
      STATUS,
      (_, _quote, status, reason) => `<${status.replace(/^5../, '500')}>${reason ?? ''}`,
    )
  // An error's own name tells which it is; what names a value stands there too.
  if (masked.includes('_'))
    masked = masked.replace(ERROR_CODE, (code) => (codeCategory(code) ? code.replaceAll('_', ' ') : code))
  if (masked.includes(' is not one of')) masked = masked.replace(NONE_OF, '<id>')
  if (masked.includes('arguments are required: ')) masked = masked.replace(LACKS, '<id>$1<id>')
  return masked
}

/**
 * In order: what is quoted before what it contains, long before short. They replace the parts of an error message that
 * differ between two occurrences of the same failure; most of the quality of grouping comes from here
 * (arXiv 2412.05254).
 */
export const MASKS: readonly Mask[] = [
  [
    /<([a-z][\w-]*)\b[^<>\n]{0,400}>[^<>\n]{0,200}<\/\1>|<\/?[a-z][\w-]*(?:\s[^<>\n]{0,400})?>/g,
    (tag) => (MASK.test(tag) ? tag : '<html>'),
  ],
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>)\]»”]+/gi, '<url>'],
  [/(?<![\w.+@/-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '<email>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<uuid>'],
  // V8 quotes a piece of the text that was no JSON, and does not escape the quotes in it.
  [/(?:\.\.\.)?"[^\n]{0,300}?"(?:\.\.\.)? is not valid JSON/g, '<q> is not valid JSON'],
  [/"(?:[^"\\\n]|\\.){0,2000}"/g, '<q>'],
  [/`[^`'\n]{0,400}'/g, '<q>'],
  [/`[^`\n]{0,400}`/g, '<q>'],
  [/(?<![\p{L}\p{N}])'(?:[^'\\\n]|\\.){0,2000}'(?!\p{L})/gu, '<q>'],
  [
    /«[^»\n]{0,400}»|»[^«\n]{0,400}«|“[^”\n]{0,400}”|‘[^’\n]{0,400}’|„[^“”\n]{0,400}[“”]|‚[^‘’\n]{0,400}[‘’]|「[^」\n]{0,400}」|《[^》\n]{0,400}》/g,
    '<q>',
  ],
  [/\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?/g, '<date>'],
  [/\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b/g, '<date>'],
  [
    /(?<![\w/.])(?:arguments|args|body|query|querystring|params|headers|data|input|instance|root)(?:\/[\w~-]+)+/g,
    '<path>',
  ],
  [/(?<![\w.<])(?:~|\.{1,2})?(?:\/[\w.@%+*-]+)+\/?|[A-Za-z]:\\[^\s"']+/g, '<path>'],
  [new RegExp(`(?<![\\w.])[\\w-]+(?:\\.[\\w-]+){0,4}\\.(?:${ENDINGS})\\b(?![\\w(])`, 'gi'), '<path>'],
  [/(?<![\w<-])--?[A-Za-z][\w-]*/g, '<option>'],
  // The rest of a path from a name that was given.
  [new RegExp(`\\.(?<=><id>\\.)(?:${ENDINGS})\\b`, 'gi'), ''],
  // Letters of options and of formats; variables; members that a validator lists.
  [/(?<= -- )\w\b/g, '<id>'],
  [/(?<![\w%])%[A-Za-z]\b/g, '<id>'],
  [/\$[A-Za-z_]\w*/g, '<id>'],
  [/^(- )[\w.[\]]+(?=: )/gm, '$1<id>'],
  // Product and version; rows of values; the tool that is not there.
  [/\b[A-Za-z][\w.-]*\/\d+(?:\.\d+)*\b/g, '<id>'],
  [/\([^()\n,]{0,80}(?:,[^()\n,]{0,80}){2,40}\)/g, '(<id>)'],
  [
    /\b(tool) [\w./-]+(?= (?:(?:was |is )?not (?:found|available|registered|known)|does not exist|is unknown))/gi,
    '$1 <id>',
  ],
  // Mastra: `Tool input validation failed for send-mail.`
  [/\b(validation failed for) [\w./-]+(?=[.:]\s)/g, '$1 <id>'],
  [/\b0x[0-9a-f]+\b|\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,}\b/gi, '<hex>'],
  [/#?\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*\b/g, '<id>'],
  // Names as programmers write them; constants in capitals are codes of the tool.
  [/\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b/gi, (name) => (/^[A-Z0-9_]+$/.test(name) ? name : '<id>')],
  [/\b[a-z]{2,}[A-Z]\w*\b/g, '<id>'],
  // `list.<id>` is as long a name as `<id>`, or `list.name` where the arguments hold it.
  [/\b(?:[A-Za-z_]\w*\.)+<id>/g, '<id>'],
  [SQL_VERB, '<id>'],
  [/\b[A-Za-z]\w*(?:\.\w+)*(?=\((?!s\)))/g, (name) => (/(?:Error|Exception)$/.test(name) ? name : '<id>')],
  // What is undefined is missing and of no wrong type.
  [
    new RegExp(
      `\\b(expected|received|got|found|type|typ)( (?:an? |of type )?)(?:${TYPES})\\b(?<!received undefined)`,
      'gi',
    ),
    '$1$2<type>',
  ],
  // The operands of an operator that is not there: `text > integer`.
  [new RegExp(`\\b(?:${TYPES}) ([-+*/<>=~!|&%]{1,3}) (?:${TYPES})\\b`, 'g'), '<type> $1 <type>'],
  // Latin words inside Chinese ones are the names of something, but for the program that speaks.
  [/(?<=\p{Script=Han} ?)[a-z][a-z.]+(?: [a-z]+)*/gu, '<id>'],
  // Any number but a status, `<404>`.
  [/[-+]?\d(?<!<[45](?=\d\d>)|<[45]\d(?=\d>)|<[45]\d\d(?=>))\d*(?:[.,]\d+)*%?/g, '<n>'],
]
const MASK = /^<(?:url|email|uuid|q|date|path|hex|id|option|type|n|json|html)>$/

/** Between colons and at the end after one, tools put what they were given. */
const SLOT =
  /(?<=[:：] ?)([A-Za-z0-9_.@+-]*[a-z0-9_][-+]?|[A-Z])(?=(?:\.<n>)?(?:\s?[:：](?=[\s<\p{L}])|[.!]?$|\s(?:--|—|@) ))/gmu
/** What no shell finds stands in front of the words for it, whatever it is. */
const NOT_FOUND = /(?<=: )[^\s:<>]+(?=: (?:command )?not found$)/gm
/** One letter that is no option. */
const LETTER = /\b\w(?=[.,;]?$)(?<=\b(?:option|argument|flag|switch|character|char|letter) \w)/gm
/** In front of what a value must be, validators name it. */
const SUBJECT =
  /(?<=^|[:：] )(?!(?:you|it|this|that|they|we|one|there|values?|names?|keys?)\b)[A-Za-z_][\w.[\]-]*(?= (?:must|should|may not|cannot|can't|is (?:a |not )?(?:required|allowed|valid|missing))\b)/gim
/** The values that there are. */
const VALUES =
  /\b(one of(?: the following(?: values)?)?:? )\[?[\w-]+(?:, [\w-]+)+(?:,? (?:and|or) [\w-]+)?\]?/gi
/** After `→ at ` and at the end of a line after ` at `, validators name the place. */
const PLACE = /(?<= at )[\w.[\]-]+$/gm

const applyMasks = masker(MASKS)
const maskSlots = masker([
  [SUBJECT, '<id>'],
  [VALUES, '$1<q>'],
  [NOT_FOUND, '<id>'],
  [LETTER, '<id>'],
  [SLOT, (word) => (isMessageWord(word) ? word : '<id>')],
  [PLACE, '<id>'],
])
/** White space but for single spaces, which stay as they are. */
const FOLDED = /\s{2,}|[^\S ]/g

const CUT = 2_400
const MASKED_LENGTH = 600

/**
 * An error message with its variable parts masked and white space folded; at most 600 characters. Tools like to repeat
 * what they were given: where the arguments are handed in, texts and names of theirs are masked too.
 */
export function maskMessage(message: string, input?: Json, rawInput?: string): string {
  const texts = textsOf(input, rawInput)
  if (texts.length === 0) {
    const { text, isCode } = masked(message)
    return isCode ? text : folded(text)
  }
  const { text, isCode } = masked(maskPieces(maskWholeTexts(message, texts).slice(0, MAX_LENGTH), texts))
  return isCode ? text : folded(maskWords(text, texts))
}

const masked = remembering((message: string): { text: string; isCode: boolean } => {
  const essence = messageEssence(message)
  const text = essence.length > CUT ? cutOutsideQuotes(essence) : essence
  // A message that is one word is a code.
  if (/^\w+$/.test(text)) return { text: text.slice(0, MASKED_LENGTH), isCode: true }
  return { text: applyMasks(maskRare(text)), isCode: false }
})

const folded = remembering((text: string): string =>
  distinctLines(maskSlots(text)).replace(FOLDED, ' ').trim().slice(0, MASKED_LENGTH),
)

/**
 * The masked message with every kind of value alike, and lists and parts of values as one: what a key is made of. What is quoted
 * stays apart from what is not, which is a matter of the wording.
 */
export function keyText(masked: string): string {
  return masked
    .replace(/<(?:url|email|uuid|date|path|hex|id|option|type|n|json|html)>/g, '<*>')
    .replace(/(<\*>|<q>)(?:(?:\s?[,|;、/]\s?|\s(?:and|or|und|oder|et|ou|和|或)\s|\s)*\1)+/g, '$1')
}

function isMessageWord(word: string): boolean {
  return (word.length > 1 && isCommonWord(word)) || /(?:Error|Exception|Warning)$/.test(word)
}

/** A text that breaks off inside quotes would keep what they enclose. */
function cutOutsideQuotes(text: string): string {
  const kept = text.slice(0, CUT)
  const quote = /["'`][^"'`\n]{40,}$/.exec(kept)
  return quote ? `${kept.slice(0, quote.index)}<q>` : kept
}

const BULLET = /^[-*•] /

/** Programs that try again log the same lines again. */
function distinctLines(text: string): string {
  return text.includes('\n')
    ? [...new Set(text.split('\n').map((line) => line.trim().replace(BULLET, '')))].join('\n')
    : text
}
