import {
  add,
  Float,
  memberName,
  negate,
  numberOf,
  type PyObject,
  type PyValue,
} from '../recorded/python-json.ts'
import { type ApiFactory, error, float, member, stateFrom, typed } from './api.ts'

type Input = {
  stock: string
  symbol: string
  stocks: string[]
  sector: string
  name: string
  order_id: number
  order_type: string
  price: Float
  amount: number | Float
  min_price: Float
  max_price: Float
  threshold: Float
  start_date?: PyValue
  end_date?: PyValue
  username: string
  password: string
}
type Stock = PyObject & { price: PyValue; percent_change: PyValue }
type TradingState = PyObject & {
  orders: Record<string, PyValue>
  account_info: PyObject & { balance: PyValue }
  authenticated: boolean
  order_counter: number
  stocks: Record<string, Stock>
  watch_list: string[]
  transaction_history: PyObject[]
}
/** The clock of this world stands still. */
const TIME = '10:30 AM'
const TIMESTAMP = '2024-10-27 10:30:00'
const TECHNOLOGY = ['AAPL', 'GOOG', 'MSFT', 'NVDA']
/** Companies by the names that people use. */
const SYMBOLS: Readonly<Record<string, string>> = {
  apple: 'AAPL',
  google: 'GOOG',
  tesla: 'TSLA',
  microsoft: 'MSFT',
  nvidia: 'NVDA',
  'omega industries': 'OMEG',
  'quasar ltd': 'QUAS',
  'zeta corp': 'ZETA',
}
const DEFAULTS: TradingState = {
  orders: {
    [memberName('12345')]: {
      id: 12345,
      order_type: 'Buy',
      symbol: 'AAPL',
      price: float(210.65),
      amount: 10,
      status: 'Completed',
    },
    [memberName('12446')]: {
      id: 12446,
      order_type: 'Sell',
      symbol: 'GOOG',
      price: float(2840.56),
      amount: 5,
      status: 'Pending',
    },
  },
  account_info: { account_id: 12345, balance: float(10000), binding_card: 1974202140965533 },
  authenticated: false,
  market_status: 'Closed',
  order_counter: 12446,
  stocks: {},
  watch_list: ['NVDA'],
  transaction_history: [],
}

