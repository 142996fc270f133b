import { describe, expect, it } from 'vitest'
import { callOf, failedStep, okStep, verdictOf } from '../contexts.test.support.ts'
import { toolException } from './tool-exception.ts'

const python = (raised: string, file = '/srv/tool/server.py', source = 'return rows[0]') =>
  `Traceback (most recent call last):\n  File "${file}", line 3, in call\n    ${source}\n${raised}\n`

describe('tool-exception matches', () => {
  it.each([
    ["KeyError: 'sheets'", 'exec.tool_bug'],
    ['TypeError: bad operand', 'exec.tool_bug'],
    ["ModuleNotFoundError: No module named 'pandas'", 'exec.dependency'],
    ["FileNotFoundError: [Errno 2] No such file: 'a'", 'state.not_found'],
    ['PermissionError: denied', 'auth.denied'],
    ['requests.exceptions.ConnectionError: refused', 'exec.unavailable'],
    ['requests.exceptions.ReadTimeout: slow', 'exec.timeout'],
    ['openai.RateLimitError: slow down', 'exec.rate_limited'],
    ['sqlite3.IntegrityError: UNIQUE constraint failed', 'state.conflict'],
    ['requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: http://a/b', 'auth.denied'],
    ["jsonschema.exceptions.ValidationError: 'a' is a required property", 'contract.missing_param'],
    ['acme.errors.AcmeError: it went wrong', 'exec.tool_bug'],
    ['Exception: it went wrong', 'exec.tool_bug'],
  ])('a stack of Python ending in %s: %s', (raised, category) => {
    expect(verdictOf(toolException, failedStep(python(raised)))).toMatchObject({
      category,
      rank: 'template',
      evidence: raised,
    })
  })

  it.each([
    ['a line of it stands in the arguments', { code: 'rows = load()\nreturn rows[0]' }, undefined],
    ['they name its file', { command: 'python analyze.py' }, '/srv/analyze.py'],
    ['it was read from standard input', { command: "python << 'EOF'" }, '<stdin>'],
  ])('in code of the model, because %s', (_, input, file) => {
    const found = verdictOf(toolException, failedStep(python("KeyError: 'x'", file), callOf(input)))
    expect(found).toMatchObject({ category: 'contract.value', attribution: 'model' })
  })

  it('a stack of JavaScript, and a slip without one', () => {
    const stack = 'TypeError: x is broken\n    at run (/srv/tool/index.js:3:7)\n    at node:internal/main:1:2'
    expect(verdictOf(toolException, failedStep(stack))?.category).toBe('exec.tool_bug')
    const slip = failedStep("Cannot read properties of undefined (reading 'id')")
    expect(verdictOf(toolException, slip)).toMatchObject({
      category: 'exec.tool_bug',
      attribution: 'environment',
    })
    const written = callOf({ script: "document.querySelector('#a').id" })
    const own = failedStep("Cannot read properties of null (reading 'id')", written)
    expect(verdictOf(toolException, own)?.category).toBe('contract.value')
    const program = callOf({ code: 'total.length; limit = 2; sum + 1' })
    for (const said of [
      "cannot read property 'length' of undefined",
      "'limit' is read-only",
      "'sum' is not defined",
    ])
      expect(verdictOf(toolException, failedStep(said, program))?.category).toBe('contract.value')
  })
})

it('tool-exception proves no effect by what is said', () => {
  const step = failedStep(python('sqlite3.OperationalError: the response sent was invalid JSON'))
  expect(verdictOf(toolException, step)).toMatchObject({
    category: 'parse.malformed_json',
    effect: 'possible',
  })
})

describe('tool-exception does not match', () => {
  it.each(['Error: order not found', 'ValueError is a class of Python', 'Look at line 3:7'])(
    '%s',
    (message) => {
      expect(verdictOf(toolException, failedStep(message))).toBeUndefined()
    },
  )

  it('a success that shows a stack', () => {
    expect(verdictOf(toolException, okStep(python("KeyError: 'x'")))).toBeUndefined()
  })
})

describe('tool-exception reads what a service answered', () => {
  it.each([
    ['Exception: Response status code is 401:\n{"message":"no token"}', 'auth.denied'],
    ['Exception: status code is 422:\n{"message":"guest_name: field required"}', 'contract.missing_param'],
    ['RuntimeError: status code 404', 'state.not_found'],
  ])('%j: %s', (raised, category) => {
    expect(verdictOf(toolException, failedStep(python(raised)))).toMatchObject({ category, rank: 'template' })
  })
})
