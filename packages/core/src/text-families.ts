import type { Category } from './failure.ts'

const family = (category: Category, ...patterns: RegExp[]): [Category, RegExp] => {
  return [category, new RegExp(patterns.map(({ source }) => source).join('|'), 'i')]
}
const of = (parts: TemplateStringsArray, ...words: string[]) => new RegExp(String.raw(parts, ...words))

const SQL_TYPE = '(?:text|character varying|integer|bigint|numeric|boolean|date|jsonb?|uuid|double precision)'
const TYPE =
  '(?:string|str|number|numeric|integer|int(?:32|64)?|float|double|decimal|boolean|bool|array|list|object|dict(?:ionary)?|map|mapping|null)'
/** What a call is made of. */
const ARGUMENT =
  '(?:argument|arg|param(?:eter)?|field|property|propert(?:y|ies)|key|input|operand|value|header|column|attribute|flag|option|variable|name)s?'

/**
 * Families of English error messages by the forms in which tools in general say them, general words only; the first that
 * matches decides. A family stands before another where its words are more specific, or where it would cause what the
 * other describes: what was given (its syntax, its members) before the state it met, both before `cannot`.
 */
export const FAMILIES: readonly [Category, RegExp][] = [
  family(
    'state.not_found',
    /\bexists? or (?:is |you )?(?:are |do )?not (?:authori[sz]ed|have)\b|\bpackage ['"`]?[\w.-]+['"`]? is not installed\b/,
  ),
  family(
    'traj.budget',
    /\b(?:recursion|iteration|step|turn)s? limit\b/,
    /\bmax(?:imum)? (?:number of )?(?:steps|iterations|turns)\b.{0,30}\b(?:reached|exceeded)/,
  ),
  family(
    'parse.malformed_json',
    /\b(?:malformed|invalid|broken|bad|incomplete|unparsable) json\b(?! (?:payload received\. unknown|path|pointer|schema|type))(?!.{0,80}\b(?:validation errors?|not permitted)\b)/,
    /\bnot (?:a )?(?:valid|well-formed|legal) json\b/,
    /\b(?:pars(?:e|ing)|decod(?:e|ing)|deseriali[sz](?:e|ing)|read(?:ing)?|load(?:ing)?) (?:the |of )?json\b(?! (?:schema|path|body is))/,
    /\bjson\.?(?: body| text| data| input| document| payload| string)? ?(?:parse |parsing |syntax |decode |decoding )(?:error|failed|failure)\b(?!.{0,40}\bcannot (?:deseriali|construct))/,
    /\bjson(?:parse|decode|syntax)(?:error|exception)\b|\bejsonparse\b/,
    /\b(?:end of|in|at end of) json (?:input|at (?:position|line))\b|\binvalid character .{1,8} (?:looking for beginning of|after (?:top-level|object|array)|in (?:string|numeric|literal)) |\bunexpected end of json\b/,
    /\bexpect(?:ed|ing) (?:value|property name|',' delimiter|`[,:]` or `[}\]]`|ident)\b.{0,60}\bline \d+ column \d+|\b(?:eof while parsing|key must be a string|trailing (?:characters|comma)) .{0,40}\bline \d+ column \d+/,
    /\bparse error: .{0,120}\bat (?:eof at )?line \d+, column \d+|\bunfinished json\b|\binvalid numeric literal at\b/,
  ),
  family(
    'contract.value',
    /\bstrict mode violation\b|\bwhile parsing\b|\bviolates check constraint\b|\bcheck constraint (?:failed|violat)|\bplease (?:include|match|lengthen|shorten)\b|\b(?:unknown|unsupported) (?:url )?(?:scheme|protocol)\b|\b(?:unknown|undefined) (?:[\w-]+ ){0,2}(?:type|cipher|signal|encoding|algorithm|specifier|symbol|function|subroutine|variant|method|operator|escape|format|unit|timezone|time zone|locale|charset|character)\b/,
    /\binvalid type: expected \("|\bdifferent number of columns\b|\bbad port\b|\bincomplete (?:input|statement|query|expression)\b|\bunrecogni[sz]ed token\b|\bmisuse of\b|\bhas \d+ \w+ but \d+\b|\bcannot have an? \w+|\bcannot have body\b|\bunbound variable\b/,
    /\b(?:function|variable|macro|symbol|filter|method|identifier|name) .{1,60} (?:is )?not defined\b|\bundeclared (?:identifier|variable|name)\b|\b(?:undefined|nonexistent) (?:global |local )?(?:reference|variable|identifier|name)\b|\b\S+ is not defined at\b/,
    /\b(?:no|not an?) valid .{1,40} (?:data|found)\b|\bno valid \w+ in\b|\bno properly\b|\b(?:numeric|integer) (?:argument|value) (?:is )?required\b|\berror (?:parsing|converting|decoding)\b|\bdid not find expected\b|\bbad \w+ subscript\b|\bnot (?:in|an?) .{1,30}(?:format|archive|zipfile|file)\b|\b(?:bad|wrong|invalid) (?:magic|checksum|signature (?:of|in) file|configuration|config)\b|\b(?:unexpected|premature) (?:eof|end[- ]of[- ]\w+|end)\b|\berror in lib\w+\b|\bfile (?:format|type) (?:is )?not recogni[sz]ed\b|\bcorrupt(?:ed)?\b/,
    /\bduplicate (?:items|\w+ attribute)\b|\b(?:signature|header|marker|magic(?: number)?|trailer|footer|end of central directory) not found\b|\binvalid ur[il]\b|\b(?:cannot|could not|can't|must not|may not|should not) exceed\b|\bcannot accept\b|\bnot properly\b|\b(?:cannot|could not|can't|unable to) (?:be )?(?:identif(?:y|ied)|determined?|recogni[sz]ed?|guess)\b|\bnot one of\b|\bfailed on the ['"]?(?!required)\w+['"]? tag\b/,
  ),
  family(
    'contract.missing_param',
    /\b(?:received|got|was|instead was) [`'"]?undefined\b|\binclude required \w+|\bnon-null type\b.{0,40}\bto be provided\b|\bdo(?:es)?(?:n't| not) have a default value\b|\b(?:too few|not enough|insufficient(?: number of)?) (?:arguments|parameters|operands|values|inputs)\b|\bmissing ur[il]\b|\bneed an? \w+ (?:option|argument|parameter)\b|\bnot[- ]null constraint\b|\bnull value in column\b|\bplease (?:fill (?:out|in)|enter|select|choose|specify|provide|supply)\b/,
    /\b(?:send|use|pass|with|be) an? (?:empty|blank) \w|\b(?:insert|pass|assign|set) (?:the )?(?:value )?null\b|\bnot allow nulls?\b|\b(?:failed on|for) the ['"]?required['"]? tag\b|\bmissing data for required\b|\bvalue_error\.missing\b|\[type=missing\b|\bnot allowed to be (?:empty|blank|null)\b|\b(?:must|should|has to|needs? to) be (?:an? )?non-?(?:empty|blank|null)\b/,
    /\brequires? (?:exactly |at least )?(?:an?|one|two|\d+) (?:(?!valid\b|newer\b|later\b)[\w-]+ ){0,2}(?:arguments?|parameters?|values?|operands?|args?)\b|\b(?:requires?|expects?|needs?) (?:an? )?(?:argument|value|parameter)s?\b|\boption requires\b|\b(?:at least|exactly) one (?:of .{1,80}|[\w -]{1,40}) (?:is |are |must be |should be )?(?:required|given|provided|specified|set|expected)\b|\brequires? (?:[\w-]+ ){1,4}(?:specification|to be (?:set|specified|given|provided))\b/,
    /\bno input files?\b|\b(?:no|missing) (?:[\w-]+ ){0,2}(?:operand|criteria)s?\b|\brequired flag\(s\)/,
    of`\b${ARGUMENT} .{0,60}\b(?:(?:is|are|was|were) )?not (?:present|set|supplied|given|provided|specified|passed)\b`,
    /\b(?:was|were)(?:n't| not) (?:supplied|provided|given|specified|passed)\b|\byou (?:must|need to|have to|did(?:n't| not)) (?:give|specify|provide|supply|pass|enter|name)\b/,
  ),
  family(
    'contract.type',
    of`\b${SQL_TYPE} [-+*/<>=~!]{1,3} ${SQL_TYPE}\b`,
    /\bcannot represent (?:an? )?non-|\bwrong (?:kind|type) of value\b|\bis not a valid (?:float|double|decimal)\b|\bdata ?type mismatch\b|\bis of type\b.{0,60}\bbut\b|\bmust be (?:of )?type\b|\boperator does not exist\b/,
    of`\bcannot (?:unmarshal|deseriali[sz]e|decode|convert|coerce|cast|parse) .{0,80}\b(?:into|to|from|as|of) (?:\w+ ){0,3}(?:type|value|field|${TYPE}|system\.)`,
    of`\b(?:could not|cannot|can't|failed to|unable to) (?:be )?(?:convert(?:ed)?|cast|coerced?)\b|\bcast to \w+ failed\b`,
    of`\b(?:not|be) an? (?:valid )?[\`'"]?(?:${TYPE})[\`'"]?(?: type| value)?(?:$|[.,;:)\]'"!]| but\b| in\b)`,
    of`\ba valid (?:${TYPE}) is required\b|\binvalid value at .{1,80}\(type_`,
    /\b(?:failed|unable|cannot|could not) (?:to )?parse .{1,60} (?:of|as) (?:data )?type\b|\bconversion failed\b|\bfailed (?:when |while )?converting\b/,
    /\btype=(?:type_error|\w+_(?:type|parsing))\b/,
  ),
  family(
    'exec.rate_limited',
    /\brate[- ]?limit|\btoo many (?:requests|attempts|calls|connections)\b|\bquotas?\b.{0,40}\b(?:exceeded|exhausted|reached)|\b(?:exceed(?:s|ed|ing)?|exhausted)\b.{0,60}\bquotas?\b|\breached (?:your|the) (?:\w+ )?(?:limit|quota)\b|\bthrottl(?:ed|ing)\b|\bslow down\b|\brate exceeded\b|\b(?:requests?|calls?|messages?|attempts?)\b.{0,20}\btoo (?:quickly|fast|often|frequently)\b|\b(?:daily|hourly|monthly|usage|request|api) (?:\w+ )?limit\b.{0,30}\b(?:reached|exceeded|hit)/,
  ),
  family('state.precondition', /\bcan only be (?:used|called|run) (?:when|after|once)\b/),
  family(
    'contract.misnamed_param',
    /\bexpected never\b|\bextra (?:fields?|keys?|inputs?) (?:are )?not (?:permitted|allowed)\b|\badditional propert(?:y|ies)\b.{0,60}\bnot (?:allowed|permitted)\b|\bunknown name ["'`]|\bunspecified keys?\b/,
    /\b(?:unknown|unrecogni[sz]ed|unsupported|invalid) options?\b.{0,40}\b(?:call|config(?:uration)?|schema|object)\b(?!.{0,4}--)/,
  ),
  family(
    'result.contract',
    /\bcannot return null for non-nullable\b|\b(?:match|conform to|satisfy|violates?) (?:the |its )?(?:[\w']+ ){0,2}output schema\b/,
  ),
  family(
    'exec.env_drift',
    /\bwaiting for (?:locator|selector|element|get_by_\w+|getBy\w+)\b|\bintercepts pointer events\b|\bstale element\b|\bmatch any elements?\b|\bno such element\b|\belement (?:with )?(?:the )?(?:index|ref|bid|id|number)[ :=]\S+ (?:(?:is|was) )?(?:does(?:n't| not) exist|not (?:available|found|present))|\bno element (?:found|matches)\b|\belement\b.{0,60}\bnot (?:clickable|interactable|visible)\b|\bwould receive the click\b|\btarget closed\b|\bcontext was destroyed\b|\belement\b.{0,40}\b(?:is )?(?:detached|not attached|not visible|not stable|obscured)\b|\b(?:ref|reference|element|node) .{1,60} not found in the current\b|\b(?:frame|page|tab|target|browser|context)\b.{0,40}\b(?:was detached|crashed|(?:has been|is|was) closed)\b|\bmodal\b.{0,30}\b(?:state|dialog|blocks)|\bnot attached to the dom\b/,
  ),
  family(
    'auth.denied',
    /\b(?:permission|access|authori[sz]ation|log-?[io]n) (?:was |is |has been )?(?:denied|refused|rejected)\b|\binvalid username\b|\bmissing (?:access|permissions?|scopes?)\b|\bonly (?:the |an? )?(?:owner|admin\w*|member|author|creator)s? (?:can|may|is|are)\b|\bun-?authori[sz]ed\b|\bforbidden\b|\bnot (?:authori[sz]ed|permitted|an? (?:owner|member|admin))\b|\b(?:authentication|authori[sz]ation|login|sign-?in|log ?in) (?:is |has )?(?:failed|required|needed|error|expired)\b|\b(?:must|need to|please) (?:be )?(?:log(?:ged)? ?in|sign(?:ed)? ?in|authenticate)/,
    /\b(?:invalid|wrong|expired|missing|incorrect|bad|revoked) (?:\w+ )?(?:api[ _-]?key|access token|auth(?:entication)? token|token|credentials?|password|passphrase|username-password|signature|t?otp|one-time (?:code|password)|passcode|(?:verification|security|2fa|mfa|otp) code)\b(?!:? ?(?:format|length))|\b(?:tokens?|credentials?|api key|session|signature)\b.{0,40}\b(?:is|are|was|has|have|been) (?:\w+ )?(?:expired|revoked|invalid|wrong|incorrect|not valid)\b|\b(?:locate|find|load|no|without) (?:valid |any )?credentials\b/,
    /\brequires? (?:superuser|root|administrator|admin)\b|\bare you root\b|\b(?:must|need to) (?:be|have|run (?:this |it )?as) (?:the )?(?:root|superuser|admin\w*|owner)\b|\b(?:insufficient|lacks?|missing|without|no) (?:the )?(?:required )?(?:permissions?|privileges?|scopes?|access rights?|authori[sz]ation)\b|\b(?:does(?:n't| not)|do(?:n't| not)) have (?:\w+ )?(?:permissions?|access|authori[sz]ation|rights?)\b|\b(?:outside|not (?:with)?in) (?:the |of )?(?:any )?(?:allowed|permitted)\b|\boutside (?:of )?(?:the |your |its )?(?:\w+ )?(?:output|working|root|project|workspace|sandbox|base|home) (?:directory|folder|copy|path|tree)\b|\b(?:not |in)accessible (?:by|to|for)\b|\bpermission .{1,60} (?:has )?not (?:been )?(?:enabled|granted)\b/,
    /\b(?:command|operation|action|domain|host|user|method|access\w*|fetch\w*|crawl\w*|download\w*|request\w*|writ(?:e|ing)|read(?:ing)?|delet(?:e|ing))\b.{0,80}\b(?:is|are) not (?:allowed|permitted)\b|\baccess to .{1,80} (?:is )?not (?:allowed|permitted)\b|\bread-?only (?:file system|mode|database|transaction)\b|\bhost key verification failed\b/,
  ),
  family(
    'exec.dependency',
    /\bcommand not found\b|\bno module named\b|\bcannot find (?:module|package)\b|\bis not installed\b(?! and no information)|\bnot installed\b(?! and no information)|\b(?:missing|unmet) (?:\w+ )?(?:dependency|dependencies|library|package)\b|\b(?:executable|binary|interpreter|driver|browser|distribution|library|plugin|extension|toolchain|compiler)\b.{0,60}\b(?:not found|does(?:n't| not) exist|missing|could not be (?:found|loaded))\b|\b(?:cannot|could not|unable to|failed to|can't) (?:load|open|find) (?:the )?(?:shared (?:library|object)|library|plugin|extension|driver)\b/,
    /\b(?:unknown|unrecogni[sz]ed|invalid|illegal|unsupported|bad) (?:[\w-]+ ){0,2}(?:option|flag|switch|command[- ]line (?:argument|option))\b(?! (?:value|type|name|combination|in \w+\())|\b(?:unknown|unrecogni[sz]ed|unexpected|invalid|illegal|bad|extra) arguments?:? ['"`‘]?--?[a-z]/,
    /\bunsupported (?:version|platform|browser)\b|\boption \S+ (?:is unknown|is not (?:understood|recogni[sz]ed|known|supported|a valid))|\b(?:option|flag)\b.{0,30}\b(?:not supported|not defined|not recogni[sz]ed|not understood)\b|\bflag provided but not defined\b|\bno such (?:option|flag|tool|(?:sub-?)?command|switch)\b|\bhas no (?:sub-?)?command\b|\bis not an? (?:\w+ )?(?:sub-?)?command\b/,
    /\b(?:unknown|unrecogni[sz]ed) (?:sub-?)?(?:command|verb|operation)\b(?! (?:arguments?|line))|\binvalid (?:(?:sub-?)?command (?=[\x22\x27\x60])|operation [a-z]+$)|\b(?:unknown|unrecogni[sz]ed) \w+ option\b|["'`] is unknown, try\b/,
    /\bunresolved import\b|\bno matching distribution\b|\bmodules?(?: ['"`][^'"`]{1,80}['"`])? not found\b|\berror 127$/,
  ),
  family(
    'exec.unavailable',
    /\bservice (?:is )?(?:temporarily |currently )?unavailable\b|\bbad gateway\b|\binternal (?:server )?error\b|\bserver error\b|\bserver had an error\b|\bconnection (?:was |is )?(?:to \S+ )?(?:refused|reset|closed|aborted|lost|error|failed|timed|issue|problem|unexpectedly)|\b(?:failed to|unable to|could not|cannot|can't) (?:connect|reach|resolve host|establish)|\bnetwork (?:error|is unreachable|failure|unreachable)\b|\b(?:host|server|database|service|endpoint|backend|site) (?:is )?(?:unreachable|down|offline|overloaded|not responding|not reachable)\b|\bsocket hang up\b|\bfetch failed\b|\bgetaddrinfo\b|\bname (?:resolution|or service not known)|\btemporar(?:y|ily) (?:failure|unavailable|error)\b/,
    /\bunder maintenance\b|\boverloaded\b|\bout of memory\b|\bno space left\b|\bnet::ERR_|\b(?:ssl|tls|certificate)\b.{0,30}\b(?:error|handshake|verif\w*|routines|alert|expired|self[- ]signed)\b|\bempty (?:reply|response) from\b|\b(?:transfer|other side|socket|stream) (?:was )?closed\b|\btoo many redirects\b|\bredirect(?:s|ions?)?(?: count)? exceeded\b|\bno data received\b|\bunable to establish (?:an? )?(?:\w+ )?connection\b|\bdaemon (?:is )?(?:running|not running)\b|\bdial (?:tcp|unix|udp)\b|\bno such host\b|\b(?:unable to|cannot|could not) allocate\b|\bunknown authority\b|\bdns (?:error|lookup|resolution)\b|\b(?:host|remote|server|domain)\b.{0,30}\bcould not be resolved\b|\bconnect error\b|\btrying to connect\b|\bconnection failure\b|\b(?:broker|server|client|database|peer) (?:is )?not connected\b|\b(?:gateway|provider|system|api) is (?:currently )?down\b|\bon our (?:end|side)\b|\bno route to host\b|\bbroken pipe\b|\b(?:tls|ssl) (?:packet|record|connection)\b|\bhas not been booted\b|\bno (?:servers?|nodes?|brokers?|hosts?) (?:are |is )?(?:available|reachable)\b/,
  ),
  family(
    'contract.missing_param',
    of`\bmissing (?:\d+ )?(?:a |the |an )?(?:required )?(?:[\w-]+ ){0,2}${ARGUMENT}\b`,
    /\b(?:argument|parameter|field|property|input|value|key)s? ['"`\w.]{0,60} ?(?:is|are) (?:required|missing|mandatory)\b|\brequired (?:[\w-]+ ){0,2}(?:argument|parameter|field|property|input|value|header)s?\b.{0,60}\b(?:missing|not (?:provided|given|specified|set|present|found))\b|\b(?:is|are) (?:a )?(?:required|mandatory)\b|\bfield required\b|\b(?:must|should|needs? to) (?:provide|specify|supply|include|contain(?! (?:at|only|no))|pass|give)\b|\bno (?:\S+ ){1,2}(?:was |were )?(?:provided|given|specified|supplied)\b(?! and no)/,
    /\b(?:can(?:not|'t)|must not|may not|should not) be (?:empty|blank|null|none|undefined|omitted)\b|\b(?:value|field|name|text|message|string|body|input|argument|parameter|query|file) is empty\b|\bmissing (?:file ?name|argument|operand|pattern|expression|destination|url|host|name)\b/,
  ),
  family(
    'contract.misnamed_param',
    /\b(?:unknown|unexpected|unrecogni[sz]ed|unsupported|extra|undefined|undeclared) (?:(?:keyword|named|query|input|request|function) )?(?:argument|parameter|field|property|propert(?:y|ies)|key|attribute|input)s?\b(?! type)/,
    /\bhas no (?:argument|parameter|keyword argument)\b|\bunrecogni[sz]ed_keys\b|\bis not an? (?:valid |known |recogni[sz]ed )?(?:argument|parameter|keyword argument)\b/,
  ),
  family(
    'state.conflict',
    /\balready (?:\w+ ){0,3}(?:exists?|exist|used|in use|taken|registered|present|added|open|closed|running|started|completed|cancell?ed|processed|done|sent|assigned|member|booked|been)\b|\balready\b|\b(?:file|directory|folder|name|key|id|record|entry|user|table|branch|resource) exists\b|\bduplicate\b|\bmust be unique\b|\bnot unique\b|\bunique (?:constraint|violation|key)\b|\bconflict(?:s|ed|ing)?\b|\bin use\b|\bis locked\b|\block(?:ed)? by\b|\bnot empty\b|\bnothing to (?:commit|do|change|update)\b|\bno changes?\b|\bviolates (?:foreign key|unique)\b|\bforeign key constraint\b|\b(?:objects?|rows?|records?|resources?) depends? on (?:it|them)\b|\bstill referenced\b|\bcannot overwrite\b|\bread-?only variable\b/,
    /\bidempoten(?:t|cy)\b|\bon existing\b|\bare (?:identical|the same)\b|\b(?:is|was) (?:modified|changed|updated) (?:by|since)\b|\bdeadlock\b|\bresource busy\b|\b(?:is|are) taken\b/,
  ),
  family(
    'state.not_found',
    /\bnot found\b|\bno such\b|\bdo(?:es)?(?:n't| not) (?:seem to )?exist\b|\bdid(?:n't| not) (?:find|match)\b|\b(?:could|can|did)(?:n't| not|not) (?:be )?(?:find|found|locate[d]?|look up)\b|\bunable to (?:find|locate)\b|\bfailed to (?:find|locate)\b|\bnon-?exist(?:ent|ing)\b|\bunknown (?!error|option|flag|command|reason|exception|problem|failure|issue|type|format|system)\w+|\bno (?:[\w-]+ ){0,4}(?:was |were )?(?:found|exists?|match(?:es|ing|ed)?|named|called)\b|\bzero[_ ]results\b|\bno information\b|\bno[_ ](?:results?|matches|matching|records?|entries|data|rows|items?|(?:public |secret |private )key)\b/,
    /\bnot (?:exist|present|in the (?:list|database|index))\b|\bis (?:undefined|not defined|unknown|missing)\b|\bhas no (?:attribute|column|field|member|key|item|element|property)\b|\bdeleted\b|\bdo(?:es)?(?:n't| not) match any\b|\bdoes(?:n't| not) appear to (?:be|contain|exist)\b|\bmissing (?!or\b)\S+ entry\b|\bunrecogni[sz]ed configuration\b|\bno rule to\b|\bno (?:longer (?:available|exists))\b/,
    /\b(?:could(?:n't| not)|unable to|cannot|can't|failed to) (?:open|access|resolve|read|stat|load|get|lookup|look up) (?:to )?(?:the |an? )?(?:[\w-]+ )?(?:file|directory|folder|database|jarfile|path|host|repository|reference|module|entry)\b|\b(?:could(?:n't| not)|unable to|cannot|can't|failed to) (?:resolve|locate) (?:to )?(?:an? )?["'`\w]/,
    /\bmissing (?:script|file|directory|folder|target|table|makefile)\b|\bnot matched: |\b(?:is|are) not (?:here|there|registered|a known|known|available on this)\b|\bskipped: no \w+\b|\bno (?:[\w-]+ ){1,3}(?:files|sources) in\b|\binvalid (?:object|column|table) name '|\bunrecogni[sz]ed name\b|\bno [\w-]+ ['"`[]\S+['"`\]] in\b|\binvalid user(?: name)?: /,
  ),
  family(
    'contract.type',
    of`\b(?:must|should|has to|needs to|expected to) be (?:an? |of type )?(?:valid )?${TYPE}\b|\bexpected (?:an? )?(?:type )?['"]?${TYPE}\b`,
    /\b(?:wrong|invalid|incorrect|mismatched|incompatible) (?:data )?types?\b|\btype (?:mismatch|error)\b/,
    of`\bis not (?:of type|an? (?:valid )?${TYPE})\b|\bcannot be converted to\b`,
    /\b(?:unable|failed|could not|cannot) (?:to )?(?:coerce|convert|cast)\b/,
  ),
  family(
    'result.oversize',
    /\b(?:response|result|output|reply|content of the page)\b.{0,40}\b(?:too (?:large|long|big)|exceed(?:s|ed)?)\b|\bmaximum allowed tokens\b|\b(?:payload|entity|request body) too large\b|\b(?:request|message|prompt|upload|body)(?: size)? (?:is |was )?(?:too (?:large|big)|larger than)\b|\brequest ?entity ?too ?large\b|\bexceeds (?:the )?maximum (?:message|request|payload|upload|response) size\b|\bmaximum (?:message|request|payload|upload) size exceeded\b|(?:content|body|response) ?(?:length|size)\b.{0,30}\bexceeded\b|\bcontext window\b/,
  ),
  family(
    'state.precondition',
    /\bnot (?:in )?an? (?:\w+ )?(?:repository|workspace|working (?:copy|tree))\b|\b(?:must|needs? to|have to|has to|should|please)\b.{0,60}\b(?:first|beforehand|prior to)\b|\bno (?:\w+ ){1,3}(?:is|are) (?:currently |yet )?(?:loaded|open|selected|active|connected|running|set up|logged in)\b|\b(?:is|are|was|were|has|have) not (?:yet |been |yet been )?(?:loaded|opened|connected|initiali[sz]ed|started|activated|enabled|logged in)\b|\b(?:insufficient|not enough)\b|\b(?:invalid|illegal|impossible) (?:action|move|state|transition|operation|step|session)\b/,
    /\bdoes(?:n't| not) have any .{1,30} yet\b|\byou need to (?:start|run|initiali[sz]e|create|open)\b|\bthere is no \w+ (?:to|in progress)\b|\bhas (?:a |the )?(?:status|state) (?:of )?\w+|\bnot in an? (?:\w+ )?state\b|\bnot mergeable\b|\b(?:exec|commit|rollback|release|end|close|unlock|pop|leave|break|return) without\b|\bstatus checks?\b|\bonly install with an existing\b|\b(?:run|execute|use|call) ["'`][^"'`]{1,40}["'`] (?:first|before|to (?:initiali[sz]e|create|set up))\b/,
  ),
  family(
    'contract.value',
    /\btoo (?:long|short|large|small|big|high|low|deep|complex|many|few)\b|\b(?:exceed(?:s|ed|ing)?|more than|longer than|over|above)\b.{0,40}\b(?:length|characters?|chars|bytes|words|tokens|digits)\b|\b(?:length|characters?)\b.{0,40}\b(?:exceed|at (?:most|least)|less than|more than|greater than|between|limit)|\bout of (?:range|bounds)\b|\bmust (?:not )?(?:appear|be|match|have|start|begin|end|contain|use|follow|equal)\b|\bshould (?:not )?(?:be|match|have|start|begin|end|use|follow|equal)\b|\bhas to be\b|\bexpected\b.{0,80}\b(?:but|got|found|received|near|instead)\b|\bnot (?:an? )?(?:valid|supported|recogni[sz]ed|accepted|one of)\b|\b(?:is|are|was|were) (?:not )?(?:invalid|malformed|unsupported|allowed|valid)\b/,
    /\b(?:unsupported|malformed|illegal|improper(?:ly)?|incorrect(?:ly)?|wrong|bad) (?:\w+ )?(?:value|format|date|time|url|uri|path|name|syntax|request|argument|parameter|input|query|expression|encoding|escape|character|range|index|number|email|currency|unit|code|id|formatted|relation|option|charset|content)\b|\binvalid (?!action|move|state|transition|operation|step|command|session)\S|\bsyntax\b|\bunexpected (?!(?:server |internal |system |tool )?(?:error|exception|failure|problem|issue|condition)\b)\w+|\b(?:parse|parsing|decod(?:e|ing)|encoding|format(?:ting)?) (?:error|failed|failure)\b|\b(?:unable|failed|fails|could not|cannot|can't|error) (?:to )?(?:pars(?:e|ing)|decod(?:e|ing)|interpret|understand|deserialize|match|validate)\b|\bunterminated\b|\bunbalanced\b|\bno (?:closing|matching|escaped|opening)\b|\bambiguous\b|\bdo(?:es)?(?:n't| not) (?:match|add up|equal|correspond|agree|satisfy|conform|support|accept|contain an?|look like)\b|\bmismatch(?:ed)?\b|\bdivision by (?:zero|0)\b|\bdivide by zero\b/,
    /\bonly\b.{0,60}\b(?:can be|are|is|may be) (?:set|used|allowed|supported|accepted|specified|given)\b|\bmalformed\b|\b(?:in)?compatible with\b|\breturns? more than\b|\bmore than one\b|\b(?:more|fewer|too (?:many|few)) \w+ than\b|\bsame number of\b|\bnot in (?:the )?(?:\w+ )?format\b|\bunmatched\b|\bwrong number of\b|\b(?:specify|use|set|give|combine) both\b|\bmutually exclusive\b|\bnot (?:satisfiable|acceptable|parsable|parseable)\b|\bmaximum context length\b|\bis not (?:an? )?(?:directory|file)\b|\bis a directory\b/,
    /\b(?:could|can)(?: ?not|'t) (?:read|load|parse|decode|create|recogni[sz]e) (?:the |named )?(?:[\w-]+ )?(?:key|certificate|image|document|config(?:uration)?|generator|data|private key)\b|\berror (?:reading|parsing|loading) (?:the )?(?:input|config\w*|key|data)\b|\bnon-(?:integer|numeric)\b|\bcannot use .{1,60} as\b|\bno (?:sub)?schema\b|\bnot installable\b/,
  ),
  family(
    'state.precondition',
    /\b(?:must|need(?:s)? to|have to|should|please)\b.{0,60}\b(?:first|before|beforehand|prior to)\b|\bbefore (?:you|it|this|calling|using|the)\b|\bnot (?:been )?(?:yet|currently|logged|loaded|open(?:ed)?|connected|initiali[sz]ed|started|active|activated|enabled|running|ready|selected|set(?: up)?|configured|available|eligible|allowed|possible|enough|sufficient|delivered|pending|paid|verified)\b|\bno \S+ (?:\w+ )?(?:is |are )?(?:currently )?(?:loaded|open|selected|active|connected|set|running|available|configured)\b/,
    /\b(?:insufficient|not enough)\b|\bunavailable\b|\b(?:is|are) (?:full|expired|closed|cancell?ed|disabled|suspended|inactive|exhausted|sold out|out of stock|empty)\b|\bsold out\b|\bout of stock\b|\b(?:has|have) (?:expired|ended|been (?:deleted|removed|cancell?ed|closed|disabled|suspended|archived))\b|\bexceed(?:s|ed|ing)?\b|\bmax(?:imum)?\b.{0,40}\b(?:reached|exceeded|allowed)\b|\b(?:limit|capacity)\b.{0,30}\b(?:reached|exceeded)|\bnon-\w+ed \w+|\b(?:invalid|illegal|impossible) (?:action|move|state|transition|operation|step|session)\b|\bwrong (?:state|order|phase|step)\b|\bnot in (?:a|an|the) \w+ (?:state|mode|phase)\b|\bonly\b.{0,60}\bcan be\b|\bno longer\b|\bdepends on\b|\bin progress\b|\bdirectory prefix\b.{0,40}\bmain module\b/,
  ),
  family('contract.value', /(?:^|\bis |: )not an? (?!terminal|tty)[\w<]/),
]

/** Forms that say little: they decide only where nothing that the message says is clearer. */
export const WEAK_FAMILIES: readonly [Category, RegExp][] = [
  family(
    'contract.value',
    /\bvalidation (?:errors?|failed|failure)\b|\bfailed validation\b|\bsuitable\b|\bexpect(?:s|ed|ing)\b/,
  ),
  family('exec.unavailable', /\btry again (?:later|soon)\b/),
  family('auth.denied', /\b(?:security|policy) violation\b|\bnot (?:allowed|permitted)\b/),
  family('state.precondition', /\bcan(?:not|'t| not) (?:be )?\w+|\bcould not be \w+ed\b/),
]
