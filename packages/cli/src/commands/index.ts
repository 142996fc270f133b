import type { Command } from '../command.ts'
import { activate } from './activate.ts'
import { doctor } from './doctor.ts'
import { explain } from './explain.ts'
import { exportCommand } from './export.ts'
import { kill } from './kill.ts'
import { learn } from './learn.ts'
import { mcp } from './mcp.ts'
import { mine } from './mine.ts'
import { pack } from './pack/index.ts'
import { report } from './report.ts'
import { retire } from './retire.ts'
import { revive } from './revive.ts'
import { show } from './show.ts'
import { suspend } from './suspend.ts'
import { undo } from './undo.ts'

/** In the order of the help: as one would use them. */
export const commands: readonly Command[] = [
  ...[mine, report, doctor, show, explain],
  ...[activate, suspend, retire, undo, kill, revive],
  ...[learn, pack, exportCommand, mcp],
]
