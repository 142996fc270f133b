import { copy, Float, memberName, type PyObject, type PyValue } from '../recorded/python-json.ts'

/** A tool as Python would call it: arguments by name, those that are not given left out. */
export type ApiTool = (input: PyObject) => PyValue

/** An API with a state of its own. Two that were treated alike have equal states. */
export type StatefulApi = { state: PyObject; tools: Readonly<Record<string, ApiTool>> }

/** @param config what the task sets; the rest is as the API begins. It is taken over, so it must be a copy. */
export type ApiFactory = (config: PyObject) => StatefulApi

/** What most of the APIs draw their numbers from. */
export const SEED = 141053

/** How every tool reports what went wrong. */
export function error(text: string): PyObject {
  return { error: text }
}

/** Tools with arguments of their own type; the contract is checked before they are called. */
export function typed<Input>(tools: Record<string, (input: Input) => PyValue>): Record<string, ApiTool> {
  return tools as unknown as Record<string, ApiTool>
}

/** The state that an API begins with: what the task does not set is as in `defaults`. */
export function stateFrom<State extends PyObject>(defaults: State, config: PyObject): State {
  return { ...copy(defaults), ...config }
}

export function float(value: number): Float {
  return new Float(value)
}

/** The member of that name, which comes from outside: what every object has is none. */
export function member<Value>(of: Readonly<Record<string, Value>>, name: string): Value | undefined {
  const key = memberName(name)
  return Object.hasOwn(of, key) ? of[key] : undefined
}
