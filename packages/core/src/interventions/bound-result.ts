import { OPTION_PATH, parentOf } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import { editAt, isJsonObject, type Json, type JsonObject, jsonEqual } from '../json.ts'
import { boundedView, isWholeView } from '../trajectory.ts'

type Options = JsonObject & ({ characters: number } | { items: number; path: string }) & { argument?: string }

/**
 * Shortens a result that would fill the model's context: a text to `characters`, or the list at `path` to `items`. What is
 * left out is counted, and said in its place: with the argument that gets the rest, where there is one. A list that is
 * the whole result stays as it is: there is no place in it to say so.
 */
export const boundResult: Kind = defineIntervention<Options>({
  kind: 'bound-result',
  layer: 'trajectory',
  risk: 'value',
  phase: 'result',
  everyResult: true,
  validation: 'edit',
  actions: ['replace-result'],
  options: {
    type: 'object',
    properties: {
      characters: { type: 'integer', minimum: 200, maximum: 16_000 },
      items: { type: 'integer', minimum: 1, maximum: 1_000 },
      path: OPTION_PATH,
      argument: { type: 'string', minLength: 1, maxLength: 64, pattern: '^\\S+$' },
    },
    oneOf: [
      { required: ['characters'], properties: { items: false, path: false } },
      { required: ['items', 'path'], properties: { characters: false } },
    ],
    additionalProperties: false,
  },
  compile({ characters, items, path, argument }: JsonObject) {
    const rest =
      argument === undefined
        ? 'Ask for less to see more of it.'
        : `For the rest, call again with the argument ${JSON.stringify(argument)}.`
    const parent = typeof path === 'string' ? parentOf(path) : undefined
    if (typeof path === 'string' && !parent) throw new Error('bound-result needs the name of a list')
    return ({ result }) => {
      if (result.outcome !== 'ok') return undefined
      if (typeof characters === 'number')
        return { type: 'replace-result', bounds: true, edit: (view) => cutTexts(view, characters, rest) }
      const limit = Number(items)
      const cut = (value: Json) =>
        parent ? editAt(value, parent.parent, (owner) => cutList(owner, parent.name, limit, rest)) : value
      const { value } = result
      const edit = (view: Json) => {
        if (isWholeView(view)) return cut(view)
        // A view that is cut itself does not say how long the list is; the value does, where this is the view of it.
        if (!isJsonObject(value) || !jsonEqual(boundedView(value), view)) return view
        const shortened = boundedView(cut(value))
        return isWholeView(shortened) ? shortened : view
      }
      return { type: 'replace-result', bounds: true, edit }
    }
  },
})

/** A text, or the text of content parts. */
function cutTexts(view: Json, characters: number, rest: string): Json {
  if (typeof view === 'string') return cutText(view, characters, rest) ?? view
  if (!isJsonObject(view) || !Array.isArray(view.content)) return view
  let changed = false
  const content = view.content.map((part) => {
    if (!isJsonObject(part) || part.type !== 'text' || typeof part.text !== 'string') return part
    const text = cutText(part.text, characters, rest)
    if (text === undefined) return part
    changed = true
    return { ...part, text }
  })
  return changed ? { ...view, content } : view
}

function cutText(text: string, characters: number, rest: string): string | undefined {
  if (text.length <= characters) return undefined
  // Half of a character is none.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(characters - 1)) ? characters - 1 : characters
  return `${text.slice(0, end)}\n[Shortened: ${end} of ${lengthOf(text)} characters. ${rest}]`
}

/** Of a text that its view has cut, the length that it had. */
function lengthOf(text: string): number {
  const [marker, more] = /… \((\d+) more characters\)$/.exec(text) ?? []
  return marker === undefined ? text.length : text.length - marker.length + Number(more)
}

function cutList(owner: Json, name: string, items: number, rest: string): Json | undefined {
  if (!isJsonObject(owner) || Object.hasOwn(owner, 'shortened')) return undefined
  const list = owner[name]
  if (!Array.isArray(list) || list.length <= items) return undefined
  return {
    ...owner,
    [name]: list.slice(0, items),
    shortened: `${items} of ${list.length} in ${name}. ${rest}`,
  }
}
