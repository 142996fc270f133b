import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interventionId } from '../intervention.ts'
import { builtinKinds } from '../interventions/index.ts'
import type { Json, JsonObject } from '../json.ts'
import { schemaCheck } from '../schema.ts'
import type { ToolContract } from '../tool.ts'
import { draftsFromContract, type Emitted, repairFromContract } from './from-contract.ts'

const book: ToolContract = {
  tool: { origin: 'local', name: 'book_flight' },
  inputSchema: {
    type: 'object',
    properties: {
      from: { type: 'string' },
      seats: { type: 'integer', description: 'Number of seats' },
      cabin: { type: 'string', enum: ['economy', 'premium_economy', 'business'] },
      day: { type: 'string', description: 'The day, in the format YYYY-MM-DD' },
      at: { type: 'string', description: 'The time, in 24-hour HH:MM format' },
      distance_km: { type: 'number' },
      tags: { type: 'array', items: { type: 'string' } },
      flexible: { type: 'string', enum: ['True', 'False', 'any'] },
      bags: {
        type: 'array',
        items: { type: 'object', properties: { bag_weight: { type: 'number' } }, required: ['bag_weight'] },
      },
    },
    required: ['from'],
    additionalProperties: false,
  },
}
const cool: ToolContract = {
  tool: { origin: 'local', name: 'cool' },
  inputSchema: {
    type: 'object',
    properties: {
      body: { type: 'object', properties: { mode: { type: 'string' }, hours: { type: 'integer' } } },
    },
    required: ['body'],
  },
}
const note: ToolContract = {
  tool: { origin: 'local', name: 'note' },
  inputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
}
const shown = [book, cool, note]

function made(emitted: Emitted): Json | undefined {
  const repair = repairFromContract(emitted, shown)
  return repair.type === 'repaired' ? (repair.calls[0]?.input as JsonObject) : undefined
}

const flight = (more: JsonObject): Emitted => ({ name: 'book_flight', input: { from: 'OSL', ...more } })
const raw = (rawInput: string): Emitted => ({ name: 'book_flight', rawInput })

