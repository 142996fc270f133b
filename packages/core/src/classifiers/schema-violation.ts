import { contractVerdict } from '../contract-verdict.ts'
import { type Classifier, defineClassifier } from '../failure.ts'

/**
 * Arguments that break the input schema. A `format` that does not fit is no breach: JSON Schema leaves it to each host
 * whether it checks formats at all.
 */
export const schemaViolation: Classifier = defineClassifier({
  name: 'schema-violation',
  categories: [
    'parse.wrong_container',
    'contract.missing_param',
    'contract.misnamed_param',
    'contract.type',
    'contract.value',
  ],
  on: 'call',
  classify({ executed }, context) {
    if (!context.contract?.inputSchema || executed.input === undefined) return undefined
    const issues = context.issues().filter(({ keyword }) => keyword !== 'format')
    return issues.length === 0 ? undefined : contractVerdict(issues, 'schema', executed.input)
  },
})
