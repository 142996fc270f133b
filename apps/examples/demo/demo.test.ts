import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Event } from '@lifeharness/core'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import {
  type Environment,
  type EpisodeReport,
  runEpisode,
  startEnvironment,
  stopEnvironment,
} from './agent.ts'
import { audit } from './audit.ts'
import { evaluationTemplates } from './evaluation-tasks.ts'
import { HABITS } from './habits.ts'
import { train } from './phases.ts'
import { wrapped } from './print.ts'
import { STATUSES } from './shop.ts'
import { estimate } from './statistics.ts'
import { makeTask, TRAINING, UNSEEN } from './task.ts'
import { trainingTemplates } from './training-tasks.ts'

const root = join(import.meta.dirname, '../../..')

describe('no habit of the demo is known to the packages', () => {
  /** What a faultless agent writes, so that each habit has something to get wrong. */
  const meant: Record<string, Record<string, string | number>[]> = {
    // No task sets an order to pending.
    set_order_status: STATUSES.slice(1).map((status) => ({ order_no: 1042, status })),
    list_orders: [{ customer_no: 11 }],
    check_address: [{ order_no: 1042 }],
    book_pickup: ['FORENOON', 'AFTERNOON'].map((window) => ({ order_no: 1042, date: '2026-05-13', window })),
    refund_order: [{ order_no: 1042, currency: 'EUR', reason: 'wrong size', amount_cents: 1200 }],
    read_text_file: [{ path: '/tmp/desk-a1b2c3/inbox/note.txt' }],
    track_parcel: [{ ref: 'EU-1042' }],
  }
  const literals = new Set(
    HABITS.flatMap(({ tool, argument, write }) =>
      meant[tool]!.flatMap((input) => {
        const written = write(input)
        if (!written) return []
        const names = Object.keys(written).filter((name) => !(name in input))
        const renamed = names.length > 0
        return [...names, ...(renamed ? [argument] : [String(written[argument]), String(input[argument])])]
      }),
    ),
  )
  // Plain numbers and capital letters are everywhere; words, names, dates and paths are what could be cheated with.
  const words = [...literals].filter((literal) => /[a-z]|\d\D\d/.test(literal))
  const sources = globSync('packages/*/src/**/*.ts', { cwd: root }).filter((path) => !path.includes('.test.'))

  it('finds habits and sources to look through', () => {
    expect(words).toEqual(
      expect.arrayContaining(['customerNo', 'orderNo', 'Shelved', '05/13/2026', 'forenoon']),
    )
    expect(sources.length).toBeGreaterThan(50)
  })

  it.each([...words, 'customer_no', 'order_no', 'amount_cents'])('%s', (word) => {
    const pattern = new RegExp(`(?<![\\w/-])${word.replaceAll(/[/.]/g, '\\$&')}(?![\\w/-])`)
    expect(sources.filter((path) => pattern.test(readFileSync(join(root, path), 'utf8')))).toEqual([])
  })
})

describe('the environment and the agent', () => {
  let environment: Environment
  beforeAll(async () => {
    environment = await startEnvironment()
  })
  afterAll(() => stopEnvironment(environment))

  const faultless = (report: EpisodeReport) =>
    report.calls.every(({ failed, written, meant }) => !failed && written === meant)

  it.each([
    ['training', TRAINING],
    ['evaluation', UNSEEN],
  ] as const)('%s tasks can be done, and are done only by what was asked for', async (which, pool) => {
    const templates =
      which === 'training' ? trainingTemplates(environment.files) : evaluationTemplates(environment.files)
    for (const name of Object.keys(templates)) {
      const done: boolean[] = []
      // The luck of some episodes is that no habit and no wrong idea shows.
      for (let serial = 0; serial < 60 && !done.includes(true); serial++) {
        const task = makeTask({ [name]: templates[name]! }, pool, serial, 'test', name, serial)
        const report = await runEpisode(environment, { task, label: 'test', luck: 'test' })
        if (report.calls.some(({ failed }) => failed)) continue
        done.push(report.success)
      }
      expect(done, name).toContain(true)
    }
  })

  it('gives the same episode twice', async () => {
    const task = makeTask(trainingTemplates(environment.files), TRAINING, 7, 'twice', 7)
    const once = await runEpisode(environment, { task, label: 'once', luck: 3 })
    const again = await runEpisode(environment, { task, label: 'again', luck: 3 })
    const gist = ({ calls, success }: EpisodeReport) => [
      success,
      calls.map(({ written, failed }) => [written, failed]),
    ]
    expect(gist(again)).toEqual(gist(once))
  })

  it('reacts to failed calls as recorded agents do', async () => {
    const reports = await train(environment, undefined, { from: 0, count: 300, seed: 11 })
    let failed = 0
    let wellNext = 0
    let failedAgain = 0
    for (const { calls } of reports)
      for (const [index, call] of calls.entries()) {
        if (!call.failed) continue
        failed++
        const next = calls[index + 1]
        if (next?.tool === call.tool) next.failed ? failedAgain++ : wellNext++
      }
    expect(failed).toBeGreaterThan(150)
    // Recorded: 10 and 19 of 73; the bounds are three standard errors wide.
    expect(wellNext / failed).toBeGreaterThan(0.07)
    expect(wellNext / failed).toBeLessThan(0.21)
    expect(failedAgain / failed).toBeGreaterThan(0.17)
    expect(failedAgain / failed).toBeLessThan(0.35)
    expect(reports.some(faultless)).toBe(true)
  })
})

describe('audit', () => {
  const meant = { order_no: 1 }
  const report = (written: object, failed: boolean) =>
    ({ calls: [{ id: 'e/x/1', tool: 't', written, meant, failed }] }) as unknown as EpisodeReport
  const event = (after: object, action = 'replace-call') =>
    ({
      type: 'tool',
      call: { id: 'e/x/1', input: {} },
      executed: { input: after },
      applied: [{ intervention: 'i', arm: 'applied', action }],
    }) as unknown as Extract<Event, { type: 'tool' }>

  test.each<[string, object, object, boolean, { fired: number; fixed: number; wrong: number }]>([
    ['a repair to what was meant', { orderNo: 1 }, meant, false, { fired: 1, fixed: 1, wrong: 0 }],
    ['a repair that did not do', { orderNo: 1 }, { order_no: '1' }, true, { fired: 1, fixed: 0, wrong: 0 }],
    ['a change of a right call', meant, { order_no: 2 }, true, { fired: 1, fixed: 0, wrong: 1 }],
    [
      'a success with a wrong value',
      { order_no: '1.00' },
      { order_no: 100 },
      false,
      { fired: 1, fixed: 1, wrong: 1 },
    ],
  ])('%s', (_, written, after, failed, expected) => {
    expect(audit([report(written, failed)], [event(after)]).get('i')).toEqual(expected)
  })
})

describe('estimate', () => {
  it('is the mean with an interval around it, the same each time', () => {
    const values = Array.from({ length: 24 }, (_, index) => index % 5)
    const { mean, low, high } = estimate(values)
    expect(low).toBeLessThan(mean)
    expect(high).toBeGreaterThan(mean)
    expect(high - low).toBeLessThan(2)
    expect(estimate(values)).toEqual({ mean, low, high })
  })

  it('has no width where nothing varies', () => {
    expect(estimate([3, 3, 3])).toEqual({ mean: 3, low: 3, high: 3 })
  })
})

test('wrapping keeps every word and the width', () => {
  expect(wrapped('aa bb cccccc d', 5)).toEqual(['aa bb', 'ccccc', 'c d'])
})