describe('repair-from-contract matches', () => {
  it.each<[string, Emitted, JsonObject]>([
    ['a number as text', flight({ seats: '2' }), { seats: 2 }],
    ['a null where nothing is', flight({ seats: null }), {}],
    ['an empty text where a number is wanted', flight({ seats: '' }), {}],
    ['another spelling of a literal', flight({ cabin: 'Premium Economy' }), { cabin: 'premium_economy' }],
    ['a flag as the contract spells it', flight({ flexible: true }), { flexible: 'True' }],
    ['another spelling of a name', flight({ distanceKm: 5 }), { distance_km: 5 }],
    ['a name and its value', flight({ 'Distance-KM': '5' }), { distance_km: 5 }],
    [
      'a name and its value inside a list',
      flight({ bags: [{ bagWeight: '7.5' }] }),
      { bags: [{ bag_weight: 7.5 }] },
    ],
    ['a unit that the name states', flight({ distance_km: '5 km' }), { distance_km: 5 }],
    ['what is counted', flight({ seats: '2 seats' }), { seats: 2 }],
    ['grouped digits', flight({ distance_km: '1,234.5' }), { distance_km: 1234.5 }],
    ['a list of one', flight({ tags: 'red' }), { tags: ['red'] }],
    ['a list as Python writes it', flight({ tags: "['red', 'a, b']" }), { tags: ['red', 'a, b'] }],
    ['a date that has one reading', flight({ day: '05/13/2024' }), { day: '2024-05-13' }],
    ['a date in words', flight({ day: 'May 6, 2024' }), { day: '2024-05-06' }],
    ['a date without zeros', flight({ day: '2024-5-6' }), { day: '2024-05-06' }],
    ['a time of half a day', flight({ at: '11:00 PM' }), { at: '23:00' }],
    ['an extra that says nothing', flight({ options: {} }), {}],
    ['an extra that is null', flight({ colours: null }), {}],
    ['a thought', flight({ reasoning: 'The user wants to fly.' }), {}],
    [
      'wrapped arguments',
      { name: 'book_flight', input: { arguments: { from: 'OSL', seats: '2' } } },
      { seats: 2 },
    ],
    ['a list around them', { name: 'book_flight', input: [{ from: 'OSL' }] }, {}],
    ['text of JSON', { name: 'book_flight', input: '{"from": "OSL"}' }, {}],
    ['a comma too many', raw('{"from": "OSL", "seats": "2",}'), { seats: 2 }],
    ['a fence', raw('```json\n{"from": "OSL"}\n```'), {}],
    ['prose around it', raw('Here you are: {"from": "OSL"}'), {}],
    ['prose around a fence', raw('Sure:\n```\n{"from": "OSL"}\n```\nAnything else?'), {}],
    ['a bracket too many', raw('{"from": "OSL"}}'), {}],
    ['JSON in JSON', raw('"{\\"from\\": \\"OSL\\"}"'), {}],
    ['JSON in JSON after prose', raw('Sure.\n"{\\"from\\": \\"OSL\\"}"'), {}],
  ])('%s', (_, emitted, expected) => {
    expect(made(emitted)).toEqual({ from: 'OSL', ...expected })
  })

  it('an object that the contract wants around the arguments', () => {
    expect(made({ name: 'cool', input: { mode: 'dry', hours: '2' } })).toEqual({
      body: { mode: 'dry', hours: 2 },
    })
  })

  it.each([
    'bookFlight',
    'book-flight',
    'BOOK_FLIGHT',
    'functions.book_flight',
    'local.book_flight',
    'book_flight()',
  ])('the name %s', (name) => {
    const repair = repairFromContract({ name, input: { from: 'OSL' } }, shown)
    expect(repair).toMatchObject({ type: 'repaired', calls: [{ tool: book.tool, input: { from: 'OSL' } }] })
    expect(repair).toMatchObject({
      drafts: [{ kind: 'rename-tool', options: { from: name, to: 'book_flight' } }],
    })
  })

  it('calls in text, each with its own faults', () => {
    const text = '[book_flight(From="OSL", seats="2"), cool(mode="dry")]'
    expect(repairFromContract({ text }, shown)).toMatchObject({
      type: 'repaired',
      calls: [
        { tool: book.tool, input: { from: 'OSL', seats: 2 } },
        { tool: cool.tool, input: { body: { mode: 'dry' } } },
      ],
    })
  })
})

describe('repair-from-contract does not match', () => {
  it.each<[string, Emitted]>([
    ['an unknown name for a missing one', { name: 'book_flight', input: { to: 'OSL' } }],
    ['a null that is required', { name: 'book_flight', input: { from: null } }],
    ['a nearly listed literal', flight({ cabin: 'premium' })],
    ['an extra that says something', flight({ dry_run: true })],
    ['an extra that could be a list', flight({ colours: [] })],
    ['an extra that repeats, where a text is free', flight({ airport: 'OSL' })],
    ['an extra text', flight({ comment: 'window seat' })],
    ['another unit', flight({ distance_km: '5 miles' })],
    ['a multiple', flight({ seats: '2 dozen' })],
    ['two readings of a number', flight({ distance_km: '1,234' })],
    ['digits that mean something', flight({ seats: '007' })],
    ['a rounded number', flight({ seats: '12345678901234567890' })],
    ['a fraction', flight({ seats: 1.5 })],
    ['a flag for a number', flight({ seats: true })],
    ['a list in some notation', flight({ tags: 'red, blue' })],
    ['two spellings of one name', flight({ distanceKm: 1, DistanceKM: 2 })],
    ['both names', flight({ distanceKm: 1, distance_km: 2 })],
    ['one fault of two', flight({ seats: '2', cabin: 'first' })],
    ['text cut short', raw('{"from": "OSL", "tags": ["a')],
    ['text cut short in JSON', raw('"{\\"from\\": \\"OS"')],
    ['text cut short in a wrapper', { name: 'book_flight', input: { arguments: '{"from": "OS' } }],
    ['two objects', raw('{"from": "OSL"} {"from": "BGO"}')],
    ['a tool that nobody has', { name: 'cancel_flight', input: { from: 'OSL' } }],
    ['nearly a name', { name: 'book_flights', input: { from: 'OSL' } }],
    ['another origin', { name: 'airline.book_flight', input: { from: 'OSL' } }],
    ['a text call that does not fit', { text: 'book_flight(to="OSL")' }],
    ['plain text', { text: 'I booked it.' }],
  ])('%s', (_, emitted) => {
    expect(repairFromContract(emitted, shown).type).toBe('abstain')
  })

  it.each<[string, Emitted]>([
    ['a date with two readings', flight({ day: '05/06/2024' })],
    ['a text that looks like a number', { name: 'note', input: { text: '007' } }],
    ['a text that looks like JSON', { name: 'note', input: { text: '{"a": 1}' } }],
    ['a text that looks like a call', { name: 'note', input: { text: '<tool_call>{}</tool_call>' } }],
    ['a name that the contract lets pass', { name: 'note', input: { text: 'x', Text: 'y' } }],
  ])('%s', (_, emitted) => {
    expect(repairFromContract(emitted, shown)).toMatchObject({ type: 'valid', drafts: [] })
  })

  it('a name with two owners', () => {
    const rivals = ['getUser', 'get_user'].map((name) => ({ tool: { origin: 'local', name } }))
    expect(repairFromContract({ name: 'GetUser', input: {} }, rivals).type).toBe('abstain')
  })
})

