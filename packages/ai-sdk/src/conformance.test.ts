import { testAdapter } from '@lifeharness/core/testing'
import { describe, it } from 'vitest'
import { hostDriver } from './host.test.support.ts'

for (const how of ['generateText', 'ToolLoopAgent'] as const) {
  testAdapter({
    name: `ai-sdk ${how}`,
    describe,
    it,
    createDriver: (lifeHarness, tools) => hostDriver(how, lifeHarness, tools),
  })
}

testAdapter({
  name: 'ai-sdk streamText',
  describe,
  it,
  createDriver: (lifeHarness, tools) => hostDriver('streamText', lifeHarness, tools),
  cannot: {
    'a dead call is executed repaired and recorded with before and after': 'streams are only observed',
  },
})
