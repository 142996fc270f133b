import type { ActionType } from '@lifeharness/core'
import { describe, expect, it } from 'vitest'
import type { SolutionCall } from '../../environments/environment.ts'
import type { Turn } from './agent.ts'
import { audit, openElsewhere } from './audit.ts'
import { wrongIdea } from './contract-habits.ts'
import { OPEN, OPEN_MS, order, shop } from './small-world.test.support.ts'

const BEGAN = Date.UTC(2026, 0, 1)
const elsewhere = openElsewhere({ open: shop })

type Happened = {
  written?: SolutionCall
  meant?: SolutionCall
  ran: readonly SolutionCall[]
  /** Of the layer, if it did anything. */
  did?: ActionType
  arm?: 'applied' | 'control'
  at?: number
  habit?: string
  failed?: boolean
}

function turn({
  written,
  meant = order('lamp', 2),
  ran,
  did,
  arm = 'applied',
  at = 0,
  habit,
  failed = false,
}: Happened): Turn {
  const { tool, input } = written ?? meant
  return {
    meant,
    written: { tool, input },
    habit,
    told: {
      ...{ noCall: false, at: BEGAN + at, failed, raw: '', hint: '', runnable: true },
      executed: ran.map((call) => ({ ...call, at: BEGAN + at })),
      applied: did ? [{ intervention: 'one', version: 1, arm, action: did, dead: false }] : [],
    },
  }
}

async function whyWrong(...turns: Turn[]): Promise<(string | undefined)[]> {
  const report = {
    ...({ id: 'e', profile: 'careful', seed: 0, template: 'order', success: true } as const),
    turns,
  }
  const { wrong } = await audit(elsewhere, { ...report, failed: 0, began: BEGAN, elapsedMs: 0 })
  return wrong.map(({ why }) => why)
}

const opened = turn({ meant: OPEN, ran: [OPEN] })
const AS_WRITTEN = 'would have succeeded as it was written'
const OTHER = 'did something else than was meant'

describe('what was right is found', () => {
  it.each<[string, Turn[], string[]]>([
    [
      'an edit of a call that succeeds as it is',
      [opened, turn({ ran: [order('lamp', 3)], did: 'replace-call' })],
      [AS_WRITTEN, OTHER],
    ],
    ['a block', [opened, turn({ ran: [], did: 'respond', failed: true })], [AS_WRITTEN]],
    [
      'a step that was done already',
      [opened, turn({ ran: [OPEN, order('lamp', 2)], did: 'insert-call' })],
      [AS_WRITTEN],
    ],
    [
      'an edit to something else',
      [opened, turn({ written: order('lamp', '2'), ran: [order('lamp', 20)], did: 'replace-call' })],
      [OTHER],
    ],
    [
      'a correction after the failure to something else',
      [
        opened,
        turn({ written: order('lamp', '2'), ran: [order('lamp', '2'), order('lamp', 3)], did: 'retry' }),
      ],
      [OTHER],
    ],
  ])('%s', async (_, turns, wrong) => {
    expect(await whyWrong(...turns)).toEqual(wrong)
  })
})

describe('nothing is said against', () => {
  it.each<[string, Turn[]]>([
    [
      'an edit to what was meant',
      [opened, turn({ written: order('lamp', '2'), ran: [order('lamp', 2)], did: 'replace-call' })],
    ],
    ['a step that was missing', [turn({ ran: [OPEN, order('lamp', 2)], did: 'insert-call' })]],
    [
      'a step before a call whose arguments are the agent’s own',
      [
        turn({
          written: order('<thing>', 2),
          ran: [OPEN, order('<thing>', 2)],
          did: 'insert-call',
          habit: 'a placeholder',
        }),
      ],
    ],
    [
      'what the control only computed',
      [opened, turn({ ran: [order('lamp', 2)], did: 'replace-call', arm: 'control' })],
    ],
    [
      'an agent that has the wrong idea',
      [
        opened,
        turn({
          written: order('lamp', '3'),
          ran: [order('lamp', 3)],
          did: 'replace-call',
          habit: wrongIdea.name,
        }),
      ],
    ],
    [
      'a step that has to be done again by then',
      [opened, turn({ ran: [OPEN, order('lamp', 2)], did: 'insert-call', at: OPEN_MS })],
    ],
  ])('%s', async (_, turns) => {
    expect(await whyWrong(...turns)).toEqual([])
  })
})

it('counts the calls that were touched', async () => {
  const turns = [opened, turn({ ran: [], did: 'respond', failed: true }), turn({ ran: [order('lamp', 2)] })]
  const report = {
    ...({ id: 'e', profile: 'careful', seed: 0, template: 'order', success: true } as const),
    turns,
  }
  expect((await audit(elsewhere, { ...report, failed: 0, began: BEGAN, elapsedMs: 0 })).touched).toBe(1)
})
