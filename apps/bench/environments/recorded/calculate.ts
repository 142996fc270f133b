import { evaluate } from './arithmetic.ts'
import { dumps, Float, round2 } from './python-json.ts'

/** The calculator that both service desks have. */
export function calculate(expression: string): string {
  if (!/^[0-9+\-*/(). ]*$/.test(expression)) return 'Error: invalid characters in expression'
  try {
    return dumps(round2(new Float(evaluate(expression))))
  } catch (error) {
    return `Error: ${(error as Error).message}`
  }
}
