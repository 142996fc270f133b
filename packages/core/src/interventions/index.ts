import type { Kind } from '../intervention.ts'
import { affixValue } from './affix-value.ts'
import { breakLoop } from './break-loop.ts'
import { coerceArgument } from './coerce-argument.ts'
import { explainError } from './explain-error.ts'
import { mapValue } from './map-value.ts'
import { reformatValue } from './reformat-value.ts'
import { renameArgument } from './rename-argument.ts'
import { repairJson } from './repair-json.ts'
import { retry } from './retry.ts'

export {
  affixValue,
  breakLoop,
  coerceArgument,
  explainError,
  mapValue,
  reformatValue,
  renameArgument,
  repairJson,
  retry,
}

/** The kinds that come with the library. */
export const builtinKinds: readonly Kind[] = [
  repairJson,
  renameArgument,
  coerceArgument,
  mapValue,
  reformatValue,
  affixValue,
  retry,
  breakLoop,
  explainError,
]
