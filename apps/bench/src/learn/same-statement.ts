import type { Json, JsonObject } from '@lifeharness/core'

const QUERY = /^\s*(?:select|with)\b/i
/** What stands in quotes; names of tables and their aliases, which MySQL tells apart by case; any other word; white space. */
const PART =
  /('(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`[^`]*`)|((?<=\b(?:from|join|as)\s+)[\p{L}_][\p{L}\p{N}_$]*|[\p{L}_][\p{L}\p{N}_$]*(?=\.))|([\p{L}_][\p{L}\p{N}_$]*)|(\s+)/giu

/**
 * Whether two inputs are the same call to a database: the same but for the letters' case of keywords and columns, and for
 * white space, in arguments that are queries. Databases read both alike, and models differ in how they write.
 */
export function sameStatement(a: Json | undefined, b: Json | undefined): boolean {
  const names = Object.keys(a ?? {})
  if (!isObject(a) || !isObject(b) || names.length !== Object.keys(b).length) return false
  return names.every((name) => {
    const [left, right] = [a[name], b[name]]
    if (typeof left !== 'string' || typeof right !== 'string')
      return JSON.stringify(left) === JSON.stringify(right)
    return left === right || (QUERY.test(left) && QUERY.test(right) && read(left) === read(right))
  })
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function read(statement: string): string {
  return statement
    .trim()
    .replace(/;$/, '')
    .replace(PART, (text, quoted?: string, table?: string, word?: string) => {
      return quoted ?? table ?? (word === undefined ? ' ' : text.toLowerCase())
    })
}
