import type { Category } from './failure.ts'
import { localisedCategory } from './localised-text.ts'
import { firstMatch } from './pattern-filter.ts'
import { remembering } from './remember.ts'
import { saysTimeout } from './text-timeout.ts'

const family = (category: Category, ...patterns: RegExp[]): [Category, RegExp] => {
  return [category, new RegExp(patterns.map(({ source }) => source).join('|'), 'i')]
}

const SQL_TYPE = '(?:text|character varying|integer|bigint|numeric|boolean|date|jsonb?|uuid|double precision)'

/**
 * Families of English error messages, general words only; the first that matches decides. A family stands before
 * another where its words are more specific, or where it would cause what the other describes.
 */
const FAMILIES: readonly [Category, RegExp][] = [
  family(
    'traj.budget',
    /\b(?:recursion|iteration|step|turn)s? limit\b|\bmax(?:imum)? (?:number of )?(?:steps|iterations|turns)\b.{0,30}\b(?:reached|exceeded)/,
  ),
  family(
    'contract.value',
    /\bstrict mode violation\b|\bwhile parsing\b|\bviolates check constraint\b|\bcheck constraint (?:failed|violat)|\bplease (?:include|match|lengthen|shorten)\b|\b(?:unknown|unsupported) (?:url )?(?:scheme|protocol)\b|\b(?:unknown|undefined) (?:[\w-]+ ){0,2}(?:type|cipher|signal|encoding|algorithm|specifier|symbol|function|subroutine)\b|\binvalid type: expected \("|\bdifferent number of columns\b|\bbad port\b|\bincomplete (?:input|statement|query|expression)\b|\bunrecogni[sz]ed token\b|\bmisuse of\b|\bhas \d+ \w+ but \d+\b|\bcannot have an? \w+|\bcannot have body\b|\bunbound variable\b/,
  ),
  family(
    'contract.missing_param',
    /\b(?:received|got) undefined\b|\binclude required \w+|\bnon-null type\b.{0,40}\bto be provided\b|\bdo(?:es)?(?:n't| not) have a default value\b|\btoo few arguments\b|\bmissing ur[il]\b|\bneed an? \w+ (?:option|argument|parameter)\b|\bnot[- ]null constraint\b|\bnull value in column\b|\bplease (?:fill (?:out|in)|enter|select|choose|specify|provide)\b/,
  ),
  family(
    'contract.type',
    new RegExp(String.raw`\b${SQL_TYPE} [-+*/<>=~!]{1,3} ${SQL_TYPE}\b`),
    /\bcannot represent (?:an? )?non-|\bwrong (?:kind|type) of value\b|\bis not a valid (?:float|double|decimal)\b|\bdata ?type mismatch\b|\bis of type\b.{0,60}\bbut\b|\bmust be (?:of )?type\b|\boperator does not exist\b/,
  ),
  family(
    'exec.rate_limited',
    /\brate[- ]?limit|\btoo many (?:requests|attempts|calls)\b|\bquota\b.{0,40}\b(?:exceeded|exhausted|reached)|\b(?:exceeded|exhausted)\b.{0,40}\bquota\b|\bthrottl(?:ed|ing)\b|\bslow down\b|\b(?:requests?|calls?|messages?|attempts?)\b.{0,20}\btoo (?:quickly|fast|often|frequently)\b/,
  ),
  family('state.precondition', /\bcan only be (?:used|called|run) (?:when|after|once)\b/),
  family('contract.misnamed_param', /\bexpected never\b/),
  family('result.contract', /\bcannot return null for non-nullable\b/),
  family(
    'exec.env_drift',
    /\bwaiting for (?:locator|selector|element)\b|\bintercepts pointer events\b|\bstale element\b|\belement\b.{0,40}\b(?:is )?(?:detached|not attached|not visible|not stable|obscured)\b|\b(?:ref|reference|element|node) .{1,60} not found in the current\b|\b(?:frame|page|tab|target|browser|context)\b.{0,40}\b(?:was detached|crashed|(?:has been|is|was) closed)\b|\bmodal\b.{0,30}\b(?:state|dialog|blocks)|\bnot attached to the dom\b/,
  ),
  family(
    'auth.denied',
    /\b(?:permission|access|authori[sz]ation) (?:was |is |has been )?(?:denied|refused)\b|\bun-?authori[sz]ed\b|\bforbidden\b|\bnot (?:authori[sz]ed|permitted|an? (?:owner|member|admin))\b|\b(?:authentication|authori[sz]ation|login|sign-?in|log ?in) (?:is )?(?:failed|required|needed|error|expired)\b|\b(?:must|need to|please) (?:be )?(?:log(?:ged)? ?in|sign(?:ed)? ?in|authenticate)|\b(?:invalid|wrong|expired|missing|incorrect|bad) (?:api[ _-]?key|access token|auth(?:entication)? token|token|credentials?|password|passphrase|username-password|signature)\b|\brequires? (?:superuser|root|administrator|admin)\b|\bare you root\b|\b(?:insufficient|lacks?|missing|without|no) (?:the )?(?:required )?(?:permissions?|privileges?|scopes?|access rights?)\b|\bdoes(?:n't| not) have (?:\w+ )?(?:permission|access)\b|\b(?:outside|not (?:with)?in) (?:the |of )?(?:any )?(?:allowed|permitted)\b|\b(?:command|operation|action|domain|host|user|method|access\w*|fetch\w*|crawl\w*|download\w*|request\w*|writ(?:e|ing)|read(?:ing)?|delet(?:e|ing))\b.{0,80}\b(?:is|are) not (?:allowed|permitted)\b|\bread-?only (?:file system|mode|database|transaction)\b/,
  ),
  family(
    'exec.dependency',
    /\bcommand not found\b|\bno module named\b|\bcannot find (?:module|package)\b|\bis not installed\b|\bnot installed\b|\b(?:missing|unmet) (?:dependency|dependencies|library|package)\b|\b(?:executable|binary|interpreter|driver|library|plugin|extension)\b.{0,60}\b(?:not found|does(?:n't| not) exist|missing|could not be (?:found|loaded))\b|\b(?:unknown|unrecogni[sz]ed|invalid) (?:option|flag|switch|command[- ]line)\b|\bunsupported (?:version|platform|browser)\b|\boption \S+ is unknown\b|\bis not an? (?:\w+ )?(?:sub-?)?command\b|\b(?:unknown|unrecogni[sz]ed) (?:sub-?)?command\b(?! (?:arguments?|line))|\binvalid (?:sub-?)?command (?=[\x22\x27\x60])|\b(?:unknown|unrecogni[sz]ed) \w+ option\b/,
  ),
  family(
    'exec.unavailable',
    /\bservice (?:is )?(?:temporarily )?unavailable\b|\bbad gateway\b|\binternal (?:server )?error\b|\bserver error\b|\bconnection (?:was |is )?(?:refused|reset|closed|aborted|lost|error|failed|timed|issue|problem)|\b(?:failed to|unable to|could not|cannot|can't) (?:connect|reach|resolve host)|\bnetwork (?:error|is unreachable|failure|unreachable)\b|\b(?:host|server|database|service|endpoint|backend|site) (?:is )?(?:unreachable|down|offline|overloaded|not responding|not reachable)\b|\bsocket hang up\b|\bfetch failed\b|\bgetaddrinfo\b|\bname (?:resolution|or service not known)|\btemporar(?:y|ily) (?:failure|unavailable|error)\b|\bunder maintenance\b|\boverloaded\b|\bout of memory\b|\bno space left\b|\bnet::ERR_|\b(?:ssl|tls|certificate)\b.{0,30}\b(?:error|handshake|verif\w*|routines|alert)\b|\bempty (?:reply|response) from\b|\b(?:transfer|other side|socket|stream) (?:was )?closed\b|\btoo many redirects\b|\bredirect(?:s|ions?)?(?: count)? exceeded\b|\bno data received\b|\bunable to establish (?:an? )?(?:\w+ )?connection\b/,
  ),
  family(
    'contract.missing_param',
    /\bmissing (?:\d+ )?(?:a |the )?(?:required )?(?:\w+ ){0,2}(?:argument|param(?:eter)?|field|property|key|input|operand|value|header|column)s?\b|\b(?:argument|parameter|field|property|input|value|key)s? ['"`\w.]{0,60} ?(?:is|are) (?:required|missing|mandatory)\b|\brequired (?:argument|parameter|field|property|input|value)s?\b.{0,60}\b(?:missing|not (?:provided|given|specified|set|present|found))\b|\b(?:is|are) (?:a )?required\b|\b(?:must|should|needs? to) (?:provide|specify|supply|include|contain|pass)\b|\bno (?:\S+ ){1,2}(?:was |were )?(?:provided|given|specified|supplied)\b|\brequires (?:an? )?(?:parameter|argument|value)\b|\b(?:can(?:not|'t)|must not|may not|should not) be (?:empty|blank|null|none|undefined|omitted)\b|\bis empty\b/,
  ),
  family(
    'contract.misnamed_param',
    /\b(?:unknown|unexpected|unrecogni[sz]ed|unsupported|extra|undefined) (?:(?:keyword|named|query|input) )?(?:argument|parameter|field|property|key|attribute|input)s?\b(?! type)/,
  ),
  family(
    'state.conflict',
    /\balready (?:\w+ ){0,3}(?:exists?|exist|used|in use|taken|registered|present|added|open|closed|running|started|completed|cancell?ed|processed|done|sent|assigned|member|booked|been)\b|\balready\b|\b(?:file|directory|folder|name|key|id|record|entry|user|table|branch|resource) exists\b|\bduplicate\b|\bmust be unique\b|\bnot unique\b|\bunique (?:constraint|violation|key)\b|\bconflict(?:s|ed|ing)?\b|\bin use\b|\bis locked\b|\block(?:ed)? by\b|\bnot empty\b|\bnothing to (?:commit|do|change|update)\b|\bno changes?\b|\bviolates (?:foreign key|unique)\b|\bforeign key constraint\b|\b(?:objects?|rows?|records?|resources?) depends? on (?:it|them)\b|\bstill referenced\b|\bcannot overwrite\b|\bread-?only variable\b/,
  ),
  family(
    'state.not_found',
    /\bnot found\b|\bno such\b|\bdo(?:es)?(?:n't| not) (?:seem to )?exist\b|\bdid(?:n't| not) (?:find|match)\b|\b(?:could|can|did)(?:n't| not|not) (?:be )?(?:find|found|locate[d]?|look up)\b|\bunable to (?:find|locate)\b|\bfailed to (?:find|locate)\b|\bnon-?exist(?:ent|ing)\b|\bunknown (?!error|option|flag|command|reason|exception|problem|failure|issue|type|format)\w+|\bno (?:\w+ ){0,4}(?:was |were )?(?:found|exists?|match(?:es|ing|ed)?)\b|\bzero[_ ]results\b|\bno[_ ](?:results?|matches|matching|records?|entries|data|rows|items?)\b|\bnot (?:exist|present|in the (?:list|database|index))\b|\bis (?:undefined|not defined|unknown|missing)\b|\bhas no (?:attribute|column|field|member|key|item|element|property)\b|\bdeleted\b|\bdo(?:es)?(?:n't| not) match any\b|\bdoes(?:n't| not) appear to be\b|\b(?:could(?:n't| not)|unable to) open (?:the )?(?:file|directory|database)\b|\bmissing \S+ entry\b|\bunrecogni[sz]ed configuration\b|\bno rule to\b/,
  ),
  family(
    'contract.type',
    /\b(?:must|should|has to|needs to|expected to) be (?:an? |of type )?(?:valid )?(?:string|number|numeric|integer|int|float|boolean|bool|array|list|object|dict(?:ionary)?|null)\b|\bexpected (?:an? )?(?:type )?['"]?(?:string|number|integer|int|float|boolean|bool|array|list|object|dict)\b|\b(?:wrong|invalid|incorrect|mismatched|incompatible) (?:data )?type|\btype (?:mismatch|error)\b|\bis not (?:of type|an? (?:valid )?(?:string|number|integer|boolean|array|list|object))\b|\bcannot be converted to\b|\b(?:unable|failed|could not|cannot) (?:to )?(?:coerce|convert|cast)\b/,
  ),
  family(
    'result.oversize',
    /\b(?:response|result|output|reply|content of the page)\b.{0,40}\b(?:too (?:large|long|big)|exceed(?:s|ed)?)\b|\bmaximum allowed tokens\b|\bpayload too large\b|(?:content|body|response) ?(?:length|size)\b.{0,30}\bexceeded\b|\bcontext (?:length|window)\b/,
  ),
  family(
    'state.precondition',
    /\bnot (?:in )?an? (?:\w+ )?(?:repository|workspace|working (?:copy|tree))\b|\b(?:must|needs? to|have to|has to|should|please)\b.{0,60}\b(?:first|beforehand|prior to)\b|\bno (?:\w+ ){1,3}(?:is|are) (?:currently |yet )?(?:loaded|open|selected|active|connected|running|set up|logged in)\b|\b(?:is|are|was|were|has|have) not (?:yet |been |yet been )?(?:loaded|opened|connected|initiali[sz]ed|started|activated|enabled|logged in)\b|\b(?:insufficient|not enough)\b|\b(?:invalid|illegal|impossible) (?:action|move|state|transition|operation|step|session)\b/,
  ),
  family(
    'contract.value',
    /\btoo (?:long|short|large|small|big|high|low|deep|complex)\b|\b(?:exceed(?:s|ed|ing)?|more than|longer than|over|above)\b.{0,40}\b(?:length|characters?|chars|bytes|words|tokens|digits)\b|\b(?:length|characters?)\b.{0,40}\b(?:exceed|at (?:most|least)|less than|more than|greater than|between|limit)|\bout of (?:range|bounds)\b|\bmust (?:not )?(?:appear|be|match|have|start|begin|end|contain|use|follow|equal)\b|\bshould (?:not )?(?:be|match|have|start|begin|end|use|follow|equal)\b|\bhas to be\b|\bexpected\b.{0,80}\b(?:but|got|found|received|near|instead)\b|\bexpect(?:s|ed|ing)\b|\bnot (?:an? )?(?:valid|supported|recogni[sz]ed|accepted|one of)\b|\b(?:is|are) (?:invalid|malformed|unsupported|not allowed)\b|\b(?:unsupported|malformed|illegal|improper(?:ly)?|incorrect(?:ly)?|wrong|bad) (?:\w+ )?(?:value|format|date|time|url|uri|path|name|syntax|request|argument|parameter|input|query|expression|encoding|escape|character|range|index|number|email|currency|unit|code|id|formatted)\b|\binvalid (?!action|move|state|transition|operation|step|command|session)\S|\bsyntax\b|\bunexpected (?:token|character|symbol|eof|end|indent|identifier|string|number)|\b(?:parse|parsing|decod(?:e|ing)|encoding|format(?:ting)?|validation) (?:error|failed|failure)\b|\b(?:unable|failed|could not|cannot|can't|error) (?:to )?(?:pars(?:e|ing)|decod(?:e|ing)|interpret|understand|deserialize)\b|\bunterminated\b|\bunbalanced\b|\bno (?:closing|matching|escaped|opening)\b|\bambiguous\b|\bdo(?:es)?(?:n't| not) (?:match|add up|equal|correspond|agree|satisfy|conform|support|accept)\b|\bmismatch(?:ed)?\b|\bstrict mode violation\b|\bdivision by (?:zero|0)\b|\bonly\b.{0,60}\b(?:can be|are|is|may be) (?:set|used|allowed|supported|accepted|specified|given)\b|\bmalformed\b|\b(?:in)?compatible with\b|\breturns? more than\b|\bmore than one\b|\b(?:more|fewer|too (?:many|few)) \w+ than\b|\bsame number of\b|\bnot in (?:the )?(?:\w+ )?format\b|\bdoes(?:n't| not) look like\b|\bunmatched\b|\bwrong number of\b|\b(?:specify|use|set|give|combine) both\b|\bmutually exclusive\b|\bdoes(?:n't| not) contain an?\b/,
  ),
  family(
    'state.precondition',
    /\b(?:must|need(?:s)? to|have to|should|please)\b.{0,60}\b(?:first|before|beforehand|prior to)\b|\bbefore (?:you|it|this|calling|using|the)\b|\bnot (?:been )?(?:yet|currently|logged|loaded|open(?:ed)?|connected|initiali[sz]ed|started|active|activated|enabled|running|ready|selected|set(?: up)?|configured|available|eligible|allowed|possible|enough|sufficient|delivered|pending|paid|verified)\b|\bno \S+ (?:\w+ )?(?:is |are )?(?:currently )?(?:loaded|open|selected|active|connected|set|running|available|configured)\b|\bcan(?:not|'t| not) (?:be )?\w+|\bcould not be \w+ed\b|\b(?:insufficient|not enough)\b|\bunavailable\b|\b(?:is|are) (?:full|expired|closed|cancell?ed|disabled|suspended|inactive|exhausted|sold out|out of stock|empty)\b|\bsold out\b|\bout of stock\b|\b(?:has|have) (?:expired|ended|been (?:deleted|removed|cancell?ed|closed|disabled|suspended|archived))\b|\bexceed(?:s|ed|ing)?\b|\bmax(?:imum)?\b.{0,40}\b(?:reached|exceeded|allowed)\b|\b(?:limit|capacity)\b.{0,30}\b(?:reached|exceeded)|\bnon-\w+ed \w+|\b(?:invalid|illegal|impossible) (?:action|move|state|transition|operation|step|session)\b|\bwrong (?:state|order|phase|step)\b|\bnot in (?:a|an|the) \w+ (?:state|mode|phase)\b|\bonly\b.{0,60}\bcan be\b|\bno longer\b|\bdepends on\b|\bin progress\b/,
  ),
  family('contract.value', /(?:^|\bis |: )not an? [\w<]/),
  family('auth.denied', /\b(?:security|policy) violation\b|\bnot (?:allowed|permitted)\b/),
]

const familyOf = firstMatch(FAMILIES)

/**
 * What a message shows whatever language it is in: the names that PostgreSQL gives to constraints, statements it proposes,
 * the words and expansions that a shell could not take.
 */
const shownFault = firstMatch<Category>([
  ['state.conflict', /["»«“'] ?\w+_(?:fkey|pkey|key) ?["«»”']|\bDROP \.{2,3} CASCADE\b/],
  ['contract.value', /["»«“'] ?\w+_check ?["«»”']/],
  ['exec.dependency', /^\S*sh: [^\n]{0,40}\b[a-z]+ ?: --?[A-Za-z][\w-]* ?:/m],
  [
    'contract.value',
    /^\S*sh: [^\n]{0,40}(?:\$\{[^}\n]*\}|\b\d+ ?[/%] ?0\b|\b(?:export|declare|local|readonly|read|unset) ?: ["'`«“„‘])/m,
  ],
])
/** A line that points at a place of what was given: there it is wrong. */
const POINTER = /^ *\^ *$/m

/** What `textCategory` can find. */
export const TEXT_CATEGORIES: readonly Category[] = [...new Set(FAMILIES.map(([category]) => category))]

/**
 * The category that a text speaks of. Its first line goes before what follows: logs, hints and stacks say much that is
 * not the error. Undefined where no family matches.
 */
export const textCategory: (message: string) => Category | undefined = remembering((message) => {
  const text = essence(message)
  const [headline = ''] = text.split('\n', 1)
  // Which page a time-out waited for stands in its log.
  if (headline.length < text.length && !saysTimeout(headline)) {
    const first = familyOf(headline)
    if (first) return first
  }
  const said = familyOf(text) ?? shownFault(text) ?? localisedCategory(text)
  return said ?? (POINTER.test(text) ? 'contract.value' : undefined)
})

/** Stacks and long outputs say much that is not the error: its beginning and its end count. */
const HEAD = 500
const TAIL = 200

function essence(message: string): string {
  if (message.length <= HEAD + TAIL) return message.trim()
  return `${message.slice(0, HEAD)}\n${message.slice(-TAIL)}`.trim()
}
