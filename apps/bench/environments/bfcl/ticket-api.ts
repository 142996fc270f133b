import type { PyObject, PyValue } from '../recorded/python-json.ts'
import { type ApiFactory, error, stateFrom, typed } from './api.ts'

type Input = {
  ticket_id: number
  title: string
  description?: string
  priority?: number
  updates: PyObject
  status?: PyValue
  resolution: string
  username: string
  password: string
}
type TicketState = PyObject & {
  ticket_queue: PyObject[]
  ticket_counter: number
  current_user: string | null
}
const EDITABLE = new Set(['title', 'description', 'status', 'priority'])

/** Tickets that a user opens, edits, resolves and closes. */
export const ticketApi: ApiFactory = (config) => {
  const state = stateFrom<TicketState>({ ticket_queue: [], ticket_counter: 1, current_user: null }, config)
  const find = (id: number) => state.ticket_queue.find((ticket) => ticket.id === id)
  const missing = (id: number) => error(`Ticket with ID ${id} not found.`)
  const finish = (id: number, status: string, done: string, more: PyObject = {}): PyObject => {
    const ticket = find(id)
    if (!ticket) return missing(id)
    if (ticket.status === status) return error(`Ticket ${id} is already ${done}.`)
    Object.assign(ticket, { status, ...more })
    return { status: `Ticket ${id} has been ${done} successfully.` }
  }
  const tools = typed<Input>({
    create_ticket({ title, description = '', priority = 1 }) {
      if (!state.current_user) return error('User must be logged in to create a ticket.')
      if (priority < 1 || priority > 5) return error('Invalid priority. Priority must be between 1 and 5.')
      const created_by = state.current_user
      const ticket = { id: state.ticket_counter++, title, description, status: 'Open', priority, created_by }
      state.ticket_queue.push(ticket)
      return ticket
    },
    get_ticket: ({ ticket_id }) => find(ticket_id) ?? missing(ticket_id),
    edit_ticket({ ticket_id, updates }) {
      const ticket = find(ticket_id)
      if (!ticket) return missing(ticket_id)
      const unknown = Object.keys(updates).filter((name) => !EDITABLE.has(name))
      if (unknown.length > 0) return error(`Invalid fields for update: ${unknown.join(', ')}`)
      Object.assign(ticket, updates)
      return { status: `Ticket ${ticket_id} has been updated successfully.` }
    },
    close_ticket: ({ ticket_id }) => finish(ticket_id, 'Closed', 'closed'),
    resolve_ticket: ({ ticket_id, resolution }) => finish(ticket_id, 'Resolved', 'resolved', { resolution }),
    get_user_tickets({ status }) {
      if (!state.current_user) return [error('User must be logged in to view tickets.')]
      const own = state.ticket_queue.filter((ticket) => ticket.created_by === state.current_user)
      return typeof status === 'string' ? own.filter((ticket) => sameStatus(ticket, status)) : own
    },
    ticket_login({ username, password }) {
      if (!username || !password) return { success: false }
      state.current_user = username
      return { success: true }
    },
    ticket_get_login_status: () => ({ login_status: Boolean(state.current_user) }),
    logout() {
      const success = Boolean(state.current_user)
      state.current_user = null
      return { success }
    },
  })
  return { state, tools }
}

function sameStatus(ticket: PyObject, status: string): boolean {
  return String(ticket.status).toLowerCase() === status.toLowerCase()
}
