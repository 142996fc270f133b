import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MASKS } from './mask.ts'
import { masker } from './masks.ts'

const PIECES =
  'Error: |expected string|got |an |array|"a b"|\'x\'|`y`|«z»|“w”|„v“|「日本」|»u«|user@example.org|https://a.b/c?d=1|/var/log/x.txt|' +
  'C:\\temp\\a|report.csv|2024-05-13|13/05/2024|0xff|deadbeef12|W-123|order_id|orderId|parse(|Foo.bar(|--force| -n |12.5%|-3|' +
  'body/items/0|<b>bold</b>|<br>|6F9619FF-8B86-D011-B42D-00CF4FC964FF|f|e|1| |\n|:|.|_|@|/|<|>|(|)|,'

describe('masker', () => {
  it('does what all masks in their order do', () => {
    const quick = masker(MASKS)
    assert(
      property(array(constantFrom(...PIECES.split('|')), { maxLength: 12 }), (pieces) => {
        const text = pieces.join('')
        let masked = text
        for (const [pattern, mask] of MASKS) masked = masked.replace(pattern, mask as string)
        expect(quick(text)).toBe(masked)
      }),
      { numRuns: 3_000 },
    )
  })

  it.each<[string, string]>([
    ['IN 12 DAYS', 'IN <n> DAYS'],
    ['„Käse“ fehlt', '<q> fehlt'],
    ['no such thing', 'no such thing'],
  ])('makes %j %j', (text, masked) => {
    expect(masker(MASKS)(text)).toBe(masked)
  })
})
