import { expect, test } from 'vitest'
import { eachWord, table, wrap } from './table.ts'

const COLUMNS = [
  { head: 'name' },
  { head: 'what it does', flexible: true },
  { head: 'n', align: 'right' as const },
]

test('columns are as wide as their text, numbers stand to the right', () => {
  expect(
    table(
      COLUMNS,
      [
        ['a', 'short', '1'],
        ['bcd', 'a bit longer', '10'],
      ],
      80,
    ),
  ).toBe(
    [
      'name  what it does   n',
      '────  ────────────  ──',
      'a     short          1',
      'bcd   a bit longer  10',
    ].join('\n'),
  )
})

test('the flexible column gives way, and nothing is cut off', () => {
  const text = 'one two three four five six seven eight nine ten'
  const lines = table(COLUMNS, [['a', text, '1']], 30).split('\n')
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(30)
  expect(
    lines
      .slice(2)
      .join(' ')
      .replace(/^a|1(?= )/g, '')
      .split(/\s+/)
      .filter(Boolean),
  ).toEqual(text.split(' '))
})

test('colours take no room and do not run into the next cell', () => {
  const red = (word: string) => `\u001b[31m${word}\u001b[39m`
  const made = table(COLUMNS, [['a', eachWord('one two three four five', red), '1']], 24)
  for (const line of made.split('\n')) {
    expect(line.split('\u001b[31m').length).toBe(line.split('\u001b[39m').length)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences are what is taken away
    expect(line.replaceAll(/\u001b\[\d+m/g, '').length).toBeLessThanOrEqual(24)
  }
})

test('characters of two columns keep to the width as well', () => {
  const made = table(COLUMNS, [['a', '東京東京東京東京東京東京', '1']], 22)
  expect(made.replaceAll(/[^東京]/g, '')).toBe('東京東京東京東京東京東京')
})

test.each([
  ['short', 10, 'short'],
  ['one two three', 7, 'one two\nthree'],
  ['/a/long/path/name.csv', 10, '/a/long/\npath/name.\ncsv'],
  ['abcdefghijklmnop', 8, 'abcdefgh\nijklmnop'],
  ['about 50 % of it', 8, 'about\n50 % of\nit'],
  ['a\nb c', 3, 'a\nb c'],
  ['', 5, ''],
])('%j in %d columns', (text, width, lines) => {
  expect(wrap(text, width)).toBe(lines)
})
