import { describe, expect, it } from 'vitest'
import type { Json } from './json.ts'
import { keyText, maskMessage } from './mask.ts'

describe('maskMessage', () => {
  it.each([
    ["ls: unrecognized option '--exams'", 'ls: unrecognized option <q>'],
    ["find: unknown predicate `-exams'", 'find: unknown predicate <q>'],
    ['Relation »orders« existiert nicht', 'Relation <q> existiert nicht'],
    ["la relation « orders » n'existe pas", "la relation <q> n'existe pas"],
    ['无法访问 “notes”', '无法访问 <q>'],
    ['cat: notes.tar.gz: Is a directory', 'cat: <path>: Is a directory'],
    ['bash: line 1: frobnicate: command not found', 'bash: line <n>: <id>: command not found'],
    ['no such table: parcels', 'no such table: <id>'],
    ['Tool list_parcels not found', 'Tool <id> not found'],
    ['column orderTotal does not exist', 'column <id> does not exist'],
    ['function frobnicate(integer) does not exist', 'function <id>(integer) does not exist'],
    ['body/count must be integer', '<path> must be integer'],
    ['parcel must be a number', '<id> must be a number'],
    ['Error: parcel is required', 'Error: <id> is required'],
    ['You must be logged in', 'You must be logged in'],
    ['Value must be positive', 'Value must be positive'],
    ['"size" must be one of [small, large]', '<q> must be one of <q>'],
    [
      'size must be one of the following values: small, large',
      '<id> must be one of the following values: <q>',
    ],
    ['one of them is here', 'one of them is here'],
    ['Undefined variable.\n  ╷\n1 │ a { b: $parcel; }\n  │        ^^^^^^^\n  ╵', 'Undefined variable.'],
    ['expected number, received string', 'expected <type>, received <type>'],
    ['received undefined at path', 'received undefined at <id>'],
    ['Error: a: /srv/node_modules/.pnpm/a@1.2.3_b-c@2.0.0/lib/a.js is gone', 'Error: <id>: <path> is gone'],
    [
      'shop add: error: the following arguments are required: ITEM, --size',
      '<id>: error: the following arguments are required: <id>',
    ],
    ['Select a choice. pear is not one of the choices.', 'Select a choice. <id> is not one of the choices.'],
    ['It is not one of them', 'It is not one of them'],
    [
      `SyntaxError: Unexpected token 'd', "{"a": d}" is not valid JSON`,
      'SyntaxError: Unexpected token <q>, <q> is not valid JSON',
    ],
    ['Failing row contains (98, playlist, null)', 'Failing row contains (<id>)'],
    ['Tool big-parcel not found', 'Tool <id> not found'],
    ['unknown option <a>; did you mean <b>?', 'unknown option <html>'],
    ['unknown option -- Z', 'unknown option -- <id>'],
    ['Unexpected server response: 404', 'Unexpected server response: <404>'],
    ['Invalid status code 403', 'Invalid status code <403>'],
    ["Client error '409 Conflict' for url 'x'", 'Client error <409> Conflict for url <q>'],
    ['HTTP status: 503', 'HTTP status: <500>'],
    ['status 404.5', 'status <n>'],
    ['line 404', 'line <n>'],
    ['$parcel is not set', '<id> is not set'],
    ['format has unknown %d directive', 'format has unknown <id> directive'],
    ['lsof: illegal option character: J', 'lsof: illegal option character: <id>'],
    ['kill: invalid argument p', 'kill: invalid argument <id>'],
    ['bash: line 1: The: command not found', 'bash: line <n>: <id>: command not found'],
    ['At path: photo -- Expected a string', 'At path: <id> -- Expected a <type>'],
    ['At path: photo.0 -- Expected a string', 'At path: <id>.<n> -- Expected a <type>'],
    ['- parcel: is too small', '- <id>: is too small'],
    ['served by nginx/1.22.1', 'served by <id>'],
    ['found <button id="x">Go</button>', 'found <html>'],
    ['list.parcel16 is not a function', '<id> is not a function'],
    ['operator does not exist: character varying > integer', 'operator does not exist: <type> > <type>'],
    ['muss Typ boolean haben, nicht Typ numeric', 'muss Typ <type> haben, nicht Typ <type>'],
    ['cannot execute UPDATE in a read-only transaction', 'cannot execute <id> in a read-only transaction'],
    ['bash: 行 1: 对表 lines 权限不够', 'bash: 行 <n>: 对表 <id> 权限不够'],
    ['必需是类型boolean, 而不是类型character varying ', '必需是类型<id>, 而不是类型<id>'],
  ])('%s', (message, masked) => {
    expect(maskMessage(message)).toBe(masked)
  })

  it.each([
    'ENOENT: no such file or directory',
    'rate_limit_exceeded',
    'Error: timeout',
    'read-only file system',
    'TypeError: not iterable',
    'and/or',
    'more than one of them',
    'Typ stimmt nicht',
  ])('leaves %s', (message) => {
    expect(maskMessage(message)).toBe(message)
  })

  it('writes lines that come again once', () => {
    expect(maskMessage('failed\n - waiting 20 ms\n - again\n - waiting 100 ms')).toBe(
      'failed waiting <n> ms again',
    )
  })

  it('takes quotes that are cut off for values', () => {
    expect(maskMessage(`name too long, open '${'ab'.repeat(5_000)}'`)).toBe('name too long, open <q>')
  })

  it.each([
    ['quotes', `'"\`«`.repeat(3_000)],
    ['digits', '1a'.repeat(6_000)],
    ['slashes', '/a'.repeat(6_000)],
    ['names', 'a_'.repeat(6_000)],
    ['dots', 'a.b'.repeat(4_000)],
    ['tags', '<a '.repeat(4_000)],
    ['colons', ': a'.repeat(4_000)],
    ['dashes', '--a'.repeat(4_000)],
  ])('comes to an end on many %s', (_, text) => {
    expect(maskMessage(text).length).toBeLessThanOrEqual(600)
  })
})

