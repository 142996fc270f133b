import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from './json.ts'
import { createRedactor, isRedacted } from './redact.ts'

const { redact, text } = createRedactor({ key: 'a key for tests' })

/** Characters drawn by a fixed rule, so that no test holds anything that looks like a real secret. */
function random(length: number, alphabet = BASE62, seed = 7): string {
  let state = seed
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return alphabet[(state >> 8) % alphabet.length]
  }).join('')
}
const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const HEX = '0123456789abcdef'
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const T = '‹secret:\\S+?:[0-9a-f]{12}›'

const jwt = `eyJ${random(20)}.eyJ${random(40)}.${random(43)}`
const pem = (name: string) =>
  `-----BEGIN ${name}-----\nMIIE${random(60)}\n${random(64)}\n-----END ${name}-----`

describe('a well-known format is a secret wherever it stands', () => {
  test.each([
    ['jwt', jwt],
    ['anthropic', `sk-ant-api03-${random(80)}`],
    ['openai', `sk-${random(48)}`],
    ['openai', `sk-proj-${random(30)}_${random(30)}`],
    ['openai', `sk-${random(32, HEX)}`],
    ['stripe', `sk_live_${random(24)}`],
    ['github', `ghp_${random(36)}`],
    ['github', `github_pat_${random(22)}_${random(59)}`],
    ['gitlab', `glpat-${random(20)}`],
    ['aws', `AKIA${random(16, UPPER)}`],
    ['slack', `xoxb-${random(12, '0123456789')}-${random(24)}`],
    ['google', `AIza${random(35)}`],
    ['google', `ya29.${random(60)}`],
    ['npm', `npm_${random(36)}`],
    ['huggingface', `hf_${random(34)}`],
    ['sendgrid', `SG.${random(22)}.${random(43)}`],
    ['notion', `ntn_${random(46)}`],
    ['private-key', pem('RSA PRIVATE KEY')],
    ['private-key', pem('PRIVATE KEY')],
    ['private-key', pem('OPENSSH PRIVATE KEY')],
  ])('%s %s', (type, secret) => {
    const token = text(secret)
    expect(token).toMatch(new RegExp(`^‹secret:${type}:[0-9a-f]{12}›$`))
    for (const around of [
      `use ${secret} now`,
      `"${secret}"`,
      `(${secret}),`,
      `KEY=${secret}\n`,
      `{\\"a\\":\\"${secret}\\"}`,
    ])
      expect(text(around)).toBe(around.replace(secret, token))
    expect(redact({ note: [secret] })).toEqual({ note: [token] })
    expect(redact({ password: secret, value: secret })).toEqual({ password: token, value: token })
  })

  test('only the secret part of a webhook address goes', () => {
    const [team, path] = [`T${random(8, UPPER)}/B${random(8, UPPER)}`, random(24)]
    const hook = ['https://hooks.slack.com', 'services', team, path].join('/')
    expect(text(`post to ${hook}`)).toMatch(
      new RegExp(`^post to https://hooks.slack.com/services/${team}/${T}$`),
    )
  })

  test('a private key that was cut off goes to its end', () => {
    const cut = pem('PRIVATE KEY').slice(0, 90)
    expect(text(`key:\n${cut}`)).toMatch(new RegExp(`^key:\\n${T}$`))
  })
})

