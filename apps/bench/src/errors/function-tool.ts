import type { Category, Json } from '@lifeharness/core'
import { type Provocation, provocations } from './provocation.ts'
import { thrownBy } from './sources/node-fs.ts'
import type { Vary } from './vary.ts'

/** The functions of a library that a tool offers, by name; what they need besides the model's arguments is bound already. */
type Functions = Readonly<Record<string, (...args: never[]) => unknown>>

type FunctionCall<Offered extends Functions> = {
  [Name in keyof Offered]: [name: Name, ...args: Parameters<Offered[Name]>]
}[keyof Offered]

/** Rows `[template name, category, call]` of a tool `{ function, args }` around a library: what a function throws is what the model sees. */
export function functionProvocations<const Offered extends Functions>(
  functions: Offered,
  rows: readonly (readonly [
    template: string,
    category: Category,
    call: (vary: Vary) => FunctionCall<NoInfer<Offered>>,
  ])[],
): Provocation[] {
  return provocations<FunctionCall<Offered>>(
    ([name, ...args]) =>
      thrownBy({
        input: { function: name as string, args: args as Json[] },
        act: async () => functions[name]?.(...(args as never[])),
      }),
    rows,
  )
}
