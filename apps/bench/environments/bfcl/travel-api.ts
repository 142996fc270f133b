import {
  add,
  type Float,
  memberName,
  negate,
  numberOf,
  type PyObject,
  round2,
} from '../recorded/python-json.ts'
import { AIRPORTS, fare } from './airports.ts'
import { type ApiFactory, error, float, member, SEED, stateFrom, typed } from './api.ts'
import { pythonRandom } from './python-random.ts'

type Traveller = { first_name: string; last_name: string; date_of_birth: string; passport_number: string }
type Flight = { travel_from: string; travel_to: string; travel_date: string; travel_class: string }
type Input = Flight & {
  access_token: string
  grant_type: string
  user_first_name: string
  user_last_name: string
  budget_limit: Float
  base_currency: string
  target_currency: string
  value: Float
  location: string
  card_id: string
  card_number: string
  expiration_date: string
  cardholder_name: string
  card_verification_number: number
  booking_id: string
  insurance_type: string
  insurance_cost: Float
  message: string
  insurance_id?: string
  lastModifiedAfter?: string
}
type TravelState = PyObject & {
  credit_card_list: Record<string, PyObject>
  booking_record: Record<string, PyObject>
  access_token: string | null
  budget_limit: Float | null
}
/** How much of each currency a US dollar buys. */
const RATES: Readonly<Record<string, number>> = { USD: 1, RMB: 7, EUR: 0.8, GBP: 0.7 }
const DEFAULTS: TravelState = {
  credit_card_list: {},
  booking_record: {},
  access_token: null,
  token_type: null,
  token_expires_in: null,
  token_scope: null,
  user_first_name: null,
  user_last_name: null,
  budget_limit: null,
}
const FISCAL_YEAR = '2026'
const INVOICE = ['travel_date', 'travel_from', 'travel_to', 'travel_class', 'travel_cost', 'transaction_id']
const ANSWER =
  'Thank you for contacting customer support. Your message has been received and we will get back to you shortly.'

