/** Formats by which a secret can be told wherever it stands. The name is the type that its token shows. */
type SecretFormat = {
  name: string
  /** Matched inside a run of key characters; the first group is the secret, or the whole match where there is none. */
  pattern: RegExp
  /** The same, for a text that is this secret and nothing else. */
  whole: RegExp
  /** At least this many of its characters are digits: tells a key from words joined by hyphens. */
  digits: number
}

/** Nothing that belongs to the same word may stand before a key. */
const START = '(?<![A-Za-z0-9_-])'

function format(name: string, pattern: string, digits = 0): SecretFormat {
  return {
    name,
    pattern: new RegExp(`${START}(?:${pattern})`, 'g'),
    whole: new RegExp(`^(?:${pattern})$`),
    digits,
  }
}

/** Lengths are lower bounds: issuers lengthen their keys, and a cut key is a secret too. */
const FORMATS: readonly SecretFormat[] = [
  format('jwt', 'eyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*(?:\\.[\\w-]+){0,2}'),
  format('anthropic', 'sk-ant-[\\w-]{16,}', 1),
  format('openai', 'sk-(?:proj-|svcacct-|admin-|or-v1-)?(?=[\\w-]*[A-Za-z0-9]{16})[\\w-]{16,}', 2),
  format('stripe', '(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[\\w+/=]{16,}'),
  format('github', 'gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\\w{20,}'),
  format('gitlab', 'gl(?:pat|ptt|rt|dt|cbt|oas)-[\\w-]{16,}'),
  format('aws', '(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])'),
  format('slack', 'xox[abeoprs](?:\\.[a-z])?-[\\w-]{10,}|xapp-\\d-[\\w-]{10,}', 1),
  format('slack', 'hooks\\.slack\\.com/(?:services|workflows)/\\w+/\\w+/([\\w/]{8,})'),
  format('discord', '(?:ptb\\.|canary\\.)?discord(?:app)?\\.com/api/webhooks/\\d+/([\\w-]{20,})'),
  format('google', 'AIza[\\w-]{30,}|ya29\\.[\\w-]{20,}|GOCSPX-[\\w-]{20,}|1//0[\\w-]{20,}'),
  format('npm', 'npm_[A-Za-z0-9]{30,}'),
  format('pypi', 'pypi-AgE[\\w-]{30,}'),
  format('huggingface', 'hf_[A-Za-z0-9]{30,}'),
  format('sendgrid', 'SG\\.[\\w-]{16,}\\.[\\w-]{16,}'),
  format('twilio', 'SK[0-9a-f]{32}(?![A-Za-z0-9])'),
  format('digitalocean', 'do[oprt]_v1_[0-9a-f]{32,}'),
  format('shopify', 'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{24,}'),
  format('databricks', 'dapi[0-9a-f]{32}'),
  format('vault', 'hv[sbr]\\.[\\w-]{20,}'),
  format('age', 'AGE-SECRET-KEY-1[A-Z0-9]{20,}'),
  format('groq', 'gsk_[A-Za-z0-9]{20,}', 2),
  format('notion', '(?:ntn|secret)_[A-Za-z0-9]{40,}', 2),
  format('atlassian', 'AT(?:ATT3|CTT3|BB)[\\w=-]{20,}', 2),
  format('service', '(?:xai|pplx|tvly|figd|fc|r8|lin_api|glsa|dckr_pat|sq0csp|dop)[-_][\\w-]{20,}', 3),
]

/** What a run of key characters must hold for any format to match: the first test, so it must be quick. */
const PREFIXES = new RegExp(
  [
    'eyJ|s[k]-|[srp]k_|whsec_|gh[pousr]_|github_pat_|gl[a-z]{2,3}-|A[KSBC][IC]A|xox|xapp-|slack\\.com|discord',
    'AIza|ya29|GOCSPX|1//0|npm_|pypi-|hf_|SG\\.|SK[0-9a-f]|do[oprt]_|shp|dapi|hv[sbr]\\.|AGE-|gsk_|ntn_|secret_',
    'AT[ACB]|xai-|pplx-|tvly-|figd_|fc-|r8_|lin_api|glsa_|dckr_|sq0csp|dop_',
  ].join('|'),
)

/** Calls back with the bounds of each secret of a well-known format inside a run of key characters. */
export function findFormats(run: string, found: (start: number, end: number) => void): void {
  if (!PREFIXES.test(run)) return
  for (const { pattern, digits } of FORMATS) {
    for (const match of run.matchAll(pattern)) {
      const secret = match[1] ?? match[0]
      if (countDigits(secret) < digits) continue
      const end = match.index + match[0].length
      found(end - secret.length, end)
    }
  }
}

/**
 * The type that the token of a secret shows. It depends on the secret alone and not on the place where it was found,
 * or the same secret would have different tokens. `opaque`: what most keys, bearer tokens and session cookies look
 * like. `text`: everything else, as passwords are.
 */
export function secretType(secret: string): string {
  if (secret.includes('-----BEGIN')) return 'private-key'
  const known =
    PREFIXES.test(secret) &&
    FORMATS.find(({ whole, digits }) => whole.test(secret) && countDigits(secret) >= digits)
  if (known) return known.name
  if (/^\d+$/.test(secret)) return 'number'
  return /^[\w.~+/=-]{16,}$/.test(secret) ? 'opaque' : 'text'
}

function countDigits(text: string): number {
  return text.length - text.replace(/\d/g, '').length
}
