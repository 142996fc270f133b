import type { Category } from './failure.ts'

/**
 * English errors as heads (of lack, refusal, expectation) and the nouns they act upon: the head says that something is
 * wrong, the noun says with what. Words of no tool in particular. One entry a pattern: what cannot match is never compiled.
 */
const family = (category: Category, ...patterns: RegExp[]): [Category, RegExp][] =>
  patterns.map(({ source }) => [category, new RegExp(source, 'i')])
const of = (parts: TemplateStringsArray, ...words: string[]) => new RegExp(String.raw(parts, ...words))

/** What a value can be, in JSON or in a language. */
const TYPE =
  '(?:strings?|str|numbers?|integers?|int(?:eger)?(?:8|16|32|64)?|floats?|booleans?|bool|arrays?|lists? of|objects?|dict(?:ionary)?|functions?|callables?|buffers?|uint8array|date(?:time)? object|null)'
/** What a call is made of. */
const PARAMETER = '(?:arguments?|args?|parameters?|params?|fields?|propert(?:y|ies)|inputs?|operands?)'
/** What a command line calls by a name. */
const SWITCH = '(?:options?|flags?|switch(?:es)?|sub-?commands?|commands?|arguments? ["\'`‘]?--?[a-z])'
/** Words of a set that the tool itself defines. */
const WORD_OF_SET =
  '(?:(?:data |key |file |media |mime |resource |object |event )?types?|class|formats?|encod(?:ing|er)s?|decoders?|charsets?|character set|code ?page|codecs?|algorithms?|ciphers?|digests?|hash(?:es)?|curves?|signals?|units?|operators?|functions?|methods?|macros?|mixins?|keywords?|directives?|instructions?|builtins?|opcodes?|mnemonics?|specifiers?|escapes?|escape sequences?|conversions?|tokens?|symbols?|characters?|digits?|locales?|languages?|time ?zones?|schemes?|protocols?|modes?|levels?|filters?|lookups?|modifiers?|actions?|architectures?|emulations?|dialects?|aggregations?|quer(?:y|ies) \\[|properties of|styles?|colou?rs?|currenc(?:y|ies)|countr(?:y|ies)|statements?|expressions?|constructs?|syntax|sections?|predefined)'
/** What shows who asks. */
const CREDENTIAL =
  '(?:credentials?|passwords?|passphrases?|api ?keys?|access keys?|(?:access |auth\\w* |bearer |id |refresh )?tokens?|jwt|signatures?|session|certificates?|pin|login|log-?on)'

