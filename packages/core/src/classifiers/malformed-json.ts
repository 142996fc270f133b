import { type Classifier, defineClassifier } from '../failure.ts'
import { scanJsonText } from '../json-text.ts'
import { verdict } from '../verdict.ts'

/** Arguments that are no JSON: cut short (a text or bracket left open), or malformed in another way. */
export const malformedJson: Classifier = defineClassifier({
  name: 'malformed-json',
  categories: ['emit.truncated', 'parse.malformed_json', 'parse.wrong_container'],
  on: 'call',
  classify({ executed: { rawInput, input } }, { contract }) {
    if (rawInput !== undefined) {
      // What ends in a closing bracket was written to its end, however wrong its quotes are.
      const cut = /[^\s}\]]\s*$/.test(rawInput) && scanJsonText(rawInput).form === 'truncated'
      return verdict(cut ? 'emit.truncated' : 'parse.malformed_json', 'typed', rawInput)
    }
    // Arguments are an object, whatever the contract says of its members.
    if (input === undefined || contract?.inputSchema) return undefined
    const isObject = typeof input === 'object' && input !== null && !Array.isArray(input)
    return isObject
      ? undefined
      : verdict('parse.wrong_container', 'schema', JSON.stringify(input), { path: '' })
  },
})
