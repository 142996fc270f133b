import type { Kind } from '../intervention.ts'
import { affixValue } from './affix-value.ts'
import { annotateResult } from './annotate-result.ts'
import { boundResult } from './bound-result.ts'
import { breakLoop } from './break-loop.ts'
import { circuitBreak } from './circuit-break.ts'
import { coerceArgument } from './coerce-argument.ts'
import { deduplicateCall } from './deduplicate-call.ts'
import { dropArgument } from './drop-argument.ts'
import { excludeArgument } from './exclude-argument.ts'
import { explainCommand } from './explain-command.ts'
import { explainError } from './explain-error.ts'
import { explainNames } from './explain-names.ts'
import { explainResponse } from './explain-response.ts'
import { fillArgument } from './fill-argument.ts'
import { gate } from './gate.ts'
import { gateAnswer } from './gate-answer.ts'
import { gateCommand } from './gate-command.ts'
import { injectSkill } from './inject-skill.ts'
import { insertStep } from './insert-step.ts'
import { joinElements } from './join-elements.ts'
import { liftProtocolError } from './lift-protocol-error.ts'
import { mapValue } from './map-value.ts'
import { moveArgument } from './move-argument.ts'
import { normaliseResult } from './normalise-result.ts'
import { patchDescription } from './patch-description.ts'
import { recallCorrection } from './recall-correction.ts'
import { reformatValue } from './reformat-value.ts'
import { renameArgument } from './rename-argument.ts'
import { renameSqlNames } from './rename-sql-names.ts'
import { renameTool } from './rename-tool.ts'
import { repairJson } from './repair-json.ts'
import { rescueTextCall } from './rescue-text-call.ts'
import { respellValue } from './respell-value.ts'
import { retry } from './retry.ts'
import { rewriteCommand } from './rewrite-command.ts'
import { sequenceCard } from './sequence-card.ts'
import { setHeader } from './set-header.ts'
import { stripUnit } from './strip-unit.ts'
import { suggestCommand } from './suggest-command.ts'
import { tightenSchema } from './tighten-schema.ts'
import { unwrapArgument } from './unwrap-argument.ts'
import { warnBudget } from './warn-budget.ts'
import { wrapArgument } from './wrap-argument.ts'

export {
  affixValue,
  annotateResult,
  boundResult,
  breakLoop,
  circuitBreak,
  coerceArgument,
  deduplicateCall,
  dropArgument,
  excludeArgument,
  explainCommand,
  explainError,
  explainNames,
  explainResponse,
  fillArgument,
  gate,
  gateAnswer,
  gateCommand,
  injectSkill,
  insertStep,
  joinElements,
  liftProtocolError,
  mapValue,
  moveArgument,
  normaliseResult,
  patchDescription,
  recallCorrection,
  reformatValue,
  renameArgument,
  renameSqlNames,
  renameTool,
  repairJson,
  rescueTextCall,
  respellValue,
  retry,
  rewriteCommand,
  sequenceCard,
  setHeader,
  stripUnit,
  suggestCommand,
  tightenSchema,
  unwrapArgument,
  warnBudget,
  wrapArgument,
}

/** The kinds that come with the library. */
export const builtinKinds: readonly Kind[] = [
  rescueTextCall,
  repairJson,
  renameTool,
  unwrapArgument,
  wrapArgument,
  renameArgument,
  moveArgument,
  coerceArgument,
  joinElements,
  stripUnit,
  mapValue,
  reformatValue,
  affixValue,
  respellValue,
  rewriteCommand,
  recallCorrection,
  renameSqlNames,
  dropArgument,
  excludeArgument,
  fillArgument,
  setHeader,
  gate,
  gateCommand,
  deduplicateCall,
  insertStep,
  retry,
  circuitBreak,
  liftProtocolError,
  normaliseResult,
  boundResult,
  annotateResult,
  breakLoop,
  explainNames,
  explainResponse,
  suggestCommand,
  explainCommand,
  explainError,
  gateAnswer,
  patchDescription,
  tightenSchema,
  sequenceCard,
  injectSkill,
  warnBudget,
]
