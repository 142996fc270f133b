import { expect, test } from 'vitest'
import { shortHash } from '../hash.ts'
import { migrations } from './migrations.ts'

// Files exist that have taken these steps. A new step adds a line; a line that is here is never changed.
const RELEASED: readonly string[] = ['268913303089e4d0', '9b9b3cdbfba7bbbc']

test('migrations are only ever appended', () => {
  expect(migrations.map((step) => shortHash(step.replace(/\s+/g, ' ')))).toEqual(RELEASED)
})