describe('maskMessage with arguments', () => {
  const same: [string, Json, string, Json, string][] = [
    [
      'plain words of a command',
      { c: 'cp museum /x' },
      'cannot copy museum now',
      { c: 'cp island /x' },
      'cannot copy island now',
    ],
    [
      'names in a statement',
      { sql: 'SELECT a FROM b.parcels' },
      'no b.parcels here',
      { sql: 'SELECT a FROM c.trips' },
      'no c.trips here',
    ],
    ['words without an ASCII letter', { q: '订单 x' }, 'no 订单 found', { q: '客户 x' }, 'no 客户 found'],
    [
      'capitals that a database folds',
      { sql: 'SELECT a.bigParcel FROM a' },
      'column a.bigparcel is not here',
      { sql: 'SELECT a.small_one FROM a' },
      'column a.small_one is not here',
    ],
    ['one word', { city: 'oslo' }, 'oslo is too far', { city: 'Rome' }, 'Rome is too far'],
  ]
  it.each(same)('does not depend on %s', (_, input, message, otherInput, other) => {
    expect(maskMessage(message, input)).toBe(maskMessage(other, otherInput))
  })

  it.each<[string, Json, string]>([
    ['words that messages are made of', { sql: 'DROP TABLE table' }, 'no such table here'],
    [
      'words of a text for people',
      { body: 'please do not frobnicate this at all ever' },
      'cannot frobnicate now',
    ],
    ['the program that speaks', { c: 'frobnicate x.y' }, 'frobnicate: it broke'],
    ['parts of longer words', { c: 'frob x.y' }, 'frobnicate-frob failed'],
    ['keywords in capitals', { sql: 'SELECT 1 GROUP BY 2' }, 'not in GROUP clause'],
  ])('leaves %s', (_, input, message) => {
    expect(maskMessage(message, input)).toBe(message)
  })

  it('masks the text as emitted that was no JSON', () => {
    const raw = `{'a': 1}`
    expect(maskMessage(`cannot parse ${raw} now`, undefined, raw)).toBe('cannot parse <id> now')
  })
})

describe('keyText', () => {
  it.each([
    ['user <n> not found', 'user <id> not found'],
    ['cannot open <path>', 'cannot open <url>'],
    ['one of <q>', 'one of <q>|<q>|<q>'],
    ['known: <id>', 'known: <id>, <path> and <n>'],
  ])('%s is %s', (one, other) => {
    expect(keyText(one)).toBe(keyText(other))
  })

  it('keeps apart what is quoted', () => {
    expect(keyText('user <q> not found')).not.toBe(keyText('user <id> not found'))
  })
})
