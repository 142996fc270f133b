import { editAt, type Json, jsonEqual } from '../../json.ts'
import { quantityOf, sameUnit } from '../../quantity.ts'
import { allowedTypes } from '../../schema.ts'
import { argumentSchema } from '../../tool.ts'
import { namesAnotherUnit } from '../cold/units.ts'
import { editsOf } from '../diff.ts'
import { type Covered, draftOf, groupBy, literalScope, sparesSuccesses } from '../draft.ts'
import { defineInducer, type Evidence, type Inducer } from '../evidence.ts'

/** `km`, `€`; more words than one are a text of somebody's. */
const UNIT = /^\S{1,16}$/

type Stripped = { path: string; unit: string; covered: Covered }

/**
 * Proposes `strip-unit` where the contract wants a number and pairs show the unit being left away, the number unchanged:
 * `$20` → 20, `5 km` → 5. Only units that were seen; none where the argument's words name another one of its kind.
 */
export const unitInducer: Inducer = defineInducer({
  name: 'unit',
  *propose(evidence) {
    const found = strippedIn(evidence)
    for (const [path, ofOne] of groupBy(found, (one) => one.path)) {
      if (!ofOne.some(({ covered }) => covered.paired)) continue
      const scope = literalScope(ofOne.map(({ covered }) => covered.failed))
      if (!scope) continue
      const units = [...new Set(ofOne.map(({ unit }) => unit))].sort()
      const strip = (value: Json) => {
        const quantity = quantityOf(value)
        return quantity && units.some((unit) => sameUnit(unit, quantity.unit)) ? quantity.value : undefined
      }
      if (!sparesSuccesses(evidence, undefined, (input) => editAt(input, path, strip))) continue
      yield draftOf(evidence, {
        inducer: 'unit',
        kind: 'strip-unit',
        options: { path, units },
        path,
        ...scope,
        covered: ofOne.map(({ covered }) => covered),
      })
    }
  },
})

function strippedIn({ pairs, contract }: Evidence): Stripped[] {
  return editsOf(pairs).flatMap(({ pair, before: input, after: success, changes }) =>
    changes.flatMap(({ type, path, before, after }): Stripped[] => {
      const quantity = type === 'changed' && before !== undefined ? quantityOf(before) : undefined
      if (!quantity || after !== quantity.value || !UNIT.test(quantity.unit)) return []
      const schema = argumentSchema(contract, path)
      const types = allowedTypes(schema, contract?.inputSchema)
      if (types.includes('string') || namesAnotherUnit(quantity.unit, path, schema ?? {})) return []
      const expect = editAt(input, path, (value) => (value === before ? after : undefined))
      const paired = jsonEqual(expect ?? null, success)
      return [{ path, unit: quantity.unit, covered: { failed: pair.failed, expect, paired } }]
    }),
  )
}
