import type { Pack } from '../../pack.ts'
import { curated } from '../curated.ts'
import availability from './availability.json' with { type: 'json' }
import courses from './courses.json' with { type: 'json' }
import head from './pack.json' with { type: 'json' }
import requests from './requests.json' with { type: 'json' }
import responses from './responses.json' with { type: 'json' }
import values from './values.json' with { type: 'json' }

/** For tools that talk to an HTTP API. */
export const apiPack = (): Pack => curated(head, [availability, responses, requests, values, courses])
