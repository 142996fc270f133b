import { describe, expect, it } from 'vitest'
import { opened } from './api.test.support.ts'
import { messageApi } from './message-api.ts'

const INBOX = '{"current_user":"USR001","inbox":[{"USR002":["as a list"]}],"message_count":1}'

describe('messages', () => {
  it('are sent by who is logged in, to users there are', () => {
    const { call, state } = opened(messageApi)
    const start = state()
    expect(call('send_message', '{"receiver_id":"USR002","message":"hi"}')).toContain('error')
    expect(call('message_login', '{"user_id":"USR009"}')).toContain('"login_status": false')
    expect(state()).toBe(start)
    expect(call('message_login', '{"user_id":"USR001"}')).toContain('"login_status": true')
    expect(call('send_message', '{"receiver_id":"USR009","message":"hi"}')).toContain('error')
    expect(call('send_message', '{"receiver_id":"USR002","message":"hi"}')).toBe(
      '{"sent_status": true, "message_id": {"new_id": 67410}, "message": "Message sent to \'USR002\' successfully."}',
    )
  })

  it('are seen as they were written, and the latest can be taken back', () => {
    const { call, state } = opened(messageApi, INBOX)
    const start = state()
    call('send_message', '{"receiver_id":"USR002","message":"second"}')
    expect(call('view_messages_sent')).toBe('{"messages": {"USR002": [["as a list"], "second"]}}')
    expect(call('search_messages', '{"keyword":"LIST"}')).toBe(
      '{"results": [{"receiver_id": "USR002", "message": ["as a list"]}]}',
    )
    expect(call('delete_message', '{"receiver_id":"USR003"}')).toContain('error')
    expect(call('delete_message', '{"receiver_id":"USR002"}')).toContain('"deleted_status": true')
    expect(state()).toBe(start)
  })

  it('go to contacts that are added under names of their own', () => {
    const { call } = opened(messageApi, INBOX)
    expect(call('add_contact', '{"user_name":"Alice"}')).toContain('error')
    expect(call('add_contact', '{"user_name":"Eve"}')).toContain('"user_id": "USR005"')
    expect(call('get_user_id', '{"user":"Eve"}')).toBe('{"user_id": "USR005"}')
    expect(call('get_user_id', '{"user":"toString"}')).toContain('error')
  })
})