describe('a text that tells of a secret', () => {
  test.each([
    ['Authorization: Bearer abcd1234', 'Authorization: Bearer @'],
    [
      'curl -H "Authorization: Bearer abcd1234efgh" https://a.example',
      'curl -H "Authorization: Bearer @" https://a.example',
    ],
    [`authorization: Basic ${btoa('bob:hunter2')}`, 'authorization: Basic @'],
    [`proxy-authorization: ${random(30)}`, 'proxy-authorization: @'],
    ['x-api-key: 12ab34cd56', 'x-api-key: @'],
    ['Cookie: sid=k3jh4; theme=dark', 'Cookie: sid=@; theme=@'],
    ['Set-Cookie: sid=k3jh4; Path=/; HttpOnly', 'Set-Cookie: sid=@; Path=/; HttpOnly'],
    ['{"user":"bob","password":"hunter2"}', '{"user":"bob","password":"@"}'],
    ["{'password': 'hunter2', 'user': 'bob'}", "{'password': '@', 'user': 'bob'}"],
    ['{\\"api_key\\": \\"hunter2\\"}', '{\\"api_key\\": \\"@\\"}'],
    ['{"password":"hun\\"ter2"}', '{"password":"@"}'],
    ['{"client_secret": "cut off here', '{"client_secret": "@'],
    ['DB_PASSWORD=correcthorse', 'DB_PASSWORD=@'],
    ['export API_KEY="abc"; run', 'export API_KEY="@"; run'],
    ['PGPASSWORD=reader psql -h db', 'PGPASSWORD=@ psql -h db'],
    ['password: hunter2', 'password: @'],
    ['Your password: correcthorse\nBye', 'Your password: @\nBye'],
    ['**Password:** hunter2', '**Password:** @'],
    ['login --password hunter2 --user bob', 'login --password @ --user bob'],
    ['login --api-key=abc123', 'login --api-key=@'],
    ['curl -u bob:hunter2 https://a.example', 'curl -u bob:@ https://a.example'],
    ["sshpass -p 'hunter2' ssh host", "sshpass -p '@' ssh host"],
    ['mysql -u root -phunter2 db', 'mysql -u root -p@ db'],
    ["CREATE USER bob IDENTIFIED BY 'hunter2'", "CREATE USER bob IDENTIFIED BY '@'"],
    ["ALTER ROLE bob WITH PASSWORD 'hunter2'", "ALTER ROLE bob WITH PASSWORD '@'"],
    ['postgres://bob:hunter2@db:5432/app?sslmode=off', 'postgres://bob:@@db:5432/app?sslmode=off'],
    ['mongodb+srv://bob:p@ss/word@db.example/app', 'mongodb+srv://bob:@@db.example/app'],
    ['redis://:hunter2@cache:6379', 'redis://:@@cache:6379'],
    ['https://a.example/cb?token=abc123&page=2', 'https://a.example/cb?token=@&page=2'],
    [
      `https://a.example/f?X-Amz-Signature=${random(64, HEX)}&x=1`,
      'https://a.example/f?X-Amz-Signature=@&x=1',
    ],
    [`401 for key ${random(40)}`, '401 for key @'],
    [`secret ${random(86)}==`, 'secret @'],
  ])('%s', (before, after) => {
    // In an address the token stands before the `@` of the address itself.
    const parts = after.includes('://') ? after.replace('@', '\n').split('\n') : after.split('@')
    expect(text(before)).toMatch(new RegExp(`^${parts.map(quoted).join(T)}$`))
  })
})

function quoted(part: string): string {
  return part.replace(/[.+*?^${}()|[\]\\]/g, '\\$&')
}