/** An account that buys and sells stocks. */
export const tradingBot: ApiFactory = (config) => {
  const state = stateFrom<TradingState>(DEFAULTS, config)
  const loggedOut = () => error('User not logged in. Please log in first.')
  const unknownStock = (symbol: string) => error(`Stock with symbol '${symbol}' not found.`)
  const isStock = (symbol: string) => member(state.stocks, symbol) !== undefined
  const price = (symbol: string) => numberOf(member(state.stocks, symbol)?.price)
  const order = (id: number) => {
    const found = member(state.orders, String(id))
    return found && typeof found === 'object' && !Array.isArray(found) && !(found instanceof Float)
      ? found
      : undefined
  }
  const orderIds = () =>
    Object.keys(state.orders)
      .filter((id) => id.startsWith('\0'))
      .map((id) => Number(id.slice(1)))
  const missing = (id: number) => error(`Order with ID ${id} not found.`)
  const move = (type: string, amount: PyValue, status: string): PyObject => {
    const account = state.account_info
    account.balance = add(account.balance, type === 'deposit' ? amount : negate(amount))
    state.transaction_history.push({ type, amount, timestamp: TIMESTAMP })
    return { status, new_balance: account.balance }
  }
  const tools = typed<Input>({
    get_current_time: () => ({ current_time: TIME }),
    get_symbol_by_name: ({ name }) => ({ symbol: member(SYMBOLS, name.toLowerCase()) ?? 'Stock not found' }),
    get_stock_info: ({ symbol }) => member(state.stocks, symbol) ?? unknownStock(symbol),
    get_available_stocks: ({ sector }) => ({ stock_list: sector === 'Technology' ? TECHNOLOGY : [] }),
    filter_stocks_by_price: ({ stocks, min_price, max_price }) => ({
      filtered_stocks: stocks.filter(
        (symbol) => isStock(symbol) && price(symbol) >= min_price.value && price(symbol) <= max_price.value,
      ),
    }),
    notify_price_change({ stocks, threshold }) {
      const changed = stocks.filter(
        (symbol) =>
          isStock(symbol) &&
          Math.abs(numberOf(member(state.stocks, symbol)?.percent_change)) >= threshold.value,
      )
      const notification =
        changed.length > 0
          ? `Stocks ${changed.join(', ')} have significant price changes.`
          : 'No significant price changes in the selected stocks.'
      return { notification }
    },
    get_watchlist: () => (state.authenticated ? { watchlist: state.watch_list } : loggedOut()),
    add_to_watchlist({ stock }) {
      if (!state.authenticated) return loggedOut()
      if (!isStock(stock)) return unknownStock(stock)
      if (!state.watch_list.includes(stock)) state.watch_list.push(stock)
      return { watchlist: state.watch_list }
    },
    remove_stock_from_watchlist({ symbol }) {
      if (!state.authenticated) return loggedOut()
      const at = state.watch_list.indexOf(symbol)
      if (at < 0) return error(`Stock ${symbol} not found in watchlist.`)
      state.watch_list.splice(at, 1)
      return { status: `Stock ${symbol} removed from watchlist successfully.` }
    },
    place_order({ order_type, symbol, price: at, amount }) {
      if (!state.authenticated) return loggedOut()
      if (!isStock(symbol)) return unknownStock(symbol)
      if (!['buy', 'sell'].includes(order_type.toLowerCase()))
        return error(`Invalid order type: ${order_type}`)
      if (at.value <= 0 || numberOf(amount) <= 0) return error('Price and amount must be positive.')
      const isDear = at.value * numberOf(amount) > numberOf(state.account_info.balance)
      if (order_type.toLowerCase() === 'buy' && isDear) return error('Insufficient balance to place order.')
      const order_id = state.order_counter++
      // It is told as pending, and stands in the book as open.
      const placed = { id: order_id, order_type, symbol, price: at, amount, status: 'Open' }
      state.orders[memberName(String(order_id))] = placed
      return { order_id, order_type, status: 'Pending', price: at, amount }
    },
    get_order_details: ({ order_id }) =>
      state.authenticated ? (order(order_id) ?? missing(order_id)) : loggedOut(),
    get_order_history: () => (state.authenticated ? { order_history: orderIds() } : loggedOut()),
    cancel_order({ order_id }) {
      if (!state.authenticated) return loggedOut()
      const found = order(order_id)
      if (!found) return missing(order_id)
      if (found.status === 'Completed')
        return error(`Order ${order_id} is completed and cannot be cancelled.`)
      found.status = 'Cancelled'
      return { order_id, status: 'Cancelled' }
    },
    get_account_info: () => (state.authenticated ? state.account_info : loggedOut()),
    fund_account({ amount }) {
      if (!state.authenticated) return loggedOut()
      if (numberOf(amount) <= 0) return error('Funding amount must be positive.')
      return move('deposit', amount, 'Account funded successfully')
    },
    withdraw_funds({ amount }) {
      if (!state.authenticated) return loggedOut()
      if (numberOf(amount) <= 0) return error('Withdrawal amount must be positive.')
      if (numberOf(amount) > numberOf(state.account_info.balance)) return error('Insufficient balance.')
      return move('withdrawal', amount, 'Funds withdrawn successfully')
    },
    get_transaction_history({ start_date, end_date }) {
      if (!state.authenticated) return loggedOut()
      const day = (entry: PyObject) => String(entry.timestamp).slice(0, 10)
      const transaction_history = state.transaction_history.filter(
        (entry) =>
          (typeof start_date !== 'string' || day(entry) >= start_date) &&
          (typeof end_date !== 'string' || day(entry) <= end_date),
      )
      return { transaction_history }
    },
    trading_get_login_status: () => ({ status: state.authenticated }),
    trading_login({ username, password }) {
      if (state.authenticated) return { status: 'Already logged in' }
      if (!username || !password) return { status: 'Invalid username or password' }
      state.authenticated = true
      return { status: 'Logged in successfully' }
    },
    trading_logout() {
      if (!state.authenticated) return { status: 'No user is currently logged in' }
      state.authenticated = false
      return { status: 'Logged out successfully' }
    },
  })
  return { state, tools }
}
