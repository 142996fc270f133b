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

/**
 * Two spellings of one unit: `KM` and `km`, `Minutes` and `minutes`. Capitals tell units apart (`mW` and `MW`, `Mb` and
 * `MB`, `m` and `M`), so only what capitals cannot have made another unit is taken for it.
 */
export function sameUnit(a: string, b: string): boolean {
  if (a === b) return true
  if (a.length < 2 || a.toLowerCase() !== b.toLowerCase() || TOLD_APART.test(a)) return false
  return isCasual(a) && isCasual(b)
}

/**
 * Units of which capitals make others, so that one case throughout is not casual: `mw` may be `mW`, and `MW` is a million
 * times as much; a `Cal` is a thousand `cal`, a `Bps` eight `bps`, and `nm` no `Nm`.
 */
const TOLD_APART = /^(?:[mp](?:wh?|v|a|ah|va|j|n|f|hz|pa)|[pyz][smg]|k?cal|[kmgt]?[bo]ps|nm)$/i

/** One case throughout, or a word that begins with a capital: `Km`, `Dollars`. */
function isCasual(unit: string): boolean {
  return (
    unit === unit.toLowerCase() ||
    unit === unit.toUpperCase() ||
    /^(?!M\p{Ll}{0,3}$)\p{Lu}[\p{Ll} ]*(?<!\p{Lu}b)$/u.test(unit)
  )
}
