import type { Json } from './json.ts'
import { isExactNumber } from './json-text.ts'

const QUANTITY =
  /^(?<before>[^\d\s.,+-]*)\s?(?<number>-?(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?)\s?(?<after>[^\d.,+-][^\d]*)?$/u

/** `5 km`, `$20`, `30%`: one number with one unit before or after it; undefined for all else. */
export function quantityOf(value: Json): { value: number; unit: string } | undefined {
  const {
    before = '',
    number = '',
    after = '',
  } = (typeof value === 'string' && QUANTITY.exec(value)?.groups) || {}
  const unit = before === '' ? after.trim() : before
  if (unit === '' || (before !== '' && after !== '')) return undefined
  return isExactNumber(number, Number(number)) ? { value: Number(number), unit } : undefined
}