/** Flights, cards that pay for them, and what belongs to a journey. */
export const travelApi: ApiFactory = (config) => {
  const state = stateFrom<TravelState>(DEFAULTS, config)
  const random = pythonRandom(SEED)
  const digits = (count: number) => String(random.randint(10 ** (count - 1), 10 ** count - 1))
  const isToken = (token: string) => state.access_token !== null && token === state.access_token
  const badToken = () => error('Invalid access token.')
  const card = (id: string) => member(state.credit_card_list, id)
  const booking = (id: string) => member(state.booking_record, id)
  const noCard = (id: string) => error(`Card with ID ${id} not found.`)
  const noBooking = (id: string) => error(`Booking with ID ${id} not found.`)
  const pay = (id: string, cost: Float): PyObject | undefined => {
    const paying = card(id)
    if (!paying) return noCard(id)
    if (numberOf(paying.balance) < cost.value) return error(`Insufficient balance on card ${id}.`)
    paying.balance = add(paying.balance ?? 0, negate(cost))
    return undefined
  }
  const tools = typed<Input>({
    authenticate_travel({ grant_type, user_first_name, user_last_name }) {
      const access_token = digits(6)
      const token = { token_expires_in: 2, access_token, token_type: 'Bearer', token_scope: grant_type }
      Object.assign(state, token, { user_first_name, user_last_name })
      return { expires_in: 2, access_token, token_type: 'Bearer', scope: grant_type }
    },
    travel_get_login_status: () => ({ status: state.access_token !== null }),
    get_budget_fiscal_year: ({ lastModifiedAfter }) => ({
      budget_fiscal_year: (lastModifiedAfter ?? FISCAL_YEAR).slice(0, 4),
    }),
    set_budget_limit({ access_token, budget_limit }) {
      if (!isToken(access_token)) return badToken()
      state.budget_limit = budget_limit
      return { budget_limit }
    },
    register_credit_card({
      access_token,
      card_number,
      expiration_date,
      cardholder_name,
      card_verification_number,
    }) {
      if (!isToken(access_token)) return badToken()
      const card_id = digits(12)
      const holder = { card_number, expiration_date, cardholder_name, card_verification_number }
      state.credit_card_list[memberName(card_id)] = { ...holder, balance: random.randint(10000, 99999) }
      return { card_id }
    },
    get_all_credit_cards: () => ({ credit_card_list: state.credit_card_list }),
    get_credit_card_balance({ access_token, card_id }) {
      if (!isToken(access_token)) return badToken()
      return card(card_id) ? { card_balance: card(card_id)?.balance ?? null } : noCard(card_id)
    },
    get_flight_cost({ travel_from, travel_to, travel_date, travel_class }) {
      const cost = fare(travel_from, travel_to, travel_date, travel_class)
      return typeof cost === 'string' ? error(cost) : { travel_cost_list: [float(cost)] }
    },
    book_flight({ access_token, card_id, ...flight }) {
      if (!isToken(access_token)) return badToken()
      const { travel_date, travel_from, travel_to, travel_class } = flight
      const cost = fare(travel_from, travel_to, travel_date, travel_class)
      if (typeof cost === 'string') return error(cost)
      const unpaid = pay(card_id, float(cost))
      if (unpaid) return unpaid
      const [booking_id, transaction_id] = [digits(7), digits(8)]
      state.booking_record[memberName(booking_id)] = {
        card_id,
        travel_date,
        travel_from,
        travel_to,
        travel_class,
        travel_cost: float(cost),
        transaction_id,
      }
      return { booking_id, transaction_id, booking_status: true, booking_history: {} }
    },
    get_booking_history: ({ access_token }) =>
      isToken(access_token) ? { booking_history: state.booking_record } : badToken(),
    cancel_booking({ access_token, booking_id }) {
      if (!isToken(access_token)) return badToken()
      const cancelled = booking(booking_id)
      if (!cancelled) return noBooking(booking_id)
      delete state.booking_record[memberName(booking_id)]
      const paidWith = typeof cancelled.card_id === 'string' ? card(cancelled.card_id) : undefined
      if (paidWith) paidWith.balance = add(paidWith.balance ?? 0, cancelled.travel_cost ?? 0)
      return { cancel_status: true }
    },
    retrieve_invoice({ access_token, booking_id, insurance_id }) {
      if (!isToken(access_token)) return badToken()
      const [key, record] =
        Object.entries(state.booking_record).find(([id, { insurance }]) =>
          booking_id
            ? id === memberName(booking_id)
            : insurance_id !== undefined &&
              (insurance as PyObject | undefined)?.insurance_id === insurance_id,
        ) ?? []
      if (key === undefined || !record) return noBooking(booking_id ?? `of insurance ${insurance_id}`)
      const lines = INVOICE.map((name) => [name, record[name] ?? null] as const)
      return { invoice: { booking_id: key.replace('\0', ''), ...Object.fromEntries(lines) } }
    },
    purchase_insurance({ access_token, insurance_type, insurance_cost, booking_id, card_id }) {
      if (!isToken(access_token)) return badToken()
      const insured = booking(booking_id)
      if (!insured) return noBooking(booking_id)
      const unpaid = pay(card_id, insurance_cost)
      if (unpaid) return unpaid
      const insurance_id = digits(9)
      insured.insurance = { insurance_id, insurance_type, insurance_cost }
      return { insurance_id, insurance_status: true }
    },
    contact_customer_support: ({ booking_id }) =>
      booking(booking_id) ? { customer_support_message: ANSWER } : noBooking(booking_id),
    list_all_airports: () => Object.values(AIRPORTS),
    get_nearest_airport_by_city({ location }) {
      const nearest_airport = member(AIRPORTS, location)
      return nearest_airport === undefined
        ? error(`No airport is known near ${location}.`)
        : { nearest_airport }
    },
    compute_exchange_rate({ base_currency, target_currency, value }) {
      const [from, to] = [member(RATES, base_currency), member(RATES, target_currency)]
      if (from === undefined || to === undefined)
        return error(`No exchange rate is known from ${base_currency} to ${target_currency}.`)
      return { exchanged_value: round2(float((value.value / from) * to)) }
    },
    verify_traveler_information: (traveller) => verification(state, traveller as unknown as Traveller),
  })
  return { state, tools }
}

function verification(state: TravelState, traveller: Traveller): PyObject {
  const fail = (verification_failure: string) => ({ verification_status: false, verification_failure })
  const { first_name, last_name, date_of_birth, passport_number } = traveller
  if (first_name !== state.user_first_name || last_name !== state.user_last_name)
    return fail('The booking is for another user.')
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date_of_birth)) return fail('Invalid date of birth.')
  if (!passport_number.startsWith('US')) return fail('Passport must be issued by the United States.')
  return { verification_status: true }
}
