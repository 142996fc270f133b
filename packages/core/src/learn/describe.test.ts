import { expect, test } from 'vitest'
import type { Guard } from '../guard.ts'
import { builtinKinds } from '../interventions/index.ts'
import type { JsonObject } from '../json.ts'
import { describeDrift, describeGuard, describeIntervention } from './describe.ts'

const INTERVENTIONS: readonly [kind: string, options: JsonObject, words: string][] = [
  ['repair-json', {}, 'mends arguments that are not valid JSON, where nothing is lost'],
  ['rename-argument', { from: '/order', to: '/order_id' }, 'renames the argument order to order_id'],
  ['coerce-argument', { path: '/limit', to: 'integer' }, 'writes limit as an integer'],
  ['coerce-argument', { path: '/code', to: 'string' }, 'writes code as text'],
  ['coerce-argument', { path: '/ids/*/tags', to: 'array' }, 'makes a list of a single ids[].tags'],
  ['coerce-argument', { path: '/note', to: 'absent' }, 'leaves note out where it is null'],
  ['map-value', { path: '/cabin', map: { Economy: 'economy' } }, 'changes cabin from "Economy" to "economy"'],
  [
    'reformat-value',
    { path: '/date', from: 'M/D/YYYY', to: 'YYYY-MM-DD' },
    'writes date as YYYY-MM-DD where it is M/D/YYYY',
  ],
  ['affix-value', { path: '/id', op: 'add', prefix: '#' }, 'adds "#" at the beginning of id'],
  ['affix-value', { path: '/id', op: 'strip', suffix: '.txt' }, 'takes ".txt" from the end of id'],
  [
    'retry',
    { attempts: 4 },
    'calls again, up to 4 times in all, first after 500 ms or as long as the error asks for',
  ],
  ['break-loop', { after: 2 }, 'stops a call that gave the same result 2 times, and says so'],
  [
    'explain-error',
    { advice: 'call-first', slots: { tool: 'get_user' } },
    'tells the model: Call "get_user" first, and use what it returns.',
  ],
  ['rescue-text-call', {}, 'makes calls of what the model wrote as text'],
  [
    'rename-tool',
    { from: 'getWeather', to: 'get_weather' },
    'calls get_weather where getWeather is asked for',
  ],
  ['unwrap-argument', { path: '/arguments' }, 'takes the arguments out of arguments'],
  ['wrap-argument', { path: '/body' }, 'puts the arguments into body'],
  ['drop-argument', { path: '/reasoning' }, 'leaves out reasoning'],
  ['drop-argument', { path: '/note', only: 'empty' }, 'leaves out note where it is empty'],
  ['exclude-argument', { keep: '/parent/id', without: ['page'] }, 'keeps parent.id alone of it and page'],
  ['join-elements', { path: '/stops', mark: '|' }, 'writes the list stops as one text, joined by "|"'],
  ['strip-unit', { path: '/distance', units: ['km'] }, 'takes the unit "km" from distance'],
  [
    'respell-value',
    { path: '/key', case: 'lower', mark: '_', first: ['L'], rest: ['L'] },
    'writes key in lower case, its words joined by "_"',
  ],
  ['fill-argument', { path: '/unit', from: 'only' }, 'gives unit the only value that is allowed'],
  ['fill-argument', { path: '/n', from: 'default' }, 'gives n its default'],
  ['fill-argument', { path: '/v', from: 'literal', value: 2 }, 'gives v the value 2'],
  [
    'fill-argument',
    { path: '/user_id', from: 'result', tool: 'find_user', at: '/id' },
    'gives user_id what id was in the result of find_user',
  ],
  [
    'insert-step',
    { insert: 'get_order', place: 'before' },
    'calls get_order before it, up to 1 time in an episode',
  ],
  [
    'patch-description',
    { path: '/date', advice: 'argument-format', slots: { argument: 'date', format: 'YYYY-MM-DD' } },
    'adds to the description of date: The argument "date" is written in the form "YYYY-MM-DD".',
  ],
  [
    'patch-description',
    { advice: 'already-done' },
    'adds to the description of the tool: This was done already. Do not repeat it.',
  ],
  [
    'tighten-schema',
    { path: '/cabin', enum: ['a', 'b'], required: true },
    'shows cabin as required, with enum ["a","b"]',
  ],
  ['sequence-card', { tools: ['find', 'cancel'] }, 'tells the model to call in this order: find, cancel'],
  ['gate', { needs: 'get' }, 'does not execute it before get has succeeded (up to 2 times in an episode)'],
  [
    'gate',
    { advice: 'already-done', max: 1 },
    'does not execute it, and says: This was done already. Do not repeat it. (up to 1 times in an episode)',
  ],
  ['gate-answer', { needs: 'run_tests' }, 'lets the model end after it only when run_tests has succeeded'],
  [
    'set-header',
    { path: '/headers', name: 'Api-Version', value: '2' },
    'adds the header Api-Version: 2 where there is none',
  ],
  ['move-argument', { from: '/body', to: '/query' }, 'moves body to query where nothing stands there'],
  [
    'explain-response',
    { rule: 'retry-after' },
    'explains a response of the server that refuses or answers in part (retry-after)',
  ],
  [
    'suggest-command',
    { path: '/command', rules: [{ name: 'a', advice: 'same-again' }] },
    'tells the model what command should have been (1 rules)',
  ],
  [
    'gate-command',
    { path: '/command', rules: [{ name: 'a', program: ['rm'], advice: 'name-one-folder' }] },
    'does not execute command where one of 1 rules speaks against it (up to 2 times in an episode)',
  ],
  ['explain-command', { path: '/command' }, 'explains to the model why command failed'],
  ['deduplicate-call', {}, 'answers a call that was emitted twice with the result of the first'],
  [
    'circuit-break',
    { after: 2 },
    'does not call it for 30000 ms after 2 failures in a row, then tries one call',
  ],
  [
    'annotate-result',
    { has: '/next', advice: 'more-results', slots: { argument: 'cursor' } },
    'says where next holds something: There is more than this. For the rest, call again with the argument "cursor".',
  ],
  ['normalise-result', { op: 'parse', path: '' }, 'reads the result as the JSON that it is'],
  ['normalise-result', { op: 'wrap', path: '/items' }, 'puts the result into items'],
  ['normalise-result', { op: 'unwrap', path: '/data' }, 'takes the result out of data'],
  ['bound-result', { characters: 500 }, 'shortens the result to 500 characters'],
  ['bound-result', { items: 20, path: '/rows' }, 'shortens rows of the result to 20 items'],
  ['warn-budget', { calls: 40 }, 'warns the model after 32 of 40 calls'],
  ['lift-protocol-error', {}, 'gives the model errors of the protocol as errors of its call'],
  ['inject-skill', { skills: [{ about: 'x', text: 'y' }] }, 'tells the model which of 1 skills fit its task'],
  ['rewrite-command', { path: '/c', remove: '2>/dev/null' }, 'leaves "2>/dev/null" out of commands'],
  ['rewrite-command', { path: '/c', command: 'python3', by: 'python' }, 'calls python in place of python3'],
  [
    'recall-correction',
    { path: '/query', corrections: [{ from: 'a', to: 'b' }] },
    'sends a failed query again as it was corrected before (1 known)',
  ],
  [
    'rename-sql-names',
    {
      path: '/query',
      names: [
        { from: 'shops', to: 'shop' },
        { table: 'shop', from: 'id', to: 'Shop_ID' },
      ],
    },
    'changes names in query: shops to shop, shop.id to Shop_ID',
  ],
  ['explain-names', { path: '/query', tables: { shop: ['City'] } }, 'tells the model the names of shop'],
  ['explain-error', { advice: 'unheard-of' }, 'explain-error {"advice":"unheard-of"}'],
  ['of-a-pack', { strange: true }, 'of-a-pack {"strange":true}'],
]

