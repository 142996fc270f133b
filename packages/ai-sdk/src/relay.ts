type Item<Result> = { value: unknown } | { result: Result } | { error: unknown }

/**
 * Lets a function that awaits one final value feed a generator. `start` gets `pass`, which hands a value to the
 * consumer and resolves when the consumer wants the next one: a source is never pulled faster than it is read. When
 * the consumer leaves early, `pass` rejects and so ends the source's own loop.
 */
export async function* relay<Result>(
  start: (pass: (value: unknown) => Promise<void>) => Promise<Result>,
): AsyncGenerator<unknown, Result> {
  let deliver!: (item: Item<Result>) => void
  let next = new Promise<Item<Result>>((resolve) => (deliver = resolve))
  let wanted: PromiseWithResolvers<void> | undefined
  const pass = (value: unknown): Promise<void> => {
    wanted = Promise.withResolvers()
    deliver({ value })
    return wanted.promise
  }
  start(pass).then(
    (result) => deliver({ result }),
    (error: unknown) => deliver({ error }),
  )
  let finished = false
  try {
    for (;;) {
      const item = await next
      next = new Promise((resolve) => (deliver = resolve))
      if ('value' in item) {
        yield item.value
        wanted?.resolve()
        continue
      }
      finished = true
      if ('error' in item) throw item.error
      return item.result
    }
  } finally {
    // The host's own way of saying that nobody waits any more: control flow, not a failure.
    if (!finished) wanted?.reject(new DOMException('the consumer left', 'AbortError'))
  }
}
