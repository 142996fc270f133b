import type { PyObject } from '../recorded/python-json.ts'
import { dumps, parsePython } from '../recorded/python-json.ts'
import type { ApiFactory } from './api.ts'

/** The API at its start; calls take and give JSON as Python writes it. */
export function opened(factory: ApiFactory, config = '{}') {
  const { state, tools } = factory(parsePython(config) as PyObject)
  return {
    state: (): string => dumps(state),
    call: (tool: string, input = '{}'): string => {
      const answer = tools[tool]?.(parsePython(input) as PyObject)
      if (answer === undefined) throw new Error(`no tool ${tool}`)
      return dumps(answer)
    },
  }
}
