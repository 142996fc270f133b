import type { Inducer } from '../evidence.ts'
import { affixInducer } from './affix.ts'
import { aliasInducer } from './alias.ts'
import { breakLoopInducer } from './break-loop.ts'
import { coercionInducer } from './coercion.ts'
import { commandInducer } from './command.ts'
import { contractInducer } from './contract.ts'
import { dateFormatInducer } from './date-format.ts'
import { descriptionPatchInducer } from './description-patch.ts'
import { dropArgumentInducer } from './drop-argument.ts'
import { exclusionInducer } from './exclusion.ts'
import { explainErrorInducer } from './explain-error.ts'
import { joinedListInducer } from './joined-list.ts'
import { knownCorrectionInducer } from './known-correction.ts'
import { learntMapInducer } from './learnt-map.ts'
import { missingArgumentInducer } from './missing-argument.ts'
import { namedSourceInducer } from './named-source.ts'
import { numberFormatInducer } from './number-format.ts'
import { prerequisiteInducer } from './prerequisite.ts'
import { repairJsonInducer } from './repair-json.ts'
import { respellingInducer } from './respelling.ts'
import { retryInducer } from './retry.ts'
import { sequenceInducer } from './sequence.ts'
import { sqlNamesInducer } from './sql-names.ts'
import { tableNamesInducer } from './table-names.ts'
import { toolAliasInducer } from './tool-alias.ts'
import { totalsInducer } from './totals.ts'
import { unitInducer } from './unit.ts'
import { valueMapInducer } from './value-map.ts'

export {
  affixInducer,
  aliasInducer,
  breakLoopInducer,
  coercionInducer,
  commandInducer,
  contractInducer,
  dateFormatInducer,
  descriptionPatchInducer,
  dropArgumentInducer,
  exclusionInducer,
  explainErrorInducer,
  joinedListInducer,
  knownCorrectionInducer,
  learntMapInducer,
  missingArgumentInducer,
  namedSourceInducer,
  numberFormatInducer,
  prerequisiteInducer,
  repairJsonInducer,
  respellingInducer,
  retryInducer,
  sequenceInducer,
  sqlNamesInducer,
  tableNamesInducer,
  toolAliasInducer,
  totalsInducer,
  unitInducer,
  valueMapInducer,
}

/** The inducers that come with the library. */
export const builtinInducers: readonly Inducer[] = [
  repairJsonInducer,
  aliasInducer,
  toolAliasInducer,
  coercionInducer,
  contractInducer,
  joinedListInducer,
  valueMapInducer,
  learntMapInducer,
  dateFormatInducer,
  numberFormatInducer,
  unitInducer,
  affixInducer,
  exclusionInducer,
  respellingInducer,
  commandInducer,
  knownCorrectionInducer,
  sqlNamesInducer,
  tableNamesInducer,
  dropArgumentInducer,
  missingArgumentInducer,
  prerequisiteInducer,
  sequenceInducer,
  retryInducer,
  breakLoopInducer,
  totalsInducer,
  namedSourceInducer,
  descriptionPatchInducer,
  explainErrorInducer,
]
