import { describe, expect, it } from 'vitest'
import { callOf, failedStep, okStep, verdictOf } from '../contexts.test.support.ts'
import { validationMessage } from './validation-message.ts'

const mcp = (issues: object[]) =>
  `MCP error -32602: Input validation error: Invalid arguments for tool add: ${JSON.stringify(issues, null, 2)}`

describe('validation-message matches', () => {
  it.each<[string, string, string, string | undefined]>([
    [
      'zod 3, missing',
      mcp([
        { code: 'invalid_type', expected: 'number', received: 'undefined', path: ['a'], message: 'Required' },
      ]),
      'contract.missing_param',
      '/a',
    ],
    [
      'zod 4, missing',
      mcp([
        {
          code: 'invalid_type',
          expected: 'number',
          path: ['a'],
          message: 'Invalid input: expected number, received undefined',
        },
      ]),
      'contract.missing_param',
      '/a',
    ],
    [
      'zod, type',
      mcp([
        {
          code: 'invalid_type',
          expected: 'number',
          path: ['l', 0, 'a'],
          message: 'Invalid input: expected number, received string',
        },
      ]),
      'contract.type',
      '/l/0/a',
    ],
    [
      'zod, value',
      mcp([{ code: 'invalid_value', values: ['x'], path: ['a'], message: 'Invalid option' }]),
      'contract.value',
      '/a',
    ],
    [
      'zod, misnamed',
      mcp([
        { code: 'invalid_type', received: 'undefined', path: ['a'], message: 'Required' },
        { code: 'unrecognized_keys', keys: ['b'], path: [], message: 'Unrecognized key' },
      ]),
      'contract.misnamed_param',
      '/b',
    ],
    [
      'zod, pretty',
      '✖ Invalid input: expected string, received undefined\n  → at user.name',
      'contract.missing_param',
      '/user/name',
    ],
    [
      'the AI SDK',
      'Invalid input for tool add: Type validation failed: Value: {"a":"1"}.\nError message: [{"expected":"number","code":"invalid_type","path":["a"],"message":"Invalid input: expected number, received string"}]',
      'contract.type',
      '/a',
    ],
    [
      'pydantic, missing',
      '1 validation error for addArguments\nid\n  Field required [type=missing, input_value={}, input_type=dict]',
      'contract.missing_param',
      '/id',
    ],
    [
      'pydantic, nested type',
      "1 validation error for addArguments\ncolors.0\n  Input should be a valid integer, unable to parse string as an integer [type=int_parsing, input_value='x']",
      'contract.type',
      '/colors/0',
    ],
    [
      'pydantic, value',
      '1 validation error for A\ndate\n  Input should be a valid date [type=date_from_datetime_parsing, input_value=1]',
      'contract.type',
      '/date',
    ],
    [
      'jsonschema, missing',
      "Input validation error: 'file_hash' is a required property",
      'contract.missing_param',
      '/file_hash',
    ],
    [
      'jsonschema, unexpected',
      "Additional properties are not allowed ('a', 'b' were unexpected)",
      'contract.misnamed_param',
      '/a',
    ],
    ['jsonschema, type', "Input validation error: '5' is not of type 'integer'", 'contract.type', ''],
    ['jsonschema, value', "'z' is not one of ['x', 'y']", 'contract.value', ''],
    ['ajv, missing', "data must have required property 'id'", 'contract.missing_param', '/id'],
    ['ajv, type', 'data/limit must be integer', 'contract.type', '/limit'],
    ['ajv, value', '/kind must be equal to one of the allowed values', 'contract.value', '/kind'],
    ['Python, missing', "add() missing 1 required positional argument: 'b'", 'contract.missing_param', '/b'],
    ['Python, unexpected', "add() got an unexpected keyword argument 'c'", 'contract.misnamed_param', '/c'],
    [
      'an unknown tool',
      "Model tried to call unavailable tool 'foo'. Available tools: add.",
      'resolve.unknown_tool',
      undefined,
    ],
    [
      'an unknown tool of LangChain',
      'nope is not a valid tool, try one of [add]',
      'resolve.unknown_tool',
      undefined,
    ],
    ['an unknown tool of MCP', 'MCP error -32602: Tool zzz not found', 'resolve.unknown_tool', undefined],
    [
      'text that is no JSON',
      'Invalid input for tool add: JSON parsing failed: Text: {a',
      'parse.malformed_json',
      undefined,
    ],
    [
      'text that is no JSON for V8',
      "Expected property name or '}' in JSON at position 1 (line 1 column 2)",
      'parse.malformed_json',
      undefined,
    ],
    [
      'LangChain',
      'Error invoking tool \'add\' with kwargs {"a":"1"} with error: Error: Received tool input did not match expected schema',
      'contract.value',
      undefined,
    ],
  ])('%s', (_, message, category, path) => {
    const found = verdictOf(validationMessage, failedStep(message))
    expect(found).toMatchObject({
      category,
      rank: 'template',
      attribution: 'model',
      ...(path === undefined ? {} : { path }),
    })
  })

  it.each([
    [{ message: 'x', name: 'AI_NoSuchToolError' }, 'resolve.unknown_tool'],
    [{ message: 'x', name: 'AI_InvalidToolInputError' }, 'contract.value'],
    [{ message: 'x', name: 'ToolInvocationError' }, 'contract.value'],
    [{ message: "'a' is a required property", code: -32602 }, 'contract.missing_param'],
    [{ message: 'Tool zzz not found', code: -32602 }, 'resolve.unknown_tool'],
  ])('a typed refusal, before anything ran: %j', (error, category) => {
    expect(verdictOf(validationMessage, failedStep(error))).toMatchObject({
      category,
      rank: 'typed',
      effect: 'none',
    })
  })

  it.each([
    ["Input validation error: 'a' is a required property", 'none'],
    ["'a' is a required property", 'possible'],
  ])('%s: effect %s', (message, effect) => {
    expect(verdictOf(validationMessage, failedStep(message))?.effect).toBe(effect)
  })
})

