import { describe, expect, it } from 'vitest'
import { fare } from './airports.ts'
import { opened } from './api.test.support.ts'
import { travelApi } from './travel-api.ts'

const OPEN =
  '{"access_token":"t","user_first_name":"Ann","user_last_name":"Lee","credit_card_list":{"12":{"balance":2000.0}}}'
const FLIGHT = '"travel_from":"SFO","travel_to":"LAX","travel_date":"2026-10-15","travel_class":"first"'
const BOOK = `{"access_token":"t","card_id":"12",${FLIGHT}}`

describe('fares', () => {
  it.each([
    ['economy', '2026-10-15', 200],
    ['business', '2026-10-15', 400],
    ['first', '2026-10-16', 2000],
  ])('%s on %s', (travelClass, date, expected) => {
    expect(fare('SFO', 'LAX', date, travelClass)).toBe(expected)
  })

  it.each([
    ['LAX', 'SFO', '2026-10-15', 'first'],
    ['SFO', 'LAX', '15.10.2026', 'first'],
    ['SFO', 'LAX', '2026-10-15', 'toString'],
  ])('none from %s to %s on %s in %s', (from, to, date, travelClass) => {
    expect(fare(from, to, date, travelClass)).toBeTypeOf('string')
  })
})

describe('bookings', () => {
  it('are paid with the card, insured, told in the invoice, and paid back', () => {
    const { call, state } = opened(travelApi, OPEN)
    const start = state()
    expect(call('book_flight', BOOK)).toBe(
      '{"booking_id": "3426812", "transaction_id": "45451592", "booking_status": true, "booking_history": {}}',
    )
    expect(call('get_credit_card_balance', '{"access_token":"t","card_id":"12"}')).toBe(
      '{"card_balance": 1000.0}',
    )
    expect(call('retrieve_invoice', '{"access_token":"t","booking_id":"3426812"}')).toBe(
      '{"invoice": {"booking_id": "3426812", "travel_date": "2026-10-15", "travel_from": "SFO", "travel_to": "LAX", ' +
        '"travel_class": "first", "travel_cost": 1000.0, "transaction_id": "45451592"}}',
    )
    expect(call('cancel_booking', '{"access_token":"t","booking_id":"3426812"}')).toBe(
      '{"cancel_status": true}',
    )
    expect(state()).toBe(start)
  })

  it('find an invoice by its insurance', () => {
    const { call } = opened(travelApi, OPEN)
    call('book_flight', BOOK)
    const insurance = '"insurance_type":"full","insurance_cost":10.0,"card_id":"12"'
    expect(call('purchase_insurance', `{"access_token":"t","booking_id":"3426812",${insurance}}`)).toContain(
      '498276044',
    )
    expect(call('retrieve_invoice', '{"access_token":"t","insurance_id":"498276044"}')).toContain('3426812')
    expect(call('retrieve_invoice', '{"access_token":"t","insurance_id":"1"}')).toContain('error')
    expect(call('retrieve_invoice', '{"access_token":"t"}')).toContain('error')
  })

  it.each([
    BOOK.replace('"t"', '"u"'),
    BOOK.replace('"12"', '"13"'),
    BOOK.replace('LAX', 'XXX'),
    BOOK.replace('first', 'third'),
    BOOK.replace('LAX', 'ORD').replace('10-15', '10-16'),
  ])('are not made: %s', (booking) => {
    const { call, state } = opened(travelApi, OPEN)
    const start = state()
    expect(call('book_flight', booking)).toContain('error')
    expect(state()).toBe(start)
  })

  it.each([
    'set_budget_limit',
    'get_booking_history',
    'cancel_booking',
    'purchase_insurance',
    'register_credit_card',
  ])('%s needs a token, also before there is one', (tool) => {
    expect(opened(travelApi).call(tool, '{"access_token":"null"}')).toContain('error')
  })
})

describe('the traveller', () => {
  const verify = (person: string) => opened(travelApi, OPEN).call('verify_traveler_information', person)
  const ANN = '{"first_name":"Ann","last_name":"Lee","date_of_birth":"1990-01-01","passport_number":"US1"}'

  it('is known by name and passport', () => {
    expect(verify(ANN)).toBe('{"verification_status": true}')
    expect(verify(ANN.replace('Lee', 'Low'))).toContain('false')
    expect(verify(ANN.replace('US1', 'P1'))).toContain('Passport must be issued by the United States.')
    expect(verify(ANN.replace('1990-', ''))).toContain('false')
  })

  it('logs in, and registers a card with the token', () => {
    const { call } = opened(travelApi)
    const user = '"grant_type":"read","user_first_name":"Ann","user_last_name":"Lee"'
    expect(call('authenticate_travel', `{${user}}`)).toContain('"access_token": "251675"')
    expect(call('register_credit_card', '{"access_token":"251675","card_number":"1"}')).toBe(
      '{"card_id": "391310425148"}',
    )
  })
})

describe('money and places', () => {
  const { call } = opened(travelApi)

  it.each([
    ['compute_exchange_rate', '{"base_currency":"GBP","target_currency":"USD","value":15400.0}', '22000.0'],
    ['compute_exchange_rate', '{"base_currency":"RMB","target_currency":"EUR","value":70.0}', '8.0'],
    ['get_nearest_airport_by_city', '{"location":"Sunset Valley"}', 'SSV'],
  ])('%s(%s)', (tool, input, expected) => {
    expect(call(tool, input)).toContain(expected)
  })

  it.each([
    ['compute_exchange_rate', '{"base_currency":"GBP","target_currency":"XYZ","value":1.0}'],
    ['get_nearest_airport_by_city', '{"location":"Atlantis"}'],
    ['contact_customer_support', '{"booking_id":"1","message":"help"}'],
  ])('%s(%s) is not known', (tool, input) => {
    expect(call(tool, input)).toContain('error')
  })
})
