import type { Category } from './failure.ts'
import { firstMatch } from './pattern-filter.ts'
import { FEW, remembering } from './remember.ts'

const NOUN = '(?:param(?:eter)?|arg(?:ument)?|field|property|attribute|value|key|input|header|option)s?'

const of = (category: Category, ...patterns: RegExp[]): readonly [Category, RegExp] => [
  category,
  new RegExp(patterns.map(({ source }) => source).join('|')),
]

/**
 * What the words of an error's name say: `ResourceNotFoundException`, `parameter_missing`, `object-not-found` and `NoSuchKey`
 * are words run together. The first family decides; what names an argument stands before what names a thing.
 */
const FAMILIES = [
  of('state.conflict', /\bduplicate$/),
  of('exec.dependency', /\b(?:feature|plugin|driver|extension|library|executable) not ?found\b/),
  of('contract.type', /^type error (?!enum)\w/),
  of('exec.timeout', /\btime ?out\b|\btimed ?out\b|\bdeadline exceeded\b/),
  of(
    'exec.rate_limited',
    /\brate ?limit(?:ed|s)?\b|\brate exceeded\b|\bthrottl\w+|\btoo many (?:requests|attempts|calls|connections)\b|\bquota\b|(?<!length |size |depth |budget )\blimit exceeded\b|\bslow ?down\b|\bresource exhausted\b|\brequest limit\b/,
  ),
  of(
    'contract.value',
    /\bmethod not allowed\b|\b(?:context|string|message|msg|name|text|value|field|key|title|url|uri|password|max|min) ?(?:length|size)?(?: too (?:long|short|big|small|large)| length exceeded)\b/,
  ),
  of(
    'contract.missing_param',
    new RegExp(
      `\\bmissing (?:required )?(?:\\w+ )?${NOUN}\\b|\\b${NOUN} (?:is )?(?:missing|required|blank|empty|null|not (?:set|given|provided|present))\\b`,
    ),
    /^(?:value error )?(?:missing|required|blank|empty|no (?:text|args?|input|body|value|name|query))$|\bmay not be (?:blank|null|empty)\b|\brequired\b(?<!auth\w* required|login required|permissions? required|payment required|preconditions? required)$/,
  ),
  of(
    'auth.denied',
    /\bun ?auth(?:ori[sz]ed|enticated|ori[sz]ation)\b|\bforbidden\b|\b(?:access|permission|authori[sz]ation|request) (?:was )?(?:denied|failed|failure|refused|required|insufficient)\b|\bpermissions?\b|\bnot (?:authori[sz]ed|authed|permitted|entitled|owner|admin)\b|\bauth(?:entication|ori[sz]ation)? (?:failed|failure|required|error|missing|expired|invalid)\b|\b(?:invalid|incorrect|bad|wrong|expired|missing|unknown|unrecogni[sz]ed|revoked) (?:\w+ )?(?:auth\w*|api ?key|key id|token(?: id)?|credentials?|signature|grant|client(?: token id)?|scope|password|login|identity|access key(?: id)?)\b|\b(?:token|credentials?|signature|api ?key|certificate|session|login) (?:is )?(?:expired|revoked|inactive|invalid|mismatch|does not match|missing|required)\b|\binsufficient (?:scope|permissions?|privileges?|access|rights?)\b|\brestricted (?:action|access)\b|\blogin required\b|\b(?:access|login) refused\b|\binvalid session\b|\baccount (?:inactive|disabled|locked)\b|\baccess not configured\b|^cant [a-z]+ [a-z]+/,
  ),
  of(
    'contract.misnamed_param',
    new RegExp(
      `\\b(?:unknown|unexpected|unrecogni[sz]ed|unsupported|extra|additional|undefined|invalid) ${NOUN} ?names?\\b|\\b(?:unknown|unexpected|unrecogni[sz]ed|extra|additional|undeclared) (?:\\w+ )?${NOUN}\\b|\\b${NOUN} (?:is )?(?:unknown|unrecogni[sz]ed|unexpected|not (?:allowed|permitted))\\b|\\bextra (?:forbidden|keys)\\b|\\bvalue error extra\\b`,
    ),
  ),
  of(
    'resolve.unknown_tool',
    /\b(?:unknown|no such|undefined|invalid) (?:method|tool|function)\b|\b(?:method|tool|function) not found\b/,
  ),
  of(
    'parse.malformed_json',
    /\b(?:invalid|malformed|bad|not) json\b|\bjson ?(?:parse|parsing|syntax|decode|invalid|malformed)\b|\bejsonparse\b/,
  ),
  of(
    'exec.dependency',
    /\bunimplemented\b|^import error$|\bmissing dependency\b|\bnot implemented\b|\bmodule not found\b|\b(?:unknown|unrecogni[sz]ed) (?:command|option|flag)\b|\bnot installed\b/,
  ),
  of(
    'state.conflict',
    /\balready\b|\bexists?\b(?<!not exists?|n t exists?)|\bin use\b|\bconflict(?:s|ed|ing)?\b|\bduplicate[ds]?\b|\btaken\b|\bcondition(?:al)?(?: check| request)? failed\b|\block(?:ed)?\b|\bconcurrent\b|\bnot unique\b|\bunique(?:ness)?\b|\bversion mismatch\b|\bdeadlock\b|\bdependency violation\b|\bstill referenced\b|\bnot empty\b|\btransaction (?:aborted|canceled)\b|\bidempotency\b/,
  ),
  of(
    'state.not_found',
    /\bnot ?found\b|\bno such\b|\bdoes ?n(?:o|')?t ?exist\b|\bnot exists?\b|\bnon ?existent\b|\bunresolv(?:ed|able)\b|\bgone\b|\bunknown (?!host|error|exception|problem|reason|failure|value|type|format)\w+|\bmissing$/,
  ),
  of(
    'contract.type',
    /\b(?:invalid|wrong|incorrect|unexpected|mismatched) (?:(?!media|content|mime|file|grant|event|token)\w+ )?type\b|(?<!\b(?:content|media|mime) )\btype (?:mismatch|invalid|error)\b(?<!^type error)|\b(?:int(?:eger)?|float|bool(?:ean)?|string|number|date(?:time)?|list|dict|decimal|uuid|object|array) (?:type|parsing|from float)\b|\bnot an? (?:int(?:eger)?|float|bool(?:ean)?|string|number|list|dict|object|array)\b|\binvalid (?:int(?:eger)?|float|bool(?:ean)?|string|number)\b/,
  ),
  of(
    'state.precondition',
    /\bprecondition\b|\b(?:invalid|incorrect|wrong|illegal|unexpected|bad) (?:\w+ )?(?:state|status|transition|phase|step)\b|\bstate (?:invalid|error)\b|\bnot (?:ready|in|active|enabled|initiali[sz]ed|started|available|mergeable|eligible|configured|connected|open)\b|\barchived\b|\binactive\b|\bdisabled\b|\bsuspended\b|\bclosed\b|\binsufficient (?:funds|balance|stock|inventory)\b|\bdeclined\b|\bexpired\b|\bout of stock\b|\bcancell?ed\b|\bpayment required\b|\bunmergeable\b/,
  ),
  of(
    'result.oversize',
    /\b(?:payload|entity|response|result|request entity|file|body|content) too (?:large|big)\b|\bresponse size\b/,
  ),
  of(
    'exec.unavailable',
    /\bunavailable\b|\bno \w+ available\b|\binternal (?:server )?(?:error|failure)\b|^(?:server|service|backend|fatal|gateway|upstream) (?:error|failure)$|^internal$|\bretries exceeded\b|^memory error$|\b(?:ssl|tls|handshake|dns|socket)\b|\boverloaded\b|\bbad gateway\b|\b(?:connection|network|connect|transport|unknown host)\b|\bunreachable\b|\btemporar(?:y|ily)\b|\bmaintenance\b/,
  ),
  of(
    'contract.value',
    /\binvalid\b|\bmalformed\b|\bout of range\b|\bvalidation\b|\bnot valid\b|\bunsupported\b|\bnot supported\b|\billegal\b|\btoo (?:long|short|large|big|small|many|few|high|low)\b|\bincorrect\b|\bmismatch\b|\bbad (?:request|input|\w+)\b|\bunprocessable\b|\b(?:parse|syntax|format|decode|encoding|range|length|enum|pattern)\b/,
  ),
] as const

const familyOf = firstMatch<Category>(FAMILIES)
const LONGEST = 80
/** Names that languages give to errors of every kind: what these say is in their messages. */
const OF_LANGUAGE =
  /^(?:Type|Value|Syntax|Range|Reference|Key|Index|Attribute|Name|Runtime|Eval|URI|Aggregate|Assertion|Lookup|Arithmetic|OS|IO|Standard|Argument|Unicode\w*)?(?:Error|Exception)$/
const WORD = /^[A-Za-z][A-Za-z\d]*(?:[_.:/-][A-Za-z\d]+)*$/

/** The category that the name of an error says, in whatever way its words are run together; undefined for other texts. */
export const codeCategory: (code: string) => Category | undefined = remembering((code) => {
  if (code.length > LONGEST || code.length < 4 || !WORD.test(code) || OF_LANGUAGE.test(code)) return undefined
  return familyOf(wordsOf(code))
}, FEW)

function wordsOf(code: string): string {
  return code
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/[_.:/-]+/g, ' ')
    .toLowerCase()
    .replace(/ (?:exception|fault)$/, '')
}

