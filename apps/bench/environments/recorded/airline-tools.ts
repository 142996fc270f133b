import { calculate } from './calculate.ts'
import { add, copy, dumps, negate, numberOf, type PyObject, type PyValue } from './python-json.ts'

export type AirlineData = {
  flights: Record<string, Flight>
  reservations: Record<string, Reservation>
  users: Record<string, User>
}
type Day = PyObject & {
  status: string
  available_seats?: Record<string, number>
  prices?: Record<string, PyValue>
}
type Flight = PyObject & {
  origin: string
  destination: string
  scheduled_departure_time_est: string
  scheduled_arrival_time_est: string
  dates: Record<string, Day>
}
type Leg = PyObject & { flight_number: string; date: string; price?: PyValue }
type Reservation = PyObject & {
  cabin: string
  user_id: string
  flights: Leg[]
  passengers: PyValue[]
  payment_history: { payment_id: string; amount: PyValue }[]
  nonfree_baggages: number
}
type User = PyObject & {
  payment_methods: Record<string, PyObject & { source: string; amount?: PyValue }>
  reservations: string[]
}
/** Every argument there is; a tool takes those of its contract. */
type Input = {
  expression: string
  reservation_id: string
  user_id: string
  origin: string
  destination: string
  date: string
  flight_type: string
  cabin: string
  flights: Leg[]
  passengers: PyValue[]
  payment_methods: { payment_id: string; amount: PyValue }[]
  payment_id: string
  amount: PyValue
  total_baggages: number
  nonfree_baggages: number
  insurance: string
}
type Tool = (data: AirlineData, input: Input) => string

const CERTIFICATES = [3221322, 3221323, 3221324]
const NEW_RESERVATIONS = ['HATHAT', 'HATHAU', 'HATHAV']
const AIRPORTS = {
  ...{
    SFO: 'San Francisco',
    JFK: 'New York',
    LAX: 'Los Angeles',
    ORD: 'Chicago',
    DFW: 'Dallas',
    DEN: 'Denver',
  },
  ...{ SEA: 'Seattle', ATL: 'Atlanta', MIA: 'Miami', BOS: 'Boston', PHX: 'Phoenix', IAH: 'Houston' },
  ...{
    LAS: 'Las Vegas',
    MCO: 'Orlando',
    EWR: 'Newark',
    CLT: 'Charlotte',
    MSP: 'Minneapolis',
    DTW: 'Detroit',
  },
  ...{ PHL: 'Philadelphia', LGA: 'LaGuardia' },
}

