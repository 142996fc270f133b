/**
 * A name or literal without case, and without the marks that part its words: `orderId`, `order_id` and `Order ID` are
 * one spelling, and so are `in progress` and `IN_PROGRESS`. Marks between digits and at the ends say something
 * (`1-2`, `-5`, `<=`) and stay, and so does the plural's s.
 */
export function plainSpelling(text: string): string {
  return text.normalize('NFC').trim().replace(PARTING_MARKS, '').toLowerCase()
}

const PARTING_MARKS =
  /(?<=\p{L}\p{M}*)[\s._:/-]+(?=[\p{L}\p{N}])|(?<=\p{N})[\s._:/-]+(?=\p{L})|(?<=_)_+|(?<=\p{L}\p{M}*)_+(?=[\p{L}\p{N}])/gu
