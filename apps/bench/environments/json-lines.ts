import { readFileSync } from 'node:fs'

/** The rows of a `.jsonl` file, as they are written there. Throws what reading and parsing throw. */
export function jsonLines<Row>(file: string): Row[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
}
