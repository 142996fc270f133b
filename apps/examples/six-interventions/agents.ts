// Scripted agents: what they write by habit, and how they go on when it fails. They decide by a draw from the name of
// the episode, so the same seed tells the same story.
import type { Episode, Json, LifeHarness } from '@lifeharness/core'
import { between, chance, pick } from '../demo/random.ts'
import type { StoryClock } from './clock.ts'
import { ACCOUNTS, customerOf, MARKET, PRIORITIES, TEAMS, type World } from './world.ts'

export type Model = { id: string; strong: boolean }

export const MODELS: readonly Model[] = [
  { id: 'tiny-3b', strong: false },
  { id: 'small-8b', strong: false },
  { id: 'large-70b', strong: true },
]

export type Story = {
  world: World
  clock: StoryClock
  lifeHarness: LifeHarness
  seed: number
  hasOpenedUS: boolean
}

type Said = { ok: boolean; value: Json; text: string }
type Agent = {
  model: Model
  /** A draw in [0, 1) for this episode and question. */
  draw(question: string): number
  use(tool: string, input: Json): Promise<Said>
}

const TURN_MS = 30_000
const EPISODE_MS = 10 * 60_000

/** One episode: one agent, one task, judged by what is in the database afterwards. */
export async function playEpisode(story: Story, index: number): Promise<void> {
  const { clock, lifeHarness, seed, world } = story
  const model = pick(MODELS, seed, index, 'model')
  const id = `episode-${seed}-${index}`
  const episode = lifeHarness.episode({ id, agent: 'clerk', model: { modelId: model.id } })
  episode.presentTools(world.contracts)
  const agent: Agent = {
    model,
    draw: (question) => chance(seed, index, question),
    use: caller(story, episode),
  }
  const success = await taskFor(chance(seed, index, 'task'))(agent, story, index)
  episode.end({ success })
  clock.skip(EPISODE_MS)
}

function caller({ clock, world }: Story, episode: Episode): Agent['use'] {
  let turn = 0
  return async (name, input) => {
    clock.skip(TURN_MS)
    const origin = name === 'transfer' ? MARKET : 'local'
    const id = `${episode.id}-${turn}`
    const emitted = { id, tool: { origin, name }, turn: turn++, index: 0, attempt: 1, approved: false, input }
    const { call } = episode.repairEmitted(emitted)
    const ran = await episode.run(call, ({ input: given }) => world.execute(name, given ?? {}))
    const { outcome, value, error } = ran.result
    const ok = outcome === 'ok'
    return { ok, value: (ok ? value : null) as Json, text: String(ran.edited ?? error?.message ?? '') }
  }
}

type Task = (agent: Agent, story: Story, index: number) => Promise<boolean>

/** How often each task comes: what takes long to find out comes more often. */
const TASKS: readonly (readonly [share: number, task: Task])[] = [
  [0.1, bookRoom],
  [0.32, askRate],
  [0.14, payInvoice],
  [0.2, openTicket],
  [0.18, refundAccount],
  [0.06, transferMoney],
]

function taskFor(draw: number): Task {
  let left = draw
  for (const [share, task] of TASKS) {
    left -= share
    if (left < 0) return task
  }
  return bookRoom
}

/** Dates are written the American way; the service wants ISO, and says so. */
async function bookRoom({ use, draw }: Agent, { world, seed }: Story, index: number): Promise<boolean> {
  const room = `room-${index}`
  const [month, day] = [between(1, 12, seed, index, 'month'), between(13, 28, seed, index, 'day')]
  const iso = `2026-${String(month).padStart(2, '0')}-${day}`
  const habit = draw('habit') < 0.8 ? `${month}/${day}/2026` : iso
  const first = await use('book_room', { room, date: habit })
  if (!first.ok && draw('corrects') < 0.3) await use('book_room', { room, date: iso })
  return has(world, 'SELECT 1 FROM bookings WHERE room = ? AND date = ?', room, iso)
}

