import { describe, expect, it } from 'vitest'
import { opened } from './api.test.support.ts'
import { tradingBot } from './trading-bot.ts'

const OPEN =
  '{"authenticated":true,"account_info":{"balance":1000.0},"orders":{"1":{"id":1,"status":"Completed"},"order_type":"Buy"},' +
  '"stocks":{"AAA":{"price":10.0,"percent_change":-5.0},"BBB":{"price":20.0,"percent_change":0.1}}}'
const BUY = '{"order_type":"Buy","symbol":"AAA","price":10.0,"amount":100}'

describe('the trading account', () => {
  it.each([
    'place_order',
    'get_order_details',
    'cancel_order',
    'get_account_info',
    'fund_account',
    'get_watchlist',
  ])('%s needs a login', (tool) => {
    const { call, state } = opened(tradingBot)
    const start = state()
    expect(call(tool, '{"order_id":12446,"amount":1.0}')).toContain('not logged in')
    expect(state()).toBe(start)
  })

  it('tells an order as pending, and has it open until it is cancelled', () => {
    const { call } = opened(tradingBot, OPEN)
    expect(call('place_order', BUY)).toBe(
      '{"order_id": 12446, "order_type": "Buy", "status": "Pending", "price": 10.0, "amount": 100}',
    )
    expect(call('get_order_details', '{"order_id":12446}')).toContain('"status": "Open"')
    expect(call('cancel_order', '{"order_id":12446}')).toBe('{"order_id": 12446, "status": "Cancelled"}')
    expect(call('get_order_history')).toBe('{"order_history": [1, 12446]}')
  })

  it.each([
    BUY.replace('100', '101'),
    BUY.replace('AAA', 'CCC'),
    BUY.replace('Buy', 'Keep'),
    BUY.replace('100', '0'),
    BUY.replace('10.0', '-10.0'),
  ])('places no order %s', (order) => {
    const { call, state } = opened(tradingBot, OPEN)
    const start = state()
    expect(call('place_order', order)).toContain('error')
    expect(state()).toBe(start)
  })

  it('sells what costs more than there is money', () => {
    const { call } = opened(tradingBot, OPEN)
    expect(call('place_order', BUY.replace('Buy', 'Sell').replace('100', '101'))).toContain('Pending')
  })

  it.each(['1', '2'])('cancels no order %s that is done or not there', (order) => {
    expect(opened(tradingBot, OPEN).call('cancel_order', `{"order_id":${order}}`)).toContain('error')
  })

  it('moves money in and out, and never below nothing', () => {
    const { call } = opened(tradingBot, OPEN)
    expect(call('withdraw_funds', '{"amount":1000.5}')).toContain('error')
    expect(call('withdraw_funds', '{"amount":999.5}')).toContain('"new_balance": 0.5')
    expect(call('fund_account', '{"amount":-1.0}')).toContain('error')
    expect(call('fund_account', '{"amount":1.0}')).toContain('"new_balance": 1.5')
    expect(call('get_transaction_history')).toContain('"withdrawal"')
    expect(call('get_transaction_history', '{"start_date":"2025-01-01"}')).toBe('{"transaction_history": []}')
  })

  it('watches stocks there are, each once', () => {
    const { call } = opened(tradingBot, OPEN)
    call('add_to_watchlist', '{"stock":"AAA"}')
    expect(call('add_to_watchlist', '{"stock":"AAA"}')).toBe('{"watchlist": ["NVDA", "AAA"]}')
    expect(call('add_to_watchlist', '{"stock":"CCC"}')).toContain('error')
    expect(call('remove_stock_from_watchlist', '{"symbol":"NVDA"}')).toContain('successfully')
    expect(call('remove_stock_from_watchlist', '{"symbol":"NVDA"}')).toContain('error')
  })

  it('filters by price and by change', () => {
    const { call } = opened(tradingBot, OPEN)
    const stocks = '"stocks":["AAA","BBB","CCC"]'
    expect(call('filter_stocks_by_price', `{${stocks},"min_price":10.0,"max_price":19.0}`)).toBe(
      '{"filtered_stocks": ["AAA"]}',
    )
    expect(call('notify_price_change', `{${stocks},"threshold":1.0}`)).toContain('AAA')
    expect(call('notify_price_change', `{${stocks},"threshold":6.0}`)).toContain('No significant')
  })
})
