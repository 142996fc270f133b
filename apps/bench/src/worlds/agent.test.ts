import { describe, expect, it } from 'vitest'
import type { SolutionCall } from '../../environments/environment.ts'
import { type Work, work } from './agent.ts'
import { skipsPrerequisites, writes } from './contract-habits.ts'
import type { Habit, Profile, Rates, Written } from './habit.ts'
import type { Told } from './host.ts'
import { OPEN, order } from './small-world.test.support.ts'

const inWords = writes('a number in words', 'contract.type', ({ tool, input }) => {
  return tool === 'order' ? { tool, input: { ...input, count: 'two' } } : undefined
})
const SURE: Rates = { hint: 1, error: 1, blind: 0, repeat: 1, attempts: 4, failures: 10 }
const plan = [OPEN, order('lamp', 2), order('chair', 2)]

/** Fails what is written otherwise than it should be, and says what a test lets it say. */
function attendant(says: { raw?: string; hint?: string }, isRight: (written: Written) => boolean) {
  return {
    async run(written: Written): Promise<Told> {
      if ('text' in written) return { noCall: true }
      const failed = !isRight(written)
      const { raw = '', hint = '' } = failed ? says : {}
      return { noCall: false, at: 0, failed, raw, hint, applied: [], executed: [], runnable: true }
    },
  }
}

const hasNumber = (written: Written) => 'input' in written && written.input.count !== 'two'

async function writtenBy(
  habit: Habit,
  rates: Partial<Rates>,
  host: Work['host'],
  of: SolutionCall[] = plan,
): Promise<unknown[]> {
  const profile: Profile = {
    ...{ name: 'careful', modelId: 'one', inclinations: [{ habit, probability: 1 }] },
    rates: { ...SURE, ...rates },
  }
  const turns = await work({ profile, plan: of, tools: [], host, keys: [1] })
  return turns.map(({ written }) => ('input' in written ? (written.input.count ?? written.tool) : written))
}

describe('a habit', () => {
  it('is shown at each call until a hint names what is right, and never again', async () => {
    const host = attendant({ hint: 'count must be a number' }, hasNumber)
    expect(await writtenBy(inWords, {}, host)).toEqual(['open', 'two', 2, 2])
  })

  it('stays where nothing that is said names it: the call is repeated, then the next one made', async () => {
    const host = attendant({ raw: 'no', hint: 'that did not work' }, hasNumber)
    expect(await writtenBy(inWords, { attempts: 2 }, host)).toEqual(['open', 'two', 'two', 'two', 'two'])
  })

  it('is given up by chance where the agent finds out by itself', async () => {
    const host = attendant({}, hasNumber)
    expect(await writtenBy(inWords, { blind: 1 }, host)).toEqual(['open', 'two', 2, 2])
  })

  it('ends the episode after too many failures', async () => {
    const host = attendant({}, hasNumber)
    expect(await writtenBy(inWords, { failures: 3 }, host)).toEqual(['open', 'two', 'two', 'two'])
  })

  it('of a text instead of a call ends it at once', async () => {
    const talks = writes('talks', 'emit.text_call', () => ({ text: 'I will now open it.' }))
    expect(
      await writtenBy(
        talks,
        {},
        attendant({}, () => true),
      ),
    ).toEqual([{ text: 'I will now open it.' }])
  })
})

describe('a step that is left out', () => {
  const opened = () => {
    let isOpen = false
    return attendant({ raw: 'closed: open it first' }, (written) => {
      if ('tool' in written && written.tool === 'open') isOpen = true
      return isOpen
    })
  }

  it('is made up for when an error names it, and the call made again', async () => {
    expect(await writtenBy(skipsPrerequisites, {}, opened())).toEqual([2, 'open', 2, 2])
  })

  it('is not made up for by who reads no errors', async () => {
    expect(await writtenBy(skipsPrerequisites, { error: 0, repeat: 0 }, opened())).toEqual([2, 2])
  })
})

it('the same episode has the same luck, whatever came of its calls', async () => {
  const shown = (host: Work['host']) => writtenBy(inWords, { hint: 0.5, error: 0.5, blind: 0.5 }, host)
  const once = await shown(attendant({ hint: 'a number' }, hasNumber))
  expect(await shown(attendant({ hint: 'a number' }, hasNumber))).toEqual(once)
})
