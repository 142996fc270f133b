/**
 * How much the name of a field says about its value. `always`: whatever stands there is a secret. `number`: also when
 * it is a number. `opaque`: only when it looks like one, because the name has everyday uses too (`pass`, `auth`).
 * `code`: only 4 to 8 digits (a `pin` can be a contact of a chip or on a map).
 */
export type KeyVerdict = 'number' | 'always' | 'opaque' | 'code' | undefined

/** Last words of names whose values are passwords; they are secrets even as numbers. */
const PASSWORDS = new Set([
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'passcode',
  'pgpassword',
  'userpassword',
])
const SECRETS = new Set([
  ...['secret', 'secrets', 'token', 'jwt', 'authorization', 'cookie', 'cookies', 'credential', 'credentials'],
  ...[
    'apikey',
    'apitoken',
    'authtoken',
    'accesstoken',
    'refreshtoken',
    'secretkey',
    'privatekey',
    'clientsecret',
  ],
  ...['authkey', 'signingkey', 'encryptionkey', 'csrftoken', 'sessiontoken', 'bearertoken', 'bottoken'],
])
/** `… key` is a secret after these words; `primary key`, `cache key`, `issue key`, `public key` and `key` are not. */
const SECRET_KEYS = new Set([
  ...[
    'api',
    'secret',
    'private',
    'signing',
    'encryption',
    'auth',
    'master',
    'subscription',
    'shared',
    'hmac',
  ],
])
const OPAQUE_KEYS = new Set([
  'access',
  'account',
  'app',
  'application',
  'client',
  'consumer',
  'service',
  'session',
  'role',
])
const CODES = new Set(['pin', 'otp', 'cvv', 'cvc', 'totp', 'pincode'])
const OPAQUE = new Set(['pass', 'auth', 'apppass'])

/**
 * `… token` is no secret after these words: cursors, which the next call must repeat, and words of language models.
 * Cursors are opaque, yet they authorise nothing, and hiding them would hide how pages follow each other.
 */
const PLAIN_TOKENS = new Set([
  ...[
    'page',
    'next',
    'prev',
    'previous',
    'continuation',
    'continue',
    'sync',
    'cursor',
    'paging',
    'pagination',
  ],
  ...[
    'scroll',
    'marker',
    'start',
    'end',
    'stop',
    'eos',
    'bos',
    'pad',
    'unk',
    'mask',
    'sep',
    'cls',
    'special',
  ],
  ...['first', 'last', 'max', 'min', 'idempotency', 'lookahead', 'resume', 'delta', 'change', 'unexpected'],
])
/** These after a secret's name still mean the secret: `password_confirmation`, `token_value`, `password_hash`. */
const SUFFIXES = new Set([
  'value',
  'confirmation',
  'confirm',
  'repeat',
  'again',
  'hash',
  'text',
  'plain',
  'plaintext',
])

/** A cheap test that no secret's name fails. */
const HINT = /pass|pwd|secret|token|key|auth|cookie|credential|jwt|otp|cv[vc]|pin/i
const LONGEST_NAME = 100

/** What a field's name says, in any case and with any separators: `X-API-Key`, `apiKey`, `API_KEY`. */
export function judgeKey(name: string): KeyVerdict {
  if (name.length > LONGEST_NAME || !HINT.test(name)) return undefined
  const words = wordsOf(name)
  while (words.length > 1 && (SUFFIXES.has(words.at(-1)!) || /^\d+$/.test(words.at(-1)!))) words.pop()
  const word = words.at(-1)?.replace(/\d+$/, '') ?? ''
  const before = words.at(-2) ?? ''
  if (PASSWORDS.has(word)) return 'number'
  if (word === 'token') return PLAIN_TOKENS.has(before) ? undefined : 'always'
  if (SECRETS.has(word)) return 'always'
  if (word === 'key')
    return SECRET_KEYS.has(before) ? 'always' : OPAQUE_KEYS.has(before) ? 'opaque' : undefined
  if (CODES.has(word)) return 'code'
  return OPAQUE.has(word) ? 'opaque' : undefined
}

/** A name without case and separators, to compare names that a user wrote. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean)
}

/** Every text that could hold the name of a secret. */
export function mayNameSecret(text: string): boolean {
  return HINT.test(text)
}

/**
 * A text that stands where a secret would: nothing, a mask, a slot to fill in, or a reference by name. It stays
 * readable, because a placeholder sent as a value is a failure of its own, and a reference is how secrets ought to be
 * passed.
 */
export function isPlaceholder(value: string): boolean {
  const text = value.trim()
  return text.length < 2 || (text.length <= 200 && PLACEHOLDERS.test(text))
}

const PLACEHOLDERS = new RegExp(
  [
    '[*•xX.…_#-]+|\\([^()]*\\)?',
    // Slots and masks: <token>, ${TOKEN}, {{token}}, [REDACTED], %TOKEN%, $TOKEN, $(command)
    '<[^<>]*>|\\$\\{[^{}]*\\}|\\{\\{?[^{}]*\\}?\\}|\\[[^[\\]]*\\]|%\\w+%|\\$\\w+|\\$\\([^()]*\\)?',
    '(?:process\\.env|os\\.environ|os\\.getenv|env|secrets?|vault|import\\.meta\\.env)[.:(["\'][^\\s]*',
    // Where a secret is kept: a vault, a file
    '(?:[\\w~.:-]*[\\\\/])+[\\w.-]+\\.[a-z]\\w{1,4}',
    'op://\\S*|arn:aws:(?:secretsmanager|ssm):\\S*|/run/secrets/\\S*',
    '(?:your|my|insert|enter|replace|put|add|some)[-_ ][\\w -]*|[\\w-]*(?:_here|-here| here)|placeholder|redacted',
    'null|none|nil|undefined|true|false|string|str|number|n/a|na|empty|required|optional|unknown|missing|hidden',
    // fetch({ credentials })
    'include|omit|same-origin',
  ]
    .map((part) => `^(?:${part})$`)
    .join('|'),
  'i',
)
