import { type Classifier, defineClassifier } from '../failure.ts'
import { TEXT_CALL_CODE } from '../text-call-code.ts'
import { verdict } from '../verdict.ts'

/** A call that a model wrote as text, so that no host executed it: the runtime itself says so. */
export const textCall: Classifier = defineClassifier({
  name: 'text-call',
  categories: ['emit.text_call'],
  on: 'step',
  classify({ executed, result }) {
    if (result.error?.code !== TEXT_CALL_CODE || executed.rawInput === undefined) return undefined
    return verdict('emit.text_call', 'typed', executed.rawInput)
  },
})