describe('a text that only looks like it', () => {
  test.each([
    ['max_tokens=4096, tokens: 17, "token_count": 12'],
    ['{"next_page_token": "CAUQAAabc123", "pageToken":"xyz98765"}'],
    ['password: must contain at least 8 characters'],
    ['Invalid password: field required'],
    ['The password is wrong. Forgot password? Reset password: click here'],
    ["SyntaxError: Unexpected token: '}'"],
    ['Unexpected token < in JSON at position 0'],
    ['missing 1 required positional argument: token'],
    ['"password": {"type": "string", "minLength": 8}'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a slot as users write it
    ['"api_key": "<your key>", "token": "${TOKEN}", "secret": "$SECRET", "password": "********"'],
    ['api_key: YOUR_API_KEY, token="your-token-here"'],
    ['db.connect(password=password, token=self.token, secret=get_secret(), api_key=os.environ["KEY"])'],
    ['fetch(url, { credentials: "include" })'],
    ["os.environ['GOOGLE_APPLICATION_CREDENTIALS'] = '/etc/keys/service.json'"],
    ['bearer authentication is required; basic understanding; Bearer realm="api"'],
    ['primary key: id1234567, foreign_key=user_id, cache_key=home:v2, keyboard: qwerty1'],
    ['The author: Jane9; authority: x1'],
    ['https://host:8080/path/@scope/name and http://localhost:3000, mail a@b.example'],
    ['git@github.com:owner/name.git'],
    ['docker run -p 8080:80 -u 1000:1000 image'],
    ['id: 123e4567-e89b-12d3-a456-426614174000'],
    [`commit ${random(40, HEX)}`],
    [`sha256:${random(64, HEX)} and ${random(24, HEX)} and ${random(32, HEX)}`],
    [`data:image/png;base64,${random(400)}`],
    [`integrity sha512-${random(86)}==`],
    [`${random(76)}\n${random(76, BASE62, 3)}\n${random(20)}`],
    [`https://docs.google.com/document/d/1${random(43)}/edit`],
    [`"spreadsheet_id": "${random(44)}", fileId=${random(44)}, "endCursor":"${random(40)}"`],
    [`1${random(43)} PL${random(32)}`],
    ['call_id toolu_01A09q90qw90lq917835lq9 chatcmpl-9aBcD'],
    ['getUserAccountInformationByEmailAddressAndTenantId2 isCorrectlyHandledInVersion2Of3'],
    ['src/main/java/com/example/MyApplicationServiceFactoryBean2Test.java'],
    ['The quick brown fox, sk-learn, sk-circle-fade-dot-animation-very-long-class-name, task-1234567890'],
    [pem('PUBLIC KEY')],
    [pem('CERTIFICATE')],
    ['rename_argument: contract.misnamed_param:book_flight:1f0c9a3b5d7e'],
    ['SELECT token, password FROM users WHERE token_type = 2'],
    ['Reservation 4WQ150, payment credit_card_7815826, gift_card_8541487, user mia_li_3668'],
  ])('%s', (plain) => {
    expect(text(plain)).toBe(plain)
  })
})

describe('fields by their names', () => {
  test.each([
    ...[
      'password',
      'Password',
      'user_password',
      'userPassword',
      'PASSWORD',
      'new-password',
      'passwd',
      'pwd',
      'passphrase',
    ],
    ...[
      'token',
      'access_token',
      'accessToken',
      'ACCESS_TOKEN',
      'X-Auth-Token',
      'refreshToken',
      'csrf_token',
      'token2',
    ],
    ...[
      'api_key',
      'apiKey',
      'APIKey',
      'apikey',
      'X-API-Key',
      'x-api-key',
      'secret',
      'client_secret',
      'clientSecret',
    ],
    ...[
      'secret_key',
      'private_key',
      'privateKey',
      'signing_key',
      'jwt',
      'password_confirmation',
      'password_hash',
    ],
    ...[
      'authorization',
      'Authorization',
      'Proxy-Authorization',
      'credentials',
      'session_token',
      'webhook secret',
    ],
  ])('%s hides its value', (name) => {
    const value = redact({ [name]: 'correct horse' }) as Record<string, string>
    expect(value[name]).toMatch(new RegExp(`^${T}$`))
  })

  test.each([
    ...[
      'max_tokens',
      'maxTokens',
      'token_count',
      'next_page_token',
      'nextPageToken',
      'page_token',
      'sync_token',
    ],
    ...[
      'continuation_token',
      'nextToken',
      'tokens',
      'token_type',
      'tokenizer',
      'stop_token',
      'password_policy',
      'key',
    ],
    ...[
      'public_key',
      'primary_key',
      'cache_key',
      'issue_key',
      'secret_name',
      'cookie_policy',
      'author',
      'authority',
    ],
    ...[
      'authorization_url',
      'token_url',
      'keyboard',
      'monkey',
      'compass',
      'passenger',
      'pass',
      'pin',
      'auth',
      'pinned',
    ],
    ...[
      'session_id',
      'client_id',
      'api_key_id',
      'spinning',
      'bypass',
      'passed',
      'secretary',
      'tokenized_text',
    ],
  ])('%s does not', (name) => {
    expect(redact({ [name]: 'economy' })).toEqual({ [name]: 'economy' })
  })

  test('what can be a secret only in part of its values', () => {
    expect(redact({ pin: 13, otp: true, pass: 'boarding', auth: 'none', app_key: 'demo' })).toEqual({
      pin: 13,
      otp: true,
      pass: 'boarding',
      auth: 'none',
      app_key: 'demo',
    })
    const hidden = redact({
      pin: 4711,
      otp: '123456',
      cvv: '123',
      pass: 'hunter2!',
      auth: 'bob:hunter2',
      app_key: 'a1b2c3d4',
    })
    for (const value of Object.values(hidden as Record<string, string>)) expect(isRedacted(value)).toBe(true)
  })

  test('numbers of passwords, lists, headers as pairs, cookies, schemes', () => {
    const value = redact({
      password: 12345678,
      max_tokens: 12345678,
      token: 17,
      passwords: 'plural says nothing',
      secrets: ['first one', 'second one'],
      headers: [
        { name: 'Authorization', value: 'Bearer hunter2' },
        { name: 'Accept', value: 'text/html' },
      ],
      env: [{ key: 'DB_PASSWORD', value: 'hunter2' }],
      cookie: 'sid=hunter2; lang=en',
      authorization: 'Token hunter2',
    }) as Record<string, Json>
    const hunter2 = text('password=hunter2').slice('password='.length)
    expect(value).toEqual({
      password: expect.stringMatching(/^‹secret:number:/),
      max_tokens: 12345678,
      token: 17,
      passwords: 'plural says nothing',
      secrets: [expect.stringMatching(/^‹secret:text:/), expect.stringMatching(/^‹secret:text:/)],
      headers: [
        { name: 'Authorization', value: `Bearer ${hunter2}` },
        { name: 'Accept', value: 'text/html' },
      ],
      env: [{ key: 'DB_PASSWORD', value: hunter2 }],
      cookie: expect.stringMatching(`^sid=${hunter2}; lang=${T}$`),
      authorization: `Token ${hunter2}`,
    })
  })

  test('contracts of tools stay whole', () => {
    const schema: Json = {
      type: 'object',
      required: ['password', 'token'],
      properties: {
        password: { type: 'string', description: 'The password of the user, e.g. a word' },
        token: { type: 'string', enum: ['USD', 'EUR'], default: 'USD' },
        secrets: { type: 'array', items: { type: 'string' } },
        authorization: { $ref: '#/$defs/authorization' },
      },
    }
    expect(redact(schema)).toBe(schema)
  })
})

describe('tokens', () => {
  test('are equal for equal secrets wherever they stand, and differ with the secret and the key', () => {
    const secret = random(30)
    const inField = (redact({ access_token: secret }) as { access_token: string }).access_token
    for (const place of [
      `Authorization: Bearer @`,
      `?token=@`,
      `postgres://u:@@h/d`,
      `{"api_key":"@"}`,
      'token=@',
    ])
      expect(text(place.replace('@', secret))).toBe(place.replace('@', inField))
    expect(redact({ authorization: `Bearer ${secret}` })).toEqual({ authorization: `Bearer ${inField}` })
    expect(redact({ token: random(30, BASE62, 8) })).not.toEqual({ token: inField })
    const other = createRedactor({ key: 'another key' })
    expect(other.redact({ access_token: secret })).not.toEqual({ access_token: inField })
    expect(createRedactor({ key: 'a key for tests' }).redact({ access_token: secret })).toEqual({
      access_token: inField,
    })
  })

  test('without a key each redactor has its own', () => {
    const [one, two] = [createRedactor(), createRedactor()]
    expect(one.redact({ password: 'hunter2' })).toEqual(one.redact({ password: 'hunter2' }))
    expect(one.redact({ password: 'hunter2' })).not.toEqual(two.redact({ password: 'hunter2' }))
  })

  test('can be recognised', () => {
    expect(isRedacted(text('password=hunter2'))).toBe(true)
    for (const plain of ['', 'secret', '‹secret:', '‹secret:text:xyz›', 'password=hunter2'])
      expect(isRedacted(plain)).toBe(false)
  })

  test('are left alone by a second redaction, whatever stands around them', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'password',
        'token',
        '"api_key"',
        'Authorization',
        'Cookie',
        '=',
        ': ',
        '"',
        "'",
        '\\"',
        ' ',
        '\n',
        ';',
      ),
      fc.constantFrom(
        'Bearer ',
        'Basic ',
        'https://u:',
        '@host',
        '?key=',
        '--secret ',
        'hunter2',
        'sid=',
        '&',
        ',',
        '-----',
      ),
      fc.constantFrom(
        jwt,
        `sk-${random(48)}`,
        random(40),
        random(20),
        pem('PRIVATE KEY'),
        btoa('bob:hunter2'),
        'word',
      ),
      fc.string({ maxLength: 6 }),
    )
    const anyText = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(anyText, (dirty) => {
        const once = text(dirty)
        expect(text(once)).toBe(once)
        const value = redact({ note: dirty, password: dirty, cookie: dirty, list: [dirty] })
        expect(redact(value)).toEqual(value)
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('the value', () => {
  test('comes back by reference where nothing was secret, and is never changed', () => {
    const plain: Json = { a: [1, null, { b: 'text' }], c: true }
    expect(redact(plain)).toBe(plain)
    const dirty = { keep: { deep: [1] }, list: ['a', { password: 'hunter2' }] }
    const before = structuredClone(dirty)
    const clean = redact(dirty) as typeof dirty
    expect(dirty).toEqual(before)
    expect(clean.keep).toBe(dirty.keep)
    expect(clean.list[0]).toBe('a')
  })

  test('a secret as the name of a member goes too; strange names survive', () => {
    const secret = `ghp_${random(36)}`
    expect(Object.keys(redact({ [secret]: 1 }) as object)[0]).toMatch(/^‹secret:github:/)
    const strange = JSON.parse('{"__proto__": {"password": "hunter2"}, "constructor": 1}')
    expect(JSON.stringify(redact(strange))).toMatch(
      new RegExp(`^{"__proto__":{"password":"${T}"},"constructor":1}$`),
    )
  })

  test('endless depth ends', () => {
    let deep: Json = 'password=hunter2'
    for (let level = 0; level < 20_000; level++) deep = [deep]
    let clean = redact(deep)
    while (Array.isArray(clean)) clean = clean[0] as Json
    expect(clean).toBe('…')
  })
})

describe('what the user adds', () => {
  const mine = createRedactor({
    key: 'k',
    keys: ['Passenger Name', 'iban'],
    patterns: [/CUST-\d+/, /x(?=y)|z*/gy],
  })

  test('names in any case, with any value', () => {
    const clean = mine.redact({ passenger_name: 'Ann Lee', passengerName: 'Bob', IBAN: 42, other: 'Ann Lee' })
    expect(clean).toEqual({
      passenger_name: expect.stringMatching(T),
      passengerName: expect.stringMatching(T),
      IBAN: expect.stringMatching(T),
      other: 'Ann Lee',
    })
    expect(mine.text('{"passenger_name": "Ann Lee"}')).toMatch(new RegExp(`^{"passenger_name": "${T}"}$`))
    expect(JSON.stringify(mine.redact({ iban: { country: 'CH', number: ['93', '00'] } }))).not.toMatch(
      /CH|93|00"/,
    )
  })

  test('patterns, also in short texts', () => {
    expect(mine.text('CUST-1')).toMatch(new RegExp(`^${T}$`))
    expect(mine.text('for CUST-12, CUST-3')).toMatch(new RegExp(`^for ${T}, ${T}$`))
    expect(mine.text(mine.text('for CUST-12'))).toBe(mine.text('for CUST-12'))
    const greedy = createRedactor({ key: 'k', patterns: [/[0-9a-f]{4,}|secret/] })
    expect(greedy.text(greedy.text('my secret beef'))).toBe(greedy.text('my secret beef'))
  })
})

describe('texts made to be slow', () => {
  // Each would take minutes if any pattern were quadratic; the runner's own limit of seconds tells the difference.
  test.each([
    'Cookie: ',
    'password="',
    '-----BEGIN PRIVATE KEY-----',
    '://a:',
    'eyJaaaaaaaa.',
    'bearer a1b2c3d4e5 ',
    'curl -u ',
    '"password\\":\\"',
    'aB3/',
    '‹secret:text:000000000000›',
  ])('%s', (piece) => {
    expect(text(piece.repeat(200_000 / piece.length))).toBeTypeOf('string')
  })
})
