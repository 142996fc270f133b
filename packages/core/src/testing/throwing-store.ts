import type { Store } from '../store.ts'

export type ThrowingStore = Store & {
  /** Names of the methods that were called, in order. */
  readonly calls: readonly string[]
}

/**
 * A store that is down: every call fails. `reject` (the default) fails as a broken store does, with a rejected
 * promise; `throw` fails as a badly written one does, before there is a promise.
 */
export function throwingStore(
  how: 'reject' | 'throw' = 'reject',
  error: Error = new Error('store is down'),
): ThrowingStore {
  const calls: string[] = []
  const fail = (method: string): Promise<never> => {
    calls.push(method)
    if (how === 'throw') throw error
    return Promise.reject(error)
  }
  const failing = <T>(method: string): AsyncIterable<T> => {
    const next = () => fail(method)
    if (how === 'throw') fail(method)
    return { [Symbol.asyncIterator]: () => ({ next }) }
  }
  return {
    calls,
    load: () => fail('load'),
    append: () => fail('append'),
    read: () => failing('read'),
    commit: () => fail('commit'),
    history: () => failing('history'),
    watch: () => {
      calls.push('watch')
      throw error
    },
    close: () => fail('close'),
  }
}
