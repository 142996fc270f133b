import { isJsonObject, type Json } from '../../json.ts'
import { type Line, readLines, TEXT_LIMIT } from './lines.ts'

/** One JSON document of a file, and the line it begins on; or why that line holds none. */
export type Document = { line: number; value: Json } | { line: number; reason: string }

/**
 * The JSON documents of a file: one a line (JSONL), or one that spans the whole file (pretty-printed), which is held
 * in memory. Blank lines are passed over. Throws what the file system throws.
 */
export async function* readDocuments(file: string, limit: number = TEXT_LIMIT): AsyncGenerator<Document> {
  /** The lines from the first on, while they may be the lines of one document. */
  let held: Line[] | undefined = []
  let size = 0
  for await (const line of readLines(file, limit)) {
    if (line.text?.trim() === '') continue
    const document = parseLine(line)
    if (!held) {
      yield document
      continue
    }
    if (held.length === 0 ? isOneLine(line, document) : isSecondRecord(held, document)) {
      for (const earlier of held) yield parseLine(earlier)
      held = undefined
      yield document
      continue
    }
    held.push(line)
    size += line.text?.length ?? limit
    if (size <= limit) continue
    for (const earlier of held) yield parseLine(earlier)
    held = undefined
  }
  if (held?.length) yield* wholeFile(held)
}

function parseLine({ line, text }: Line): Document {
  if (text === undefined) return { line, reason: 'the line is too long to be read' }
  try {
    return { line, value: JSON.parse(text) as Json }
  } catch (error) {
    return { line, reason: notJson(error) }
  }
}

function isOneLine({ text }: Line, document: Document): boolean {
  return 'value' in document || text === undefined || !/^\s*[[{]/.test(text)
}

/** The first line was no document, but the second is one: the first was a broken record, not an opening bracket. */
function isSecondRecord(held: readonly Line[], document: Document): boolean {
  if (held.length !== 1 || held[0]?.text?.trim() === '[') return false
  return 'value' in document && (isJsonObject(document.value) || Array.isArray(document.value))
}

function* wholeFile(held: readonly Line[]): Generator<Document> {
  const line = held[0]?.line ?? 1
  let broken: Document
  try {
    yield { line, value: JSON.parse(held.map(({ text }) => text ?? '').join('\n')) as Json }
    return
  } catch (error) {
    broken = { line, reason: notJson(error) }
  }
  const documents = held.map(parseLine)
  // One broken document is one problem, not one for each of its lines.
  if (documents.some((document) => 'value' in document && isJsonObject(document.value))) yield* documents
  else yield broken
}

function notJson(error: unknown): string {
  return `not valid JSON: ${(error instanceof Error ? error.message : String(error)).slice(0, 160)}`
}
