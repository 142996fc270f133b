import type { Json } from '../../json.ts'
import type { LifeHarness } from '../../runtime.ts'
import type { ToolContract } from '../../tool.ts'
import type { ToolCall } from '../../trajectory.ts'

/** A tool whose host validates the arguments, as hosts do. */
export const BOOK: ToolContract = {
  tool: { origin: 'local', name: 'book' },
  inputSchema: {
    type: 'object',
    properties: { destination: { type: 'string' }, nights: { type: 'integer' } },
    required: ['destination', 'nights'],
    additionalProperties: false,
  },
}

const CITIES = [
  'Lima',
  'Oslo',
  'Rome',
  'Kyiv',
  'Quito',
  'Dakar',
  'Hanoi',
  'Turin',
  'Bonn',
  'Graz',
  'Nice',
  'Lyon',
]

export function book({ input }: ToolCall): string {
  if (Object.hasOwn(input as object, 'city'))
    throw new Error("Invalid arguments: 'destination' is a required property")
  return 'booked'
}

export function bookCall(id: string, turn: number, input: Json): ToolCall {
  return { id, tool: BOOK.tool, turn, index: 0, attempt: 1, approved: false, input }
}

/** The call that a model writes by habit. */
export function misnamed(index: number): Json {
  return { city: CITIES[index % CITIES.length] as string, nights: 2 }
}

/** One episode: it writes `city`, finds out, and then does `right` bookings right. Gives back the calls made. */
export async function playBooking(
  lifeHarness: LifeHarness,
  name: string,
  index: number,
  right = 12,
): Promise<number> {
  const episode = lifeHarness.episode({ id: `${name}-${index}`, model: { modelId: 'some-model' } })
  episode.presentTools([BOOK])
  const city = (offset: number): string => CITIES[(index + offset) % CITIES.length] as string
  const good = Array.from({ length: right }, (_, n): Json => ({ destination: city(n), nights: 1 + (n % 5) }))
  const inputs = [misnamed(index), { destination: city(0), nights: 2 }, ...good]
  let calls = 0
  for (const input of inputs) {
    const emitted = bookCall(`${name}-${index}-${calls}`, calls, input)
    const { call } = episode.repairEmitted(emitted)
    const { thrown } = await episode.run(call, book)
    calls++
    // A repaired call leaves nothing to correct.
    if (calls === 1 && !thrown) inputs.splice(1, 1)
  }
  episode.end()
  return calls
}