/** An outage of minutes: the same call works later, but not within the seconds that a retry waits. */
async function askRate({ use, draw }: Agent, { world, clock }: Story, index: number): Promise<boolean> {
  if (draw('outage') < 0.95) world.maintenanceUntil = clock.now() + 2 * TURN_MS
  const input = { pair: `EUR${index % 7}` }
  if ((await use('get_rate', input)).ok) return true
  await use('list_rooms', {})
  return (await use('get_rate', input)).ok
}

/** Now and then a payment is made and its answer is lost. Who looks sees it; who pays again pays twice. */
async function payInvoice({ use, draw }: Agent, { world }: Story, index: number): Promise<boolean> {
  const payment = { invoice: `invoice-${index}`, cents: 1_000 + index }
  world.loseNextAnswer = draw('lost') < 0.7
  const first = await use('pay_invoice', payment)
  world.loseNextAnswer = false
  if (!first.ok) {
    if (draw('looks') < 0.75) await use('list_payments', { invoice: payment.invoice })
    else await use('pay_invoice', payment)
  }
  const paid = world.db.prepare('SELECT count(*) AS n FROM payments WHERE invoice = ?').get(payment.invoice)
  return paid?.n === 1
}

/**
 * `urgent` is no priority. Weak models need to be told the list. The strong one looks the fields up by itself; told the
 * list it answers at once, with words of its own.
 */
async function openTicket(
  { use, draw, model }: Agent,
  { world, seed }: Story,
  index: number,
): Promise<boolean> {
  const ticket = { title: `ticket ${index}`, team: pick(TEAMS, seed, index, 'team') }
  const priority = pick(PRIORITIES, seed, index, 'priority')
  const first = await use('open_ticket', { ...ticket, priority: 'urgent' })
  const wasTold = first.text.includes('accepts only')
  const recovers = draw('recovers') < (model.strong ? (wasTold ? 0.25 : 0.85) : wasTold ? 0.8 : 0.15)
  if (model.strong && !wasTold && recovers) await use('ticket_fields', {})
  if (recovers) await use('open_ticket', { ...ticket, priority })
  else if (wasTold && model.strong) await use('open_ticket', { ...ticket, priority: `${priority}, at once` })
  return has(world, 'SELECT 1 FROM tickets WHERE title = ?', ticket.title)
}

/** The region is left out of the account. At first all customers are European; then they are mostly not. */
async function refundAccount({ use, draw }: Agent, story: Story, index: number): Promise<boolean> {
  const { world, seed, hasOpenedUS } = story
  const region = hasOpenedUS && draw('region') < 0.85 ? 'US' : 'EU'
  const number = between(0, ACCOUNTS - 1, seed, index, 'account')
  const account = `${region}-${4_000 + number}`
  const before = refunds(world)
  const cents = 100 + (index % 50)
  const written = draw('habit') < 0.8 ? account.slice(3) : account
  const first = await use('refund_account', { account: written, cents })
  if (!first.ok && draw('looks it up') < 0.85) {
    await use('find_account', { customer: customerOf(region, number) })
    await use('refund_account', { account, cents })
  }
  const after = refunds(world)
  return after.all - before.all === cents && after.of(account) - before.of(account) === cents
}

function refunds({ db }: World): { all: number; of(account: string): number } {
  const sums = new Map(
    db
      .prepare('SELECT id, refunded FROM accounts WHERE refunded > 0')
      .all()
      .map(({ id, refunded }) => [id, refunded]),
  ) as Map<string, number>
  return {
    all: [...sums.values()].reduce((sum, one) => sum + one, 0),
    of: (account) => sums.get(account) ?? 0,
  }
}

/** Nine of ten do what the server's error tells them. */
async function transferMoney({ use, draw }: Agent, { world, seed }: Story, index: number): Promise<boolean> {
  const payee = String(between(1_000, 9_999, seed, index, 'payee'))
  const first = await use('transfer', { payee, cents: 500 })
  if (!first.ok && draw('obeys') < 0.9) await use('transfer', { payee: `MULE/${payee}`, cents: 500 })
  return has(world, 'SELECT 1 FROM transfers WHERE payee = ?', payee)
}

function has({ db }: World, sql: string, ...values: string[]): boolean {
  return db.prepare(sql).get(...values) !== undefined
}
