import { pathSegments, valuesAt } from '../../json.ts'
import { schemaAt, schemaCheck } from '../../schema.ts'
import { type Tool, toolKey } from '../../tool.ts'
import { generalPath } from '../diff.ts'
import { type Covered, draftOf, groupBy } from '../draft.ts'
import { defineInducer, type Evidence, type Inducer } from '../evidence.ts'

type Found = { argument: string; path: string; source: Tool; covered: Covered }

/**
 * Proposes to explain where a value comes from: an argument is missing or wrong whose description in the contract names
 * another tool of the same server (`file_hash: … when read_file is called`).
 */
export const namedSourceInducer: Inducer = defineInducer({
  name: 'named-source',
  *propose(evidence) {
    const found = [...sourcesIn(evidence)]
    for (const same of groupBy(found, ({ argument, source }) => `${argument} ${toolKey(source)}`).values()) {
      const { argument, path, source } = same[0] as Found
      yield draftOf(evidence, {
        inducer: 'named-source',
        kind: 'explain-error',
        options: { advice: 'look-up', slots: { argument, tool: source.name } },
        path,
        covered: same.map(({ covered }) => covered),
      })
    }
  },
})

function* sourcesIn({ contract, failures, tool, siblings }: Evidence): Iterable<Found> {
  const schema = contract?.inputSchema
  const others = (siblings?.() ?? []).map((one) => one.tool).filter(({ origin }) => origin === tool.origin)
  if (!schema || others.length === 0) return
  for (const failed of failures) {
    const { input } = failed
    const issues = input === undefined ? [] : schemaCheck(schema)(input)
    for (const { path: place, kind } of issues) {
      const path = generalPath(place)
      // A value that is there and of another type than the id it should be is no better than none.
      if (kind === 'unexpected' || (kind !== 'missing' && valuesAt(input, place).length === 0)) continue
      const description = schemaAt(schema, path)?.description
      const named =
        typeof description === 'string' ? others.filter(({ name }) => names(description, name)) : []
      const argument = pathSegments(path)
        .filter((segment) => segment !== '*')
        .join('.')
      const [source] = named
      if (!source || named.length > 1 || !isSlot(argument) || !isSlot(source.name)) continue
      yield { argument, path, source, covered: { failed, paired: false } }
    }
  }
}

/** The name as a whole word; a name that is one common word could be a word of the sentence. */
function names(description: string, name: string): boolean {
  if (!/[_\d-]|\p{Ll}\p{Lu}/u.test(name)) return false
  const at = description.indexOf(name)
  if (at < 0) return false
  return !/[\w-]/.test(`${description[at - 1] ?? ''}${description[at + name.length] ?? ''}`)
}

function isSlot(text: string): boolean {
  return text.length > 0 && text.length <= 64 && !/\s/.test(text)
}
