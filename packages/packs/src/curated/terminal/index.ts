import type { Pack } from '../../pack.ts'
import { curated } from '../curated.ts'
import builds from './builds.json' with { type: 'json' }
import courses from './courses.json' with { type: 'json' }
import dangers from './dangers.json' with { type: 'json' }
import explanations from './explanations.json' with { type: 'json' }
import files from './files.json' with { type: 'json' }
import git from './git.json' with { type: 'json' }
import head from './pack.json' with { type: 'json' }
import packages from './packages.json' with { type: 'json' }
import programs from './programs.json' with { type: 'json' }
import services from './services.json' with { type: 'json' }
import terminals from './terminals.json' with { type: 'json' }

/** For tools that run a shell command line. */
export const terminalPack = (): Pack =>
  curated(head, [dangers, courses, git, files, packages, builds, services, programs, terminals, explanations])