/** The tools of an airline's service desk. What goes wrong is a text that begins with `Error:`. */
export const AIRLINE_TOOLS: Readonly<Record<string, Tool>> = {
  calculate: (_, { expression }) => calculate(expression),
  think: () => '',
  transfer_to_human_agents: () => 'Transfer successful',
  list_all_airports: () => dumps(AIRPORTS),
  get_reservation_details: ({ reservations }, { reservation_id }) =>
    shown(reservations[reservation_id], 'reservation'),
  get_user_details: ({ users }, { user_id }) => shown(users[user_id], 'user'),

  search_direct_flight: ({ flights }, { origin, destination, date }) => {
    const found = Object.values(flights).filter(
      (flight) => flight.origin === origin && flight.destination === destination,
    )
    return dumps(found.flatMap((flight) => onDay(flight, date) ?? []))
  },
  search_onestop_flight: ({ flights }, { origin, destination, date }) => {
    const found: PyValue[] = []
    const all = Object.values(flights)
    for (const first of all.filter((flight) => flight.origin === origin))
      for (const second of all) {
        if (second.destination !== destination || second.origin !== first.destination) continue
        const arrival = first.scheduled_arrival_time_est
        const secondDate = arrival.includes('+1') ? `2024-05-${Number(date.slice(-2)) + 1}` : date
        if (arrival > second.scheduled_departure_time_est) continue
        const [one, two] = [onDay(first, date), onDay(second, secondDate)]
        if (one && two)
          found.push([
            { ...one, date },
            { ...two, date: secondDate },
          ])
      }
    return dumps(found)
  },

  book_reservation: (data, input) => {
    const { user_id, payment_methods, insurance, ...wanted } = copy(input)
    const user = data.users[user_id]
    if (!user) return 'Error: user not found'
    const id = NEW_RESERVATIONS.find((free) => !data.reservations[free]) as string
    const { flights: legs, passengers, nonfree_baggages } = wanted
    let total: PyValue = 0
    for (const leg of legs) {
      const flight = data.flights[leg.flight_number]
      if (!flight) return `Error: flight ${leg.flight_number} not found`
      const problem = book(leg, flight, wanted.cabin, passengers.length)
      if (problem) return problem
      total = add(total, numberOf(leg.price) * passengers.length)
    }
    if (insurance === 'yes') total = add(total, 30 * passengers.length)
    total = add(total, 50 * nonfree_baggages)
    for (const { payment_id, amount } of payment_methods) {
      const method = user.payment_methods[payment_id]
      if (!method) return `Error: payment method ${payment_id} not found`
      if (method.amount !== undefined && numberOf(amount) > numberOf(method.amount))
        return `Error: not enough balance in payment method ${payment_id}`
    }
    const paid = payment_methods.reduce<PyValue>((sum, { amount }) => add(sum, amount), 0)
    if (numberOf(paid) !== numberOf(total))
      return `Error: payment amount does not add up, total price is ${dumps(total)}, but paid ${dumps(paid)}`
    for (const { payment_id, amount } of payment_methods) {
      const method = user.payment_methods[payment_id]
      if (method?.source === 'gift_card') method.amount = add(method.amount as PyValue, negate(amount))
      else if (method?.source === 'certificate') delete user.payment_methods[payment_id]
    }
    const { origin, destination, flight_type, cabin, total_baggages } = wanted
    const reservation = {
      ...{ reservation_id: id, user_id, origin, destination, flight_type, cabin, flights: legs, passengers },
      payment_history: payment_methods,
      created_at: '2024-05-15T15:00:00',
      ...{ total_baggages, nonfree_baggages, insurance },
    } as Reservation
    data.reservations[id] = reservation
    user.reservations.push(id)
    return dumps(reservation)
  },
  cancel_reservation: ({ reservations }, { reservation_id }) => {
    const reservation = reservations[reservation_id]
    if (!reservation) return 'Error: reservation not found'
    const refunds = reservation.payment_history.map(({ payment_id, amount }) => ({
      payment_id,
      amount: negate(amount),
    }))
    reservation.payment_history.push(...refunds)
    reservation.status = 'cancelled'
    return dumps(reservation)
  },
  send_certificate: ({ users }, { user_id, amount }) => {
    const user = users[user_id]
    if (!user) return 'Error: user not found'
    const id = CERTIFICATES.map((number) => `certificate_${number}`).find(
      (free) => !user.payment_methods[free],
    )
    if (id === undefined) return 'None'
    user.payment_methods[id] = { source: 'certificate', amount, id }
    return `Certificate ${id} added to user ${user_id} with amount ${dumps(amount)}.`
  },
  update_reservation_baggages: (data, { reservation_id, total_baggages, nonfree_baggages, payment_id }) => {
    const reservation = data.reservations[reservation_id]
    if (!reservation) return 'Error: reservation not found'
    const price = 50 * Math.max(0, nonfree_baggages - reservation.nonfree_baggages)
    const problem = charge(data, reservation, payment_id, price, () => {
      reservation.total_baggages = total_baggages
      reservation.nonfree_baggages = nonfree_baggages
    })
    return problem ?? dumps(reservation)
  },
  update_reservation_flights: (data, input) => {
    const { reservation_id, cabin, flights: legs, payment_id } = copy(input)
    const reservation = data.reservations[reservation_id]
    if (!reservation) return 'Error: reservation not found'
    const count = reservation.passengers.length
    let price = 0
    for (const leg of legs) {
      const kept = reservation.flights.find(
        ({ flight_number, date }) => flight_number === leg.flight_number && date === leg.date,
      )
      if (kept && cabin === reservation.cabin) {
        price += numberOf(kept.price) * count
        Object.assign(leg, { price: kept.price, origin: kept.origin, destination: kept.destination })
        continue
      }
      const flight = data.flights[leg.flight_number]
      if (!flight) return `Error: flight ${leg.flight_number} not found`
      const problem = book(leg, flight, cabin, count)
      if (problem) return problem
      price += numberOf(leg.price) * count
    }
    for (const leg of reservation.flights) price -= numberOf(leg.price) * count
    const problem = charge(data, reservation, payment_id, price, () => {
      reservation.flights = legs
    })
    return problem ?? dumps(reservation)
  },
  update_reservation_passengers: ({ reservations }, { reservation_id, passengers }) => {
    const reservation = reservations[reservation_id]
    if (!reservation) return 'Error: reservation not found'
    if (passengers.length !== reservation.passengers.length)
      return 'Error: number of passengers does not match'
    reservation.passengers = passengers
    return dumps(reservation)
  },
}

function shown(value: PyValue | undefined, what: string): string {
  return value === undefined ? `Error: ${what} not found` : dumps(value)
}

/** A flight with what holds on one day, where it can be booked. */
function onDay({ dates, ...flight }: Flight, date: string): PyObject | undefined {
  const day = dates[date]
  return day?.status === 'available' ? { ...(flight as PyObject), ...day } : undefined
}

/** Completes a leg by its price and airports; or says why it cannot be flown. */
function book(
  leg: Leg,
  { dates, origin, destination }: Flight,
  cabin: string,
  seats: number,
): string | undefined {
  const { flight_number, date } = leg
  const day = dates[date]
  if (!day) return `Error: flight ${flight_number} not found on date ${date}`
  if (day.status !== 'available') return `Error: flight ${flight_number} not available on date ${date}`
  if ((day.available_seats?.[cabin] ?? 0) < seats) return `Error: not enough seats on flight ${flight_number}`
  Object.assign(leg, { price: day.prices?.[cabin], origin, destination })
  return undefined
}

/** Makes a change that costs something; or says why it cannot be paid for. */
function charge(
  { users }: AirlineData,
  reservation: Reservation,
  paymentId: string,
  price: number,
  change: () => void,
): string | undefined {
  const method = users[reservation.user_id]?.payment_methods[paymentId]
  if (!method) return 'Error: payment method not found'
  if (method.source === 'certificate') return 'Error: certificate cannot be used to update reservation'
  if (method.source === 'gift_card') {
    if (numberOf(method.amount) < price) return 'Error: gift card balance is not enough'
    method.amount = add(method.amount as PyValue, -price)
  }
  change()
  if (price !== 0) reservation.payment_history.push({ payment_id: paymentId, amount: price })
  return undefined
}