/** All that an API says of an error, after the words that it is one: `An API error occurred: channel_not_found`. */
export const ERROR_CODE: RegExp =
  /(?<=\b(?:error|failed|failure)\b[^:\n]{0,40}: )([a-z]+(?:_[a-z]+)+)(?=\.?$)/i

/**
 * Where messages show such a name: in brackets in front (AWS, Azure), after `code`, in front of the message (Java, Python,
 * gRPC), behind the word `error`, or as all there is.
 */
const SHOWN: readonly RegExp[] = [
  /^(?:An error occurred |ERROR: )?[([]([A-Za-z][\w.]{3,79})[)\]]/,
  /^([A-Za-z][\w-]{3,79})$/,
  /\b(?:code|Code|errorCode|ErrorCode|error_code)(?:"?\s?[:=]\s?"?| )([A-Z][A-Za-z]+[A-Z_][A-Za-z_]*|[a-z]+(?:_[a-z]+)+|NotFound|Unavailable|Unauthenticated|Internal|Aborted|Canceled|Unimplemented)\b/,
  /^(?:[\w.]+: )?(?:[a-z]\w*\.)*([A-Z][a-z]\w*[a-z](?:Error|Exception|Fault|NotFound|Conflict|Denied|Exists)|Invalid[A-Z]\w+[a-zA-Z])(?:$|[:( ])/,
  /^(?:\d{1,2} )?([A-Z]+(?:_[A-Z]+)+)(?:: | - )/,
  /^\w+(?:Error|Exception): ([A-Z][A-Z_]{3,79})$/,
  ERROR_CODE,
]

/** The category that a name shown in a message says. */
export function shownCodeCategory(message: string): Category | undefined {
  const head = message.slice(0, 300).trim()
  for (const place of SHOWN) {
    const code = place.exec(head)?.[1]
    const category = code && codeCategory(code)
    if (category) return category
  }
  return undefined
}
