import MersenneTwister from 'mersenne-twister'

/** Python's `random.Random(seed)`, as far as the recorded worlds draw from it. */
export type PythonRandom = {
  /** `randint(low, high)`: both ends are possible. */
  randint(low: number, high: number): number
  /** `uniform(low, high)`. */
  uniform(low: number, high: number): number
}

/** @param seed a whole number below 2³², as Python's `seed` takes it. */
export function pythonRandom(seed: number): PythonRandom {
  // Python seeds by array, also for one word; a seed that is given as a number sets up another state.
  const twister = new MersenneTwister([seed])
  return {
    randint: (low, high) => low + below(twister, high - low + 1),
    uniform: (low, high) => low + (high - low) * twister.random_long(),
  }
}

/** Draws as many bits as `limit` has until they make a number below it, as Python does to be fair to every number. */
function below(twister: MersenneTwister, limit: number): number {
  const bits = limit.toString(2).length
  for (;;) {
    const value = randomBits(twister, bits)
    if (value < limit) return value
  }
}

/** `getrandbits(count)`, up to 53: the first word is the lowest. */
function randomBits(twister: MersenneTwister, count: number): number {
  if (count <= 32) return twister.random_int() >>> (32 - count)
  const low = twister.random_int()
  return (twister.random_int() >>> (64 - count)) * 2 ** 32 + low
}