/** Before the families of whole phrases: what is said so has one meaning. */
export const GRAMMAR: readonly [Category, RegExp][] = [
  ...family(
    'result.contract',
    /\b(?:output|response|result|reply) (?:schema )?validation (?:failed|error)\b|\b(?:response|reply)(?: body| text)? (?:is|was) not (?:a )?(?:valid )?json\b|\b(?:unable to|failed to|cannot|could not) (?:transform|decode|deseriali[sz]e|parse) (?:the )?(?:response|reply)\b|\bdecode json with unexpected (?:mimetype|content[ -]type)\b/,
  ),
  ...family(
    'contract.value',
    // What a format begins or ends with is missing in what was given.
    /\b(?:header|marker|magic(?: number| bytes)?|trailer|startxref|central directory|SOI|EOI|newline) (?:is )?(?:not found|missing)\b|\b(?:can't|cannot|could not|couldn't|unable to) find (?:[\w-]+ ){0,4}(?:header|marker|magic|trailer|trailer dictionary|startxref|central directory)\b|\b(?:start|end|closing|opening) tag expected\b|\bmissing (?:an? )?(?:newline|['"`]\w+:\/\/)/,
    // A word outside of the set that the message goes on to list.
    /\bunknown (?!(?:[\w-]+ ){0,2}(?:options?|keys?|parameters?|fields?|config\w*|arguments?|attributes?|names?)\b)[\w -]{1,40}\b.{0,80}(?:\b(?:valid|supported|allowed|permitted|legal) (?:[\w-]+ ){0,3}(?:are|is|include)\b|\bthe following [\w-]+ are (?:supported|valid|allowed))/,
    of`\bmust be an? ${TYPE} (?:among|in|from|out of) [[({]`,
    /\b(?:does not|doesn't) (?:allow|accept|permit) (?:an? |the )?values?\b|\bis not allowed here\b|\bunallowed value\b|\bextra (?:positional )?arguments? \(|\bno (?:handler|codec|delegate) for\b|\bonly works? with\b|\bunknown (?:file|device|address)[\w/]* ?(?:extension|suffix|ending|address)\b|\bmethod not allowed\b|\b405 not allowed\b|\bno such rule\b/,
    // More than one thing that exclude each other, or one that is out of what can be.
    /\b(?:argument|option|flag)s? .{1,60}(?:cannot|can't|can not|may not|must not|not allowed) (?:be )?(?:used |combined |set |specified )?(?:with|together)\b|\bmutually exclusive\b|\bout of range for\b|\bvalue (?:is )?out of range\b/,
    // A type and what it must be like.
    of`\b${TYPE} .{0,40}(?:\blength\b|\bwithout\b|\bwith (?:at|no|length)|\bto (?:have|match|contain)\b|\bmatching\b|\bbetween\b|\b(?:less|greater|longer|shorter) than\b|\bat (?:least|most)\b)`,
    /\btoo many (?!(?:[\w-]+ ){0,3}(?:requests|attempts|calls|connections|clients|open|redirects)\b)\w+/,
    /\b(?:previously|already) (?:been )?(?:defined|declared)\b|\bre-?(?:defin(?:ed?|ition|ing)|declar(?:ed|ation|ing)) ?(?!as)|\b(?:used|allowed|valid) (?:only )?(?:in|out)side\b|\bmust be unique at\b|\bno such (?:type|class|format|encoding|locale|signal|method|mode|operator|instruction|opcode|filter|unit)\b/,
    of`\b(?:unknown|unrecogni[sz]ed|undefined|uninitiali[sz]ed|unimplemented|undeclared|unsupported|unhandled|nonexistent) (?:[\w-]+ )?${WORD_OF_SET}(?=$|[\s:,.;)\]])(?! (?:or|named) )`,
    /\b(?:recursion|loop) .{0,20}\b(?:detected|found) in\b|\b(?:divi\w+|modulo) (?:by|of) (?:zero|0)\b|\bduplicate (?:message|definition|declaration|label|attribute|rule|field|case|default|clause)\b/,
    /\b(?:function|method|symbol|macro|filter|tag|directive|operator|variable|object) ["'`‘]\S{1,60}["'`’] not found\b|\b(?:could not|couldn't|cannot|can't) find (?:an? |the )?(?:function|method|symbol|macro|filter|directive|property|field)\b|\bno (?:filter|macro|operator|tag|directive|function|method) (?:named|called)\b|\b(?:filter|macro|operator|tag|directive) not found\b|\bparameter not set$|\bdoes not exist in the current context\b|\b(?:doesn't|does not) exist on type\b|\bno method matching\b|\bmethod \S+ does not exist\b|\b(?:a|have) (?:valid value|different (?:dimensions?|shapes?))\b|\bdimension ?mismatch\b|\bmissing unit\b/,
  ),
  ...family(
    'auth.denied',
    /\b(?:black|block|deny)-?list(?:ed)?\b|\badministratively prohibited\b|\bmust be privileged\b|\b(?:passwords?|passphrases?|pin)\b.{1,120}\b(?:is|was|are) (?:incorrect|wrong|not correct)\b|\b(?:access key|api key|token|credential)s?(?: id)?(?: [\w-]+){0,3} (?:does not|do not|doesn't) exist\b/,
    /\bno (?:\w+ )?(?:credentials?|authori[sz]ation|authentication)(?: \w+)? (?:was |were )?(?:provided|given|specified|supplied|passed)\b/,
    of`\b(?!certificates?\b)${CREDENTIAL}(?: \w+)? (?:verification|validation|check) failed\b|["'][\w-]+["'] claim\b|\b(?<!(?:function|call|method|type) )${CREDENTIAL} (?:were |was |is |are )?(?:not provided|not valid|incorrect|mismatch|denied|rejected)\b`,
    /\b(?:is of|belongs? to|owned by) (?:an)?other (?:user|customer|account|tenant|owner|organi[sz]ation|project|team|member)\b|\banother user'?s\b|\bnot (?:yours|your own)\b/,
    /\b(?:access|permission|privilege|authori[sz]ation|rights?)s? .{1,80}\b(?:is|was|were|been) (?:denied|refused|rejected|revoked)\b|\b(?:permission|access) (?:['"`].{1,80}['"`]|to .{1,80}) denied\b|\b(?:incorrect|bad|failed) (?:login|log-?on|password)\b|\b(?:login|log-?on) (?:incorrect|denied|failed)\b/,
    /\brun ["'`]?(?:[\w-]+ ){1,2}(?:auth )?login\b|\bactive account\b|\binvalid (?:[\w/-]+ )?(?:username|user name|password|login|log-?on|credentials)(?![\w: ]*:)|^authenticate$|\bplease authenticate\b|\bpermission denied\b(?! \(os error 2\))/,
    /\b(?:requires?|needs?) (?:user )?authentication\b|\bcould(?:n't| not) authenticate\b|\bunauthenticated\b|\b(?:session|token|grant|credentials?|api key)\b.{0,40}\b(?:has |have )?expired\b|\b(?:has|have)(?:n't| not) been granted\b|\byou haven't granted\b|\binvalid (?:audience|issuer|client (?:id|secret))\b|\btoken is not yet valid\b|\bmulti-?factor\b|\b(?:must be|unless you are|are not|as) (?:the )?(?:super-?user|root)\b(?! (?:directory|element|level|node))|\bin the sudoers file\b|\bneed to be (?:logged|signed) in\b|\bauthori[sz]ation violation\b/,
  ),
  ...family(
    'exec.dependency',
    /\b(?:unknown|unrecogni[sz]ed|invalid) command[- ]line (?:option|argument|switch|flag)\b|\bplease run ["'`](?:npm|pnpm|yarn|pip3?|gem|cargo|apt(?:-get)?|brew) (?:i|install|add)\b|\bneed to install an? \w+|\bnot available: no \w+ support\b|\b(?:dependency|program) ["'`‘][^"'`’]{1,60}["'`’] (?:was |is )?not found\b/,
    of`\b${SWITCH}\S{0,60} (?:which |that )?(?:wasn't|was not|isn't|is not) (?:expected|recogni[sz]ed|understood|known|supported|defined)\b|\b(?:does(?:n't| not)|do not) (?:accept|have|support|know|take|recogni[sz]e) (?:an? |the |any )?(?:option|flag|switch|sub-?command)\b`,
    of`\bnon-?existent (?:flag|option|command)|\b(?:unknown|unrecogni[sz]ed|unexpected|invalid|illegal|unsupported|bad|no such) ${SWITCH}:? ["'\`‘]?--?[a-z]`,
    /\b(?:could(?:n't| not)|cannot|can't|failed to|unable to) (?:(?:execute|exec|run|spawn|launch) \S.{0,80}: no such file|resolve module|import (?:name|module)|load (?:such file|(?:the )?(?:module|library|plugin|extension|driver|shared)))\b|\bshared (?:library|object)\b.{0,60}\b(?:no such file|not found|cannot open)|\b(?:open|load) shared (?:library|object)\b|\bcannot load such file\b|\bfind a version that satisf|\b(?:resolve|resolving|unmet|missing|peer) (?:\w+ )?dependenc(?:y|ies)\b|\bneeds? to be installed\b|\brequires? .{1,40} (?:to be )?installed\b|\bis required but (?:\w+ )?(?:was |is )?(?:not|missing)\b|\bplease install\b/,
    /\b(?:could not|couldn't|cannot|can't|unable to) find (?:an? |the )?(?:command|option|sub-?command|module|executable|plugin)\b|\b(?:command|module|plugin|executable) ["'`‘]?[\w:.-]{1,60}["'`’]? (?:is |was |could )?not (?:be )?(?:found|defined|installed)\b|\bundefined command\b|\binvalid sub-?command\b|\b(?:option|flag|switch) ["'`‘]?--?[\w-]+["'`’]? (?:does not|doesn't) exist\b|["'`‘]--?[\w-]+["'`’] (?:option|flag|switch) (?:does not|doesn't) exist\b|\b(?:program|executable|binary|interpreter|linker|compiler) ["'`‘]\S+["'`’] (?:was |could )?not (?:be )?found\b|\bin \$PATH\b|\b(?:on|in) your path\b|\bon the path\b|\bname of a cmdlet\b|\bin @INC\b|\byou (?:may )?need to install\b|\bhave you installed\b|\bthere is no package called\b|\bno (?:module|command|option|extension) (?:named|called)\b/,
  ),
  ...family(
    'contract.missing_param',
    /\bmust (?:also )?have (?:an? )?(?!(?:valid|unique|same|different|at|exactly|only|no|one|two|\w*length|\w*size|positive|even|odd|equal|been|to|more|less|fewer|non\S*|write|read|access|permissions?|admin\w*|\w+ access)\b)['"`]?[a-z][\w-]*['"`]?(?: \w+)?\.?$|\b(?:object class|class|entry|element|type) ['"`]?[\w.-]+['"`]? requires (?:the |an? )?(?:attribute|child|element|field) /,
    /\bwrong number of \w+ \((?:given )?(?:0,? (?:instead of|expected) [1-9]|1,? (?:instead of|expected) [2-9]|2,? (?:instead of|expected) [3-9])/,
    /\bat least one of\b.{1,300}\b(?:must|should|needs to|has to) be (?:specified|given|provided|set|passed)\b|\b(?:exactly|at least) \d+ [\w-]+ (?:are |is )?(?:required|needed)\b|\bexpects? .{1,120} as arguments?\b|\bmissing child elements?\b|(?:^|['"[ ])required field(?:$|['"\]])|\bcannot contain (?:an? )?empty (?:string|value)|^empty .{1,30} (?:is|are) not allowed\b/,
    /\b(?:received|got|was|found|given):? ["'`]?(?:undefined|missing|nothing)\b|(?<!error(?: occurred)? )\((?:was )?(?:missing|undefined)\)/,
    of`\b(?:not enough|too few|insufficient) (?:[\w-]+ ){0,3}${PARAMETER}\b(?! (?:channel|column|file|row|line|stream|sample|dimension)s?\b)|\b${PARAMETER} (?:is )?missing\b|\bmissing (?:\d+ )?(?:required )?(?:[\w-]+ ){0,2}${PARAMETER}\b`,
    of`\b(?:requires?|needs?|expects?|expected|takes?) (?:an?|one|at least|exactly|\d+|some|further|another|additional) (?:[\w-]+ ){0,2}(?:${PARAMETER}|values?)(?:\(s\))?\b(?!.{0,40}\b(?:but|got|received|given|found)\b)`,
    /\bno (?:(?!function|match|such)[\w.-]+,? ){1,5}(?:(?:was|were|is|has been|have been) )?(?:provided|given|specified|supplied|passed)\b(?! and no| name)|\bno (?:(?!such)\S+ ){1,2}(?:defined|selected|chosen|entered)\b(?! yet)|\ba value is required\b|\bneither .{1,60} nor .{1,60} (?:was|were|is|are) (?:given|provided|specified|set)\b/,
    /\b(?:you )?must (?:supply|specify) (?:(?!valid)\w+ ){0,2}["'`\w.-]+\b(?! that| which)/,
    /^(?:["'`]?[\w.]+["'`]? is missing(?:, |$))+|\brequired .{1,40} (?:is|are) missing\b|\brequired (?:key|property|field|element|attribute) \S+ (?:was )?not found\b|\bnot contain (?:an? |the )?required\b|\bone of .{1,80} must be (?:specified|given|provided|set|passed)\b|\b(?:field|property|parameter|argument|value) must be (?:defined|present|provided|supplied)\b|\bnot all (?:variables|parameters|arguments) (?:are )?bound\b|\bmissing (?:the )?["'`][^.]{1,80} parameter\b/,
  ),
  ...family(
    'contract.misnamed_param',
    /\bthe (?:attribute|element|property|field|key|parameter|option) ['"`][^'"`]{1,60}['"`] is not (?:allowed|permitted|declared)\b|\b(?:unknown|unrecogni[sz]ed|unexpected) config(?:uration)?s?: [{['"`]|\b(?:invalid|unknown) (parameter|argument|option|field|keyword|key)s?:? \S{2,60} .{0,80}\b(?:valid|allowed|permitted) \1s? are\b/,
    /\bmust be removed\b|\bproperty .{1,60} should not exist\b|\bis not a (?:known |valid |recogni[sz]ed )?(?:propert(?:y|ies)|field|parameter) (?:that exists|of|in|on)\b|\bnot expected here\b|\bunused arguments? \(|\bunknown (?:attribute ["'`]|options \[)|\bno known field\b|\b(?:type )?["'`]?never["'`]?, but (?:received|got)\b/,
    of`\bno (?:parameter|argument|property|option|setting) (?:named|called)\b|\b(?:unknown|unexpected|unrecogni[sz]ed|unsupported|additional|extra|unspecified) (?:(?!configuration )[\w-]+ ){0,2}(?:parameters?|params?|propert(?:y|ies)|arguments? named|fields?|settings?)\b(?! (?:value|type|name|format))|\bunexpected option:? ["'\`]?\w`,
    /(?<!\b(?:command|operation|action|domain|host|user|method|tool|origin|function|to) )["'`][\w.[\]-]+["'`] is not allowed$/,
  ),
  ...family(
    'contract.type',
    /\bmust be (?:of \w+ type\b|an instance of\b|(?:an? )?(?:bytes|bytearray|unicode|tuple|mapping|iterable|sequence)\b)|\bconversion from .{1,40} to .{1,40} failed\b|\bdata ?types? .{1,60} (?:do not|does not|don't|doesn't) match\b|\bis not (?:boolean|integer|numeric|a? ?string)(?:$|[ .,;]*[(.,;])|\bnon-numeric value\b|\b(?:null|none) (?:value )?(?:is )?not (?:an )?allowed(?: value)?\b/,
    of`\b(?:must|should|has to|have to|needs? to|expected to) (?:\w+ )?(?:be|evaluate to|return|resolve to|contain) (?:either |a valid |an? |of (?:the )?(?:same |data |correct )*type |of type )*["'\`]?${TYPE}\b["'\`]?`,
    /\b(?:same|different|incompatible|mismatched|wrong|incorrect) (?:data )?types?\b|\b(?:argument|operand|parameter|value) types?\b.{0,20}\b(?:mismatch|match|incompatib|invalid|differ)|\b(?:function|method) signature\b|\bno overload\b|\b(?:given name and|these) argument types\b/,
    of`\b(?:received|got|was|found|given)(?: an?| value(?:s)?)? (?:values? )?of type\b|\b(?:got|received) \S{1,60} \(${TYPE}\)|\bpass an? (?:\w+ )?${TYPE}\b|\b(?:cannot|can't|could not|unable to|failed to) (?:be )?(?:convert|cast|coerce|parse)(?:ed|d)? .{0,80}\b(?:to|into|as|from) (?:an? )?(?:value of type |type )?["'\`]?${TYPE}\b`,
    of`\b(?:expected|expects|requires) (?:an? )?(?:value of type |valid )?["'\`]${TYPE}["'\`]|\bnot (?:an? )?(?:valid )?(?:positive |negative |non-?negative )(?:integer|number)\b|\binvalid (?:array|object|string|boolean)$|\bexpected as ["'\`]?${TYPE}\b`,
    /\btype ?mismatch\b|\bnot a subtype of\b|\bexpected a valid ["'`]\w+["'`] object\b/,
  ),
  ...family(
    'state.precondition',
    /\bbad sequence of commands\b|\b(?:branch|worktree|commit) .{1,60}\bchecked out (?:at|in)\b|\bmarked (?:for deletion|(?:as )?deleted)\b|\b(?:\w*socket|connection|stream|channel|session) is not (?:yet )?open\b|\bis not an? (?:[\w-]+ )?(?:build|working|project|source) (?:directory|dir|tree)\b|\breferenced through protected\b/,
    /\bno (?:repository|workspace|project|working copy) (?:found|here|in)\b|\b(?:uncommitted|unstaged|unsaved|local) (?:changes|modifications|edits)\b|\bno upstream\b|\bidentity unknown\b|\btell me who you are\b|\bhave not concluded\b|\binvalid session\b|\bdeclined\b|\bneed \w+ (?:command|first)\b|\bcurrently (?:unable|not able)\b|\b(?:stdout|input|output) is not a (?:tty|terminal)\b/,
    /\bpending migrations?\b|\bmigrations are pending\b|\bis (?:archived|a draft|draft|still pending)\b|\b(?:lock ?file|index|branch|copy) .{0,60}(?:out of date|outdated|not up[- ]to[- ]date|needs to be updated)\b|\bserver closed\b|\bno commits between\b|\bmust be followed by\b/,
  ),
  ...family(
    'state.conflict',
    /\bconditional (?:request|check|write|update|put) failed\b|\bfile \S{1,120} exists\b|\bonly supports (?:a single|one) concurrent\b/,
    /\bis an existing\b|\b(?:a|the) \w+ (?:with|by|of) (?:this|that|the same|the given) \w+ (?:already )?exists\b|\bhas (?:already )?been taken\b|\balready (?:allocated|bound|locked|held|own\w*)\b|\bnot a fast.forward\b|\bnon-fast-forward\b|\bkey conflict\b|\b(?:could not|couldn't|unable to|cannot|can't|failed to) (?:acquire|get|obtain|take) (?:an? |the |exclusive |dpkg )*lock\b|\block is held\b/,
    /\b(?:modified|updated|changed|deleted) (?:by an(?:other)?\b|since\b|concurrently\b)|\bconcurrent (?:update|modification|write)s?\b|\bcontention\b|\bexclusive access\b|\bstale (?:object|version|revision|data)\b|\boverlaps? with\b|\bused by an(?:other| existing)\b/,
  ),
  ...family(
    'state.not_found',
    /\b(?:can't|cannot|could not) resolve ["'`]\.{1,2}\//,
    /\bno (?!(?:[\w-]+ )?(?:parameter|argument|option|prop|property|value|field) with)(?:[\w-]+ ){1,3}with (?:the |that |this )?(?:name|id|label|title|slug)\b|\b(?:node|vertex|edge|member|row|record|entry|source|target) .{1,40} (?:is|are) not in\b|\bnever matched\b|\bfailed to load .{0,30}["'`]?(?:\/|file:)|\b(?:user|host|group|account|recipient) ["'`‘]?\S{1,40}["'`’] (?:is )?unknown\b|\bcannot (?:load|open|read) (?:input|script|source)(?: from)? ["'`‘]|\b(?:specified|requested|given) \w+ (?:does not|doesn't) have an?\b|\b(?:does not|doesn't) have the (?:specified|requested|given)\b|\bneither .{1,60} nor .{1,60} was found\b/,
    /\bnot (?:under version control|tracked|known to)\b|\bfailed to open (?:stream|file|input)\b|\bopening required\b|\bunknown (?:user|host|table|column|database|revision|branch|remote|account|customer|record|entity|id|recipient)\b|\b(?:user|recipient|host|channel|account) unknown\b|\bcannot (?:get|post|put|patch|delete) \//,
    /\b(?:can't|can not|cannot) (?:find|locate|cd to|stat|look up) |\bdid not appear\b|\bno (?:[\w-]+ ){1,3}exists?\b|\b(?:file|directory|folder) is missing\b|^no [a-z]+ for \S+$|\bdoes not contain an? (?:[\w-]+ ){0,3}(?:file|build|project|target|scheme)\b|^no (?!such\b|valid\b|space\b)[a-z]+ (?:number )?["'`]?[\w.-]+["'`]?\.?$|\bno \w*[.*]\w[\w. *-]{0,60} (?:was |were )?found\b/,
  ),
  ...family(
    'exec.rate_limited',
    /\bwait (?:at least |for )?\d+ ?(?:m|s|min|sec|hour)|\b\d+ (?:(?:requests?|calls?|queries) )?per (?:second|minute|hour|day)\b|\btoo many (?:clients|connections)\b/,
  ),
  ...family('result.oversize', /(?:^|\n|: )size ?limit ?exceeded\b/),
  // What an interpreter says whose time is up.
  ...family('exec.timeout', /^(?:\w*error: )?interrupted[.!]?$/),
  ...family(
    'exec.unavailable',
    /\bconnection aborted\b|\b(?:could not|cannot|can't|failed to|unable to) resolve (?:the )?(?:address|host ?name|host|domain|proxy)\b|\bname resolution\b.{0,80}\bfailed\b/,
    /\b(?:bad|unexpected|invalid|malformed) response from\b|\b(?:server|service|host|upstream) is .{0,20}capacity\b|\bdisk space\b|\bcontact .{1,30} failed\b|\bconnection .{1,60} (?:was |were )?(?:refused|reset|lost|dropped)\b|\bredirected \d+ times\b|\bno connection (?:established|could be)\b|\btoo many open files\b|\bis loading\b.{0,40}\bin(?:to)? memory\b/,
  ),
]

/** After the families of whole phrases: heads that mean the same of nearly every noun. */
export const GENERAL: readonly [Category, RegExp][] = [
  ...family(
    'exec.tool_bug',
    /\bsegmentation fault\b|\bcore dumped\b|\bplease (?:report|file) (?:this|a bug)\b|\bthis is a bug\b|\bassertion .{1,80} failed\b|\bdouble free\b/,
  ),
  ...family(
    'contract.value',
    /\b(?:unrecogni[sz]ed|unsupported|undefined|uninitiali[sz]ed|undeclared|illegal|improper|inconsistent|incompatible|unbalanced|unclosed|unmatched|unterminated|unparsable|unexpected(?! (?:error|exception|failure|problem)\b)|malformed|redundant|conflicting|bad|invalid|incorrect|wrong)\b(?=:? ["'`\w])/,
    /\b(?:less|greater|longer|shorter|smaller|larger|more|fewer|higher|lower|bigger) than\b|\bat (?:least|most) -?\d|\b(?:minimum|maximum|min|max)\b|\bbetween -?[\d.]+ and\b|\b(?:must|should|has to|have to|needs? to|ought to) (?:not )?\w+|\b(?:non-?negative|positive|negative (?:number|value|integer|index)|multiple of)\b/,
    /\bnot (?:an? |a valid |the )?(?:valid|supported|recogni[sz]ed|accepted|acceptable|numeric|closed|terminated|properly|well-formed|portable|sorted|a legal|legal|unique|understood|implemented)\b|\bwithout (?:a )?(?:value|closing|matching|opening|terminat\w+)\b|\b(?:end|eof|eol) (?:of \w+ )?(?:in|inside|within|before) \w+/,
    /\b(?:refers to|are|is) (?:an? )?director(?:y|ies)\b|\battempt(?:ed|ing|s)? to \w+|\bcannot be applied\b|\bcan't modify\b|\bdoes(?:n't| not) (?:derive|apply|make sense|fit|look|take|accept|contain|end|start|begin|parse|have (?:an? )?(?:resource )?type)\b|\b(?:is|are) not (?:in|on|part of) (?:the|an?) (?:list|index|set|range|format|form|syntax)\b|\bnon-[a-z]+\b.{0,30}\b(?:value|type|input|function|element|object)\b|\bmissing (?:separator|semicolon|comma|bracket|parenthes[ie]s|brace|quote|terminator|delimiter|colon)\b/,
    /\bambiguous\b|\b[a-z]+ ['"`‘]?[\w.-]+['"`’]? (?:is )?unknown\b|\bno \w+ (?:decode )?delegate\b|\b(?:enter|select|choose|provide|use) a valid\b|\bnot (?:included )?in (?:the )?(?:list|index)\b|\blimited to\b|\b(?:cannot|can't|could not) be (?:multiplied|added|divided|compared|broadcast|combined|concatenated|merged|sorted|nested|negative|zero|represented|interpreted|evaluated)\b|\bextra (?:positional )?argument/,
  ),
]
