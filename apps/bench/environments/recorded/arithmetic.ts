/**
 * The value of an expression of numbers, `+ - * / **` and parentheses, read as Python reads it.
 * @throws SyntaxError for anything else, RangeError where it divides by zero.
 */
export function evaluate(expression: string): number {
  const tokens = expression.match(/\*\*|\/\/|[-+*/()]|\d*\.?\d+|\d+\.|\S/g) ?? []
  let at = 0
  const next = () => tokens[at++]
  const fail = (): never => {
    throw new SyntaxError('invalid syntax')
  }

  function sum(): number {
    let value = product()
    while (tokens[at] === '+' || tokens[at] === '-')
      value = next() === '+' ? value + product() : value - product()
    return value
  }
  function product(): number {
    let value = signed()
    for (;;) {
      const operator = tokens[at]
      if (operator !== '*' && operator !== '/' && operator !== '//') return value
      at++
      const right = signed()
      if (operator === '*') value *= right
      else if (right === 0)
        throw new RangeError(operator === '/' ? 'division by zero' : 'integer division or modulo by zero')
      else value = operator === '/' ? value / right : Math.floor(value / right)
    }
  }
  function signed(): number {
    if (tokens[at] === '-' || tokens[at] === '+') return next() === '-' ? -signed() : signed()
    const base = atom()
    if (tokens[at] !== '**') return base
    at++
    return base ** signed()
  }
  function atom(): number {
    const token = next()
    if (token === '(') {
      const value = sum()
      return next() === ')' ? value : fail()
    }
    return token !== undefined && /^[\d.]+$/.test(token) && token !== '.' ? Number(token) : fail()
  }

  const value = sum()
  return at === tokens.length ? value : fail()
}
