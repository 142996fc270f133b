import { describe, expect, it } from 'vitest'
import { opened } from './api.test.support.ts'
import { ticketApi } from './ticket-api.ts'

describe('tickets', () => {
  it('are opened by who is logged in, and counted', () => {
    const { call } = opened(ticketApi)
    expect(call('create_ticket', '{"title":"A"}')).toContain('error')
    expect(call('ticket_login', '{"username":"ann","password":""}')).toBe('{"success": false}')
    expect(call('ticket_login', '{"username":"ann","password":"x"}')).toBe('{"success": true}')
    expect(call('create_ticket', '{"title":"A"}')).toBe(
      '{"id": 1, "title": "A", "description": "", "status": "Open", "priority": 1, "created_by": "ann"}',
    )
    expect(call('create_ticket', '{"title":"B"}')).toContain('"id": 2')
    expect(call('create_ticket', '{"title":"C","priority":6}')).toContain('error')
    expect(call('get_ticket', '{"ticket_id":3}')).toContain('error')
    expect(call('logout')).toBe('{"success": true}')
    expect(call('logout')).toBe('{"success": false}')
  })

  it('are edited, resolved and closed once', () => {
    const { call } = opened(ticketApi, '{"ticket_queue":[{"id":7,"status":"open"}]}')
    expect(call('edit_ticket', '{"ticket_id":7,"updates":{"id":8}}')).toContain('error')
    expect(call('edit_ticket', '{"ticket_id":7,"updates":{"priority":2}}')).toContain('updated successfully')
    expect(call('resolve_ticket', '{"ticket_id":7,"resolution":"r"}')).toContain('resolved successfully')
    expect(call('resolve_ticket', '{"ticket_id":7,"resolution":"r"}')).toContain('error')
    expect(call('close_ticket', '{"ticket_id":7}')).toContain('closed successfully')
    expect(call('close_ticket', '{"ticket_id":8}')).toContain('error')
    expect(call('get_ticket', '{"ticket_id":7}')).toBe(
      '{"id": 7, "status": "Closed", "priority": 2, "resolution": "r"}',
    )
  })

  it('are listed for their owner only', () => {
    const { call } = opened(
      ticketApi,
      '{"current_user":"ann","ticket_queue":[{"id":1,"created_by":"ann","status":"Open"},{"id":2,"created_by":"bob"},{"id":3}]}',
    )
    expect(call('get_user_tickets')).toBe('[{"id": 1, "created_by": "ann", "status": "Open"}]')
    expect(call('get_user_tickets', '{"status":"Closed"}')).toBe('[]')
  })
})
