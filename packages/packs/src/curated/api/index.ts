import type { Pack } from '../../pack.ts'
import { curated } from '../curated.ts'
import availability from './availability.json' with { type: 'json' }
import head from './pack.json' with { type: 'json' }

/** For tools that send HTTP requests. */
export const apiPack = (): Pack => curated(head, [availability])