it('leaves out what repeats, where no text is free', () => {
  const emitted = { name: 'note', input: { text: 'window seat', message: 'window seat' } }
  const closed = { ...note, inputSchema: { ...note.inputSchema, additionalProperties: false } }
  expect(repairFromContract(emitted, [closed])).toMatchObject({ calls: [{ input: { text: 'window seat' } }] })
})

describe('repair-from-contract', () => {
  it('drafts what the kinds accept as options, with what it made of the call', () => {
    const drafts = draftsFromContract({ name: 'bookFlight', input: { From: 'OSL', seats: '2' } }, shown)
    expect(drafts.map(({ kind }) => kind)).toEqual(['rename-tool', 'rename-argument', 'coerce-argument'])
    for (const draft of drafts) {
      const kind = builtinKinds.find((one) => one.kind === draft.kind)
      expect(kind && schemaCheck(kind.options)(draft.options)).toEqual([])
      expect(interventionId(draft)).toContain(draft.kind)
    }
    expect(drafts.at(-1)?.origin.fixtures.fixes).toEqual([
      { input: { from: 'OSL', seats: '2' }, expect: { from: 'OSL', seats: 2 } },
    ])
  })

  it('tries what was learnt first, under its guard', () => {
    const [drop] = draftsFromContract(flight({ options: {} }), shown)
    if (!drop) throw new Error('no draft')
    const learnt = [{ ...drop, options: { path: '/comment' } }]
    const emitted = flight({ comment: 'window seat', seats: '2' })
    expect(repairFromContract(emitted, shown, learnt)).toMatchObject({
      calls: [{ input: { from: 'OSL', seats: 2 } }],
    })
    const guarded = learnt.map((draft) => ({ ...draft, when: { path: '/cabin', test: 'present' as const } }))
    expect(repairFromContract(emitted, shown, guarded).type).toBe('abstain')
  })

  it('answers with calls that fit, and changes nothing twice', () => {
    const values = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('2', '5 km', 'Business', '05/13/2024', '[]', ''),
    )
    const names = fc.constantFrom(
      'from',
      'From',
      'seats',
      'cabin',
      'day',
      'distance_km',
      'tags',
      'extra',
      'arguments',
    )
    fc.assert(
      fc.property(fc.dictionary(names, values, { maxKeys: 4 }), (input) => {
        const repair = repairFromContract({ name: 'book_flight', input: input as JsonObject }, shown)
        if (repair.type === 'abstain') return
        const [call] = repair.calls
        expect(schemaCheck(book.inputSchema as JsonObject)(call?.input as Json)).toEqual([])
        expect(repairFromContract({ name: 'book_flight', input: call?.input as Json }, shown)).toMatchObject({
          type: 'valid',
          calls: [{ input: call?.input }],
        })
      }),
      { numRuns: 500 },
    )
  })
})
