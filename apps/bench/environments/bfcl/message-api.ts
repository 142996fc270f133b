import { memberName, type PyObject, type PyValue, plainName } from '../recorded/python-json.ts'
import { type ApiFactory, error, member, stateFrom, typed } from './api.ts'
import { pythonRandom } from './python-random.ts'

type Input = {
  user_id: string
  user: string
  user_name: string
  receiver_id: string
  message: string
  keyword: string
}
type MessageState = PyObject & {
  user_count: number
  user_map: Record<string, string>
  /** What was sent, each under its receiver, in the order in which it was sent. */
  inbox: PyObject[]
  message_count: number
  current_user: string | null
}
const SEED = 200191
const DEFAULTS: MessageState = {
  user_count: 4,
  user_map: { Alice: 'USR001', Bob: 'USR002', Carol: 'USR003', Dan: 'USR004' },
  inbox: [
    { USR002: 'My name is Alice. I want to connect.' },
    { USR003: 'Could you upload the file?' },
    { USR004: 'Could you upload the file?' },
  ],
  message_count: 3,
  current_user: null,
}

/** Messages between the users of a workspace. */
export const messageApi: ApiFactory = (config) => {
  const state = stateFrom<MessageState>(DEFAULTS, config)
  const random = pythonRandom(SEED)
  const isUser = (id: string) => Object.values(state.user_map).includes(id)
  const loggedOut = () => error('No user is currently logged in.')
  const sentTo = (id: string) => state.inbox.findLastIndex((sent) => Object.hasOwn(sent, memberName(id)))
  const tools = typed<Input>({
    list_users: () => ({ user_list: Object.keys(state.user_map).map(plainName) }),
    get_user_id({ user }) {
      const user_id = member(state.user_map, user)
      return user_id === undefined ? error(`User '${user}' not found in the workspace.`) : { user_id }
    },
    message_login({ user_id }) {
      if (!isUser(user_id)) return { login_status: false, message: `User ID '${user_id}' not found.` }
      state.current_user = user_id
      return { login_status: true, message: `User '${user_id}' logged in successfully.` }
    },
    message_get_login_status: () => ({ login_status: Boolean(state.current_user) }),
    send_message({ receiver_id, message }) {
      if (!state.current_user) return loggedOut()
      if (!isUser(receiver_id)) return error(`Receiver ID '${receiver_id}' not found.`)
      state.inbox.push({ [memberName(receiver_id)]: message })
      state.message_count++
      const message_id = { new_id: random.randint(10000, 99999) }
      return { sent_status: true, message_id, message: `Message sent to '${receiver_id}' successfully.` }
    },
    delete_message({ receiver_id }) {
      if (!state.current_user) return loggedOut()
      const latest = sentTo(receiver_id)
      if (latest < 0) return error(`No messages found for receiver '${receiver_id}'.`)
      state.inbox.splice(latest, 1)
      state.message_count--
      const message = `Receiver ${receiver_id}'s latest message deleted successfully.`
      return { deleted_status: true, receiver_id, message }
    },
    view_messages_sent() {
      if (!state.current_user) return loggedOut()
      const messages: Record<string, PyValue[]> = {}
      for (const [receiver, message] of state.inbox.flatMap((sent) => Object.entries(sent))) {
        messages[receiver] ??= []
        messages[receiver].push(message)
      }
      return { messages }
    },
    add_contact({ user_name }) {
      if (!state.current_user) return loggedOut()
      if (member(state.user_map, user_name) !== undefined)
        return error(`User name '${user_name}' already exists.`)
      const user_id = `USR${String(++state.user_count).padStart(3, '0')}`
      state.user_map[memberName(user_name)] = user_id
      return { added_status: true, user_id, message: `Contact '${user_name}' added successfully.` }
    },
    search_messages({ keyword }) {
      if (!state.current_user) return loggedOut()
      const wanted = keyword.toLowerCase()
      const results = state.inbox.flatMap((sent) =>
        Object.entries(sent)
          .filter(([, message]) => textOf(message).toLowerCase().includes(wanted))
          .map(([receiver, message]) => ({ receiver_id: plainName(receiver), message })),
      )
      return { results }
    },
    get_message_stats() {
      if (!state.current_user) return loggedOut()
      const receivers = state.inbox.flatMap((sent) => Object.keys(sent).map(plainName))
      const received_count = receivers.filter((id) => id === state.current_user).length
      return { stats: { received_count, total_contacts: new Set(receivers).size } }
    },
  })
  return { state, tools }
}

/** All texts of a message: tasks write some as lists. */
function textOf(message: PyValue): string {
  if (typeof message === 'string') return message
  return message && typeof message === 'object' ? Object.values(message).map(textOf).join('\n') : ''
}
