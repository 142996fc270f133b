import type { Classifier } from '../failure.ts'
import { declaredOutcome } from './declared-outcome.ts'
import { errorText } from './error-text.ts'
import { httpStatus } from './http-status.ts'
import { malformedJson } from './malformed-json.ts'
import { namedCode } from './named-code.ts'
import { programFault } from './program-fault.ts'
import { protocolError } from './protocol-error.ts'
import { repeatedCall } from './repeated-call.ts'
import { schemaViolation } from './schema-violation.ts'
import { shellExit } from './shell-exit.ts'
import { silentAnswer } from './silent-answer.ts'
import { softFailure } from './soft-failure.ts'
import { sqlState } from './sql-state.ts'
import { systemError } from './system-error.ts'
import { textCall } from './text-call.ts'
import { timeout } from './timeout.ts'
import { toolException } from './tool-exception.ts'
import { unknownTool } from './unknown-tool.ts'
import { validationMessage } from './validation-message.ts'
import { weighedWords } from './weighed-words.ts'

export {
  declaredOutcome,
  errorText,
  httpStatus,
  malformedJson,
  namedCode,
  programFault,
  protocolError,
  repeatedCall,
  schemaViolation,
  shellExit,
  silentAnswer,
  softFailure,
  sqlState,
  systemError,
  timeout,
  toolException,
  unknownTool,
  validationMessage,
  weighedWords,
}

/** The classifiers that come with the library; the strongest evidence decides, not the order. */
export const builtinClassifiers: readonly Classifier[] = [
  textCall,
  malformedJson,
  unknownTool,
  schemaViolation,
  declaredOutcome,
  validationMessage,
  httpStatus,
  timeout,
  systemError,
  sqlState,
  namedCode,
  protocolError,
  programFault,
  silentAnswer,
  shellExit,
  toolException,
  repeatedCall,
  softFailure,
  errorText,
  weighedWords,
]
