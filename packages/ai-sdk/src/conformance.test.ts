import { type AdapterCase, testAdapter } from '@lifeharness/core/testing'
import { describe, it } from 'vitest'
import { ask, hostDriver, MAJORS } from './host.test.support.ts'
import { HOST_ACTIONS } from './turn.ts'

const LIVE_REPORT: AdapterCase = 'replace-call: what was done to a live call is visible to the developer'

for (const [major, host] of Object.entries(MAJORS))
  for (const how of Object.keys(ask) as (keyof typeof ask)[])
    testAdapter({
      name: `ai-sdk ${major} ${how}`,
      describe,
      it,
      actions: HOST_ACTIONS,
      createDriver: (lifeHarness, tools) => hostDriver(how, lifeHarness, tools, host),
      // The host has no control flow of its own inside tools; Next.js ends a request this way.
      interrupt() {
        throw Object.assign(new Error('the response was aborted'), { name: 'ResponseAborted' })
      },
      cannot: {
        ...(how === 'streamText' ? {} : { 'a stream is the same part by part': 'it does not stream' }),
        ...(host === MAJORS[5] ? { [LIVE_REPORT]: 'results have no place for it' } : {}),
      },
    })
