import { type AdapterCase, testAdapter } from '@lifeharness/core/testing'
import { describe, it } from 'vitest'
import { hostDriver } from './host.test.support.ts'
import { HOST_ACTIONS } from './middleware.ts'

const REPAIRED: readonly AdapterCase[] = [
  'observe mode alters nothing',
  'what is in shadow alters nothing, and is recorded',
  'the control arm is left alone, and is recorded',
  'the failure of a repaired call is the tool’s own',
  'a dead call is executed repaired and recorded with before and after',
  'arguments that do not parse are executed repaired',
  'an unknown tool is executed under its learnt name',
  'two interventions act on one call',
  'the history of a repaired dead call says what is executed',
  'replace-call: what was done to a call is visible to the developer',
  'a repaired call leaves its siblings alone',
  'an agent inside a tool is an episode of its own',
]

for (const how of ['generateText', 'ToolLoopAgent', 'streamText'] as const) {
  testAdapter({
    name: `ai-sdk ${how}`,
    describe,
    it,
    actions: HOST_ACTIONS,
    createDriver: (lifeHarness, tools) => hostDriver(how, lifeHarness, tools),
    // The host has no control flow of its own inside tools; Next.js ends a request this way.
    interrupt() {
      throw Object.assign(new Error('the response was aborted'), { name: 'ResponseAborted' })
    },
    cannot:
      how === 'streamText'
        ? Object.fromEntries(REPAIRED.map((title) => [title, 'streams are only observed']))
        : { 'a stream is the same part by part': 'it does not stream' },
  })
}
