import type { JsonObject } from '@lifeharness/core'
import Stripe from 'stripe'
import { answeringApi, worded } from '../answering-api.ts'
import { provocations, type Source } from '../provocation.ts'
import type { Vary } from '../vary.ts'
import { thrownBy } from './node-fs.ts'

const INTENTS = '/v1/payment_intents'
const HELP = 'Please see https://stripe.com/docs or we can help at https://support.stripe.com/.'
const CURRENCY =
  'Invalid currency: {currency}. Stripe currently supports these currencies: usd, aed, afn, all'
const PERMISSION =
  "The provided key 'rk_test_***4242' does not have the required permissions for this endpoint."
const CAPTURE =
  'This PaymentIntent could not be captured because it has a status of requires_payment_method. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.'

/** Stripe's client library; the server answers in the shape and the words in which Stripe's API does. */
export const stripe: Source = {
  tool: 'stripe',
  languages: ['en'],
  async open() {
    const api = await answeringApi()
    const client = (options: { port?: number; timeout?: number } = {}) => {
      const at = { host: '127.0.0.1', port: api.port, protocol: 'http' as const }
      return new Stripe('sk_test_x', { ...at, maxNetworkRetries: 0, telemetry: false, ...options })
    }
    const says = (
      status: number,
      code: string | undefined,
      message: string,
      path: string,
      given: (v: Vary) => JsonObject,
    ) => {
      return (v: Vary) => {
        const input = given(v)
        const told = { type: 'invalid_request_error', message: worded(message, { path, ...input }) }
        const body = { error: code === undefined ? told : { ...told, code } }
        return api.answering({ status, body }, { path, ...input }, () =>
          client().rawRequest('POST', path, input),
        )
      }
    }
    const payment = (v: Vary) => ({ amount: v.integer(100, 9_000), currency: 'usd' })
    const unanswered = (v: Vary, options: { port?: number; timeout?: number }) => {
      const input = payment(v)
      return api.answering('never', input, () => client(options).rawRequest('POST', INTENTS, input))
    }
    return {
      close: api.close,
      provocations: provocations(thrownBy, [
        [
          'no-customer',
          'state.not_found',
          says(400, 'resource_missing', "No such customer: '{customer}'", INTENTS, (v) => ({
            ...payment(v),
            customer: `cus_${v.word()}${v.integer(100, 999)}`,
          })),
        ],
        [
          'no-route',
          'state.not_found',
          says(404, undefined, `Unrecognized request URL (POST: {path}). ${HELP}`, '/v1/payments', payment),
        ],
        [
          'missing',
          'contract.missing_param',
          says(400, 'parameter_missing', 'Missing required param: amount.', INTENTS, (v) => ({
            currency: 'usd',
            description: v.phrase(),
          })),
        ],
        [
          'unknown-parameter',
          'contract.misnamed_param',
          (v) => {
            const name = v.name()
            const message = `Received unknown parameter: ${name}`
            return says(400, 'parameter_unknown', message, INTENTS, () => ({ ...payment(v), [name]: 1 }))(v)
          },
        ],
        [
          'integer',
          'contract.value',
          says(400, 'parameter_invalid_integer', 'Invalid integer: {amount}', INTENTS, (v) => ({
            amount: v.word(),
            currency: 'usd',
          })),
        ],
        [
          'currency',
          'contract.value',
          says(400, undefined, CURRENCY, INTENTS, (v) => ({ ...payment(v), currency: v.word() })),
        ],
        [
          'too-small',
          'contract.value',
          says(400, 'amount_too_small', 'Amount must be at least $0.50 usd', INTENTS, (v) => ({
            amount: v.integer(1, 40),
            currency: 'usd',
          })),
        ],
        [
          'refunded',
          'state.conflict',
          says(
            400,
            'charge_already_refunded',
            'Charge {charge} has already been refunded.',
            '/v1/refunds',
            (v) => ({
              charge: `ch_${v.word()}${v.integer(100, 999)}`,
            }),
          ),
        ],
        [
          'exists',
          'state.conflict',
          says(400, 'resource_already_exists', 'Coupon already exists.', '/v1/coupons', (v) => ({
            id: v.word(),
          })),
        ],
        [
          'capture',
          'state.precondition',
          says(400, 'payment_intent_unexpected_state', CAPTURE, `${INTENTS}/pi_1/capture`, (v) => ({
            amount_to_capture: v.integer(100, 9_000),
          })),
        ],
        [
          'key',
          'auth.denied',
          says(401, undefined, 'Invalid API Key provided: sk_test_***4242', INTENTS, payment),
        ],
        ['permission', 'auth.denied', says(403, undefined, PERMISSION, INTENTS, payment)],
        [
          'limited',
          'exec.rate_limited',
          says(429, 'rate_limit', 'Request rate limit exceeded.', INTENTS, payment),
        ],
        ['refused', 'exec.unavailable', (v) => unanswered(v, { port: api.closedPort })],
        ['no-answer', 'exec.timeout', (v) => unanswered(v, { timeout: v.integer(40, 90) })],
      ]),
    }
  },
}