test.each(INTERVENTIONS)('%s %j is described', (kind, options, words) => {
  expect(describeIntervention({ kind, options })).toBe(words)
})

test('every kind that comes with the library has words of its own', () => {
  expect(builtinKinds.length).toBeGreaterThan(0)
  for (const { kind } of builtinKinds) expect(INTERVENTIONS.map(([described]) => described)).toContain(kind)
})

const GUARDS: readonly [guard: Guard, words: string][] = [
  [{ path: '/id', test: 'present' }, 'id is given'],
  [{ path: '', test: 'absent' }, 'the input is not given'],
  [{ path: '/n', test: 'type', types: ['string', 'integer'] }, 'n is text or an integer'],
  [{ path: '/n', test: 'one-of', values: [1, 2, 3, 4, 5, 6] }, 'n is one of 1, 2, 3, 4, 5 and 1 more'],
  [
    {
      all: [{ path: '/p', test: 'suffix', text: '.csv' }, { not: { path: '/p', test: 'prefix', text: '/' } }],
    },
    'p ends with ".csv" and not (p begins with "/")',
  ],
  [
    {
      all: [
        { path: '/p', test: 'shape', shapes: ['W9'] },
        {
          any: [
            { path: '/a', test: 'equals', value: null },
            { path: '/b', test: 'includes', text: '@' },
          ],
        },
      ],
    },
    'p looks like "W9" and (a is null or b contains "@")',
  ],
]

test.each(GUARDS)('%j is said in words', (guard, words) => {
  expect(describeGuard(guard)).toBe(words)
})

test('a drift is said in words', () => {
  const drift = {
    ...{ tool: { origin: 'local', name: 'book' }, path: '/parcels/*/day', acceptedUntil: 0, refusedFrom: 1 },
    ...{ episodes: { accepted: 20, refused: 8 }, chance: 1e-6 },
  }
  expect(describeDrift(drift)).toBe(
    'calls with parcels[].day succeeded in 20 episodes and were refused in the 8 since',
  )
  expect(describeDrift({ ...drift, form: 'D/D/D' })).toContain('parcels[].day of the form D/D/D succeeded')
})
