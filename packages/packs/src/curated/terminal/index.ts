import type { Pack } from '../../pack.ts'
import { curated } from '../curated.ts'
import courses from './courses.json' with { type: 'json' }
import head from './pack.json' with { type: 'json' }

/** For tools that run a shell command line. */
export const terminalPack = (): Pack => curated(head, [courses])
