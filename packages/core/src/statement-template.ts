/** A statement without its literals, which stand in it as `{1}`, `{2}`, …: equal literals have one number. */
export type StatementTemplate = { text: string; literals: readonly string[] }

const MAX_LENGTH = 2_000
const LITERAL = /'([^'\\]*)'|"([^"\\]*)"|(?<![\p{L}\p{N}_.$])(\d+(?:\.\d+)?)(?![\p{L}\p{N}_.])/gu

/**
 * The template of a text: numbers and quoted texts are taken out (the quotes stay), runs of white space become one, a
 * mark at its end goes. Undefined for texts that are too long, or that hold such a slot themselves.
 */
export function templateOf(statement: string): StatementTemplate | undefined {
  if (statement.length > MAX_LENGTH || /\{\d+\}/.test(statement)) return undefined
  const literals: string[] = []
  const text = statement.replace(LITERAL, (whole, single?: string, double?: string) => {
    const inner = single ?? double ?? whole
    if (!literals.includes(inner)) literals.push(inner)
    const slot = `{${literals.indexOf(inner) + 1}}`
    return single === undefined && double === undefined ? slot : `${whole[0]}${slot}${whole[0]}`
  })
  return { text: spaced(text), literals }
}

/**
 * The template of another statement in terms of the first one's literals, as `templateOf` numbers them. Undefined where
 * it has one that the first does not.
 */
export function templateIn(statement: string, { literals }: StatementTemplate): string | undefined {
  const own = templateOf(statement)
  if (!own) return undefined
  const numbers = own.literals.map((literal) => literals.indexOf(literal) + 1)
  if (numbers.includes(0)) return undefined
  return own.text.replace(/\{(\d+)\}/g, (_, slot: string) => `{${numbers[Number(slot) - 1]}}`)
}

/** The statement that a template stands for. Undefined where a text would come to stand outside quotes. */
export function filledTemplate(template: string, literals: readonly string[]): string | undefined {
  let safe = true
  const text = template.replace(/(['"]?)\{(\d+)\}/g, (_, quote: string, slot: string) => {
    const literal = literals[Number(slot) - 1]
    if (literal === undefined || (quote === '' && !/^\d+(?:\.\d+)?$/.test(literal))) safe = false
    if (quote !== '' && literal?.includes(quote)) safe = false
    return `${quote}${literal}`
  })
  return safe ? text : undefined
}

function spaced(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\s;]+$/, '')
    .trimStart()
}
