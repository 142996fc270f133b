/**
 * Words that messages of failures are made of, in English: such a word is the tool's own even where the arguments happen
 * to hold it, and any other one that they hold is a value. Things are also named with those that have a star.
 */
const COMMON = new Map(
  (
    'a about above access action active actual address admin* after again against all* allow allowed already also ambiguous ' +
    'an and another any api app are argument arguments array arrays as assertion at attempt attempted attribute auth authentication ' +
    'authorization available bad base batch* be because been before begin being below between bind body bool boolean ' +
    'both branch* branches break browser buffer but by byte bytes call called can cannot case catch change channel* char ' +
    'character characters check child class clause click client* close closed code codec collection column columns command ' +
    'commands commit conflict connect connection const constant constraint content context convert copy could count create ' +
    'created current* cursor data database date datetime day days deadline decimal decode def default* delete deleted denied ' +
    'description destination device did different digit digits directories directory disk do document* does domain* done double ' +
    'down duplicate each edit element elements else email* empty enabled encoding end ended endpoint entries entry enum equal ' +
    'error errors escape event* exact exceeded except exception exec exist existing exists exit expected expired export ' +
    'expression extension extra fail failed failure false fatal fetch field fields file filename files find first* float folder* ' +
    'for forbidden foreign format found frame from full function functions get given goto got group* had handle has have ' +
    'header headers help here host* hour http id identifier if image* import in incomplete incorrect incompatible index ' +
    'infinite inner input insert inside install installed instance* instead int integer internal invalid is it item* items its ' +
    'job* join json key keys keyword kind language large last* left length let level like limit line lines link list literal ' +
    'load local* locale locator lock locked login* long loop lost main* make malformed many map match matches matching max ' +
    'maximum may message metadata method min minimum minute missing mode model* module* month* more most move must name named ' +
    'names near need needs negative nested network* never new* next* no node non none not nothing null number numbers numeric ' +
    'object objects of off offset on one only open operand operation operator option options or order other* out output ' +
    'outside over overflow owner* package* page* parameter parameters params parent parse parser part password path paths ' +
    'pattern payload pending perhaps permission permissions permitted place please point policy* port position positional ' +
    'positive possible prefix present press primary* print private* process* program* project* prompt property protected ' +
    'protocol provided public* query quota quote range rate raw read reading ready reason received record* records recursion ' +
    'redirect reference refused region* regular relation* release remote* remove rename replace repository* request requested ' +
    'required requires reset resource response result results return returned right role* root* row rows rule* run running ' +
    'schema* scope* script search second seconds section* see select selector self send sequence server* service* session* set ' +
    'setting* settings* shell should signal size socket some source space specified stack standard start started state ' +
    'statement status step stop stopped storage* stream string strings such supported switch symbol syntax system* tab table ' +
    'tables tag* target* temporary* term test* text than that the their then there this time timed timeout timestamp to token ' +
    'tokens too tool tools total* transaction tree* trigger true try tuple type types unable unauthorized unavailable undefined ' +
    'unexpected union unique unit unknown unmatched unrecognized unsupported until up update updated url usage use used user* ' +
    'users* using valid value values var variable version* view* wait waiting was web were when where which while with within ' +
    'without word work* would write writing wrong year* yet you your zero'
  )
    .split(' ')
    .map((word) => [word.replace('*', ''), word.endsWith('*')]),
)

export function isCommonWord(word: string): boolean {
  return COMMON.has(word.toLowerCase())
}

/** Whether a common word may be a name where a message has one. */
export function isNaming(word: string): boolean {
  return COMMON.get(word) === true
}
