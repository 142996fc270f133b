import { testAdapter } from '@lifeharness/core/testing'
import { describe, it } from 'vitest'
import { hostDriver } from './host.test.support.ts'
import { HOST_ACTIONS } from './turn.ts'

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
    cannot: how === 'streamText' ? {} : { 'a stream is the same part by part': 'it does not stream' },
  })
}
