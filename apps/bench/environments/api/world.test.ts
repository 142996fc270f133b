import { expect, it } from 'vitest'
import { apiWorld } from './world.ts'

const world = apiWorld()
const environment = world.open()
const habits = Object.values(world.habits).flatMap((inclinations) => inclinations.map(({ habit }) => habit))
const solutions = environment.tasks.map((_, seed) => environment.solution(seed))

it.each(habits.map((habit) => [habit.name, habit] as const))('%s: a habit that shows', (_, habit) => {
  if (!('write' in habit)) throw new Error('it writes nothing')
  let shown = 0
  for (const call of solutions.flat()) {
    const written = habit.write(call, { contract: undefined, chance: () => 0.5 })
    if (written === undefined) continue
    expect(written).not.toEqual({ tool: call.tool, input: call.input })
    shown++
  }
  expect(shown).toBeGreaterThanOrEqual(5)
})

it('two first steps can be left out, one of them in every task', () => {
  const steps = (calls: (typeof solutions)[number]) =>
    calls.filter(({ role }) => role === 'prerequisite').map(({ tool }) => tool)
  expect(solutions.every((calls) => steps(calls).includes('open_session'))).toBe(true)
  const templates = environment.tasks.filter((_, seed) => steps(solutions[seed] ?? []).includes('hold_room'))
  expect(new Set(templates.map(({ template }) => template)).size).toBe(3)
})

it('a request may be repeated by its user’s word where it reads or has a key', () => {
  const { idempotent, readOnly } = world.config.tools?.http_request ?? {}
  if (typeof idempotent !== 'function' || typeof readOnly !== 'function') throw new Error('says nothing')
  const call = (input: object) =>
    ({ id: '1', tool: { origin: 'local', name: 'http_request' }, input }) as Parameters<typeof idempotent>[0]
  expect(readOnly(call({ method: 'GET' }))).toBe(true)
  expect(readOnly(call({ method: 'POST' }))).toBe(false)
  expect(idempotent(call({ method: 'POST', headers: { 'Idempotency-Key': 'a' } }))).toBe(true)
  expect(idempotent(call({ method: 'POST' }))).toBe(false)
})
