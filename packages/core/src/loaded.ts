/** What every life harness loads when it starts, in one piece: chunks that share modules take more room than one. */
export { askResult } from './ask-result.ts'
export { classifyStep } from './classify.ts'
export { guide, illegalInsertion, insertedNote, isAdded } from './guidance.ts'
export { createRedactor } from './redact.ts'
export { redactEvent } from './redact-event.ts'
export { rescueText } from './rescue.ts'
export { restraint } from './restraint.ts'
export { runCall, settle } from './run.ts'
