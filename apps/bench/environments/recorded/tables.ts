import { isDeepStrictEqual } from 'node:util'
import { copy, type PyObject, type PyValue, reprOfState } from './python-json.ts'

/**
 * Tables that can be brought back to their start at no cost: a row is copied when it is first looked at, and the start is
 * never written to.
 */
export class Tables {
  readonly data: PyObject
  readonly #start: PyObject
  readonly #rows = new Map<string, Map<string, PyValue | undefined>>()

  constructor(start: PyObject) {
    this.#start = start
    this.data = Object.fromEntries(Object.keys(start).map((name) => [name, this.#table(name)]))
  }

  reset(): void {
    for (const rows of this.#rows.values()) rows.clear()
  }

  /** Rows that are not as they were at the start, as one text: equal texts mean equal states. */
  difference(): string {
    const changed: string[] = []
    for (const [table, rows] of this.#rows)
      for (const [id, row] of rows) {
        const before = (this.#start[table] as PyObject)[id]
        if (isDeepStrictEqual(row, before)) continue
        changed.push(`${table} ${id} ${row === undefined ? 'is gone' : reprOfState(row)}`)
      }
    return changed.sort().join('\n')
  }

  #table(name: string): PyObject {
    const start = this.#start[name] as PyObject
    const rows = new Map<string, PyValue | undefined>()
    this.#rows.set(name, rows)
    const row = (id: string): PyValue | undefined => {
      if (!rows.has(id) && Object.hasOwn(start, id)) rows.set(id, copy(start[id] as PyValue))
      return rows.get(id)
    }
    return new Proxy<PyObject>(
      {},
      {
        get: (_, id) => (typeof id === 'string' ? row(id) : undefined),
        has: (_, id) => typeof id === 'string' && row(id) !== undefined,
        set: (_, id, value) => rows.set(String(id), value) !== undefined,
        deleteProperty: (_, id) => rows.set(String(id), undefined) !== undefined,
        ownKeys: () => {
          const added = [...rows].filter(([id, value]) => value !== undefined && !Object.hasOwn(start, id))
          const kept = Object.keys(start).filter((id) => !rows.has(id) || rows.get(id) !== undefined)
          return [...kept, ...added.map(([id]) => id)]
        },
        getOwnPropertyDescriptor: (_, id) => {
          const value = row(String(id))
          return value === undefined
            ? undefined
            : { value, writable: true, enumerable: true, configurable: true }
        },
      },
    )
  }
}