describe('validation-message tells what was refused', () => {
  it('the answer of the tool, where that breaks its contract', () => {
    const message = "Output validation error: 'total' is a required property"
    expect(verdictOf(validationMessage, failedStep(message))?.category).toBe('result.contract')
  })

  it('a function of a language is no tool, unless it is the one that was called', () => {
    const failed = { stderr: 'xmlEval: function total not found', exitCode: 4 }
    const named = (name: string) => ({ ...callOf({}), tool: { origin: 'local' as const, name } })
    expect(verdictOf(validationMessage, okStep(failed, named('xml')))).toBeUndefined()
    expect(verdictOf(validationMessage, okStep(failed, named('total')))?.category).toBe(
      'resolve.unknown_tool',
    )
  })

  it('an option that webpack gives a wrong type', () => {
    const message =
      'Invalid configuration object.\n - configuration.bail should be a boolean.\n   -> Stop early.'
    expect(verdictOf(validationMessage, failedStep({ name: 'ValidationError', message }))?.category).toBe(
      'contract.type',
    )
  })
})

describe('validation-message does not match', () => {
  it.each([
    'Error: user not found',
    'payment amount does not add up',
    'The key must be unique',
    'You must be logged in',
    'Traceback (most recent call last):\n  File "a.py", line 1\nValidationError: 1 validation error for A\nx\n  Field required [type=missing]',
    '[{"a": 1}] is empty',
  ])('%s', (message) => {
    expect(verdictOf(validationMessage, failedStep(message))).toBeUndefined()
  })

  it('a success', () => {
    expect(verdictOf(validationMessage, okStep("'a' is a required property"))).toBeUndefined()
  })
})

describe('validation-message reads what a validator without a form of its own says', () => {
  it.each([
    ['"town" is required', 'contract.missing_param'],
    ['"age" must be a number', 'contract.type'],
    ['"nmae" is not allowed', 'contract.misnamed_param'],
    ['"age" must be less than 100', 'contract.value'],
    ['something about the order', 'contract.value'],
  ])('%s: %s', (message, category) => {
    const found = verdictOf(validationMessage, failedStep({ name: 'ValidationError', message }))
    expect(found).toMatchObject({ category, rank: 'typed', effect: 'none' })
  })
})

describe('validation-message tells by well-known sentences', () => {
  it.each([
    ["Action 'book a seat' don't exist, these are the only available Actions: book", 'resolve.unknown_tool'],
    ["The tool 'book seats' does not exist", 'resolve.unknown_tool'],
    [
      "MCP error -32602: Structured content does not match the tool's output schema: data/a must be object",
      'result.contract',
    ],
  ])('%s', (message, category) => {
    expect(verdictOf(validationMessage, failedStep({ message, code: -32602 }))).toMatchObject({ category })
  })
})
