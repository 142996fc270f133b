/**
 * Group-sequential boundaries for z-statistics at equally spaced looks, one-sided: error is spent as planned (Lan &
 * DeMets, "Discrete sequential boundaries for clinical trials", 1983), and each boundary found by recursive integration
 * (Armitage, McPherson & Rowe, 1969) over the sub-density of the paths that have not crossed yet.
 */
export type Spending = 'OBrienFleming' | 'Pocock'

export function boundaries(spending: Spending, level: number, looks: number): number[] {
  const found: number[] = []
  /** Sub-density of the score B(t) = z·√t on a grid, before this look. */
  let density: Float64Array | undefined
  let spent = 0
  for (let look = 1; look <= looks; look++) {
    const next = advanced(density, 1 / looks)
    const goal = spend(spending, level, look / looks) - spent
    let crossed = 0
    let index = next.length - 1
    while (index >= 0 && crossed + (next[index] as number) * STEP <= goal)
      crossed += (next[index--] as number) * STEP
    // Within the last cell, in proportion.
    const part = index < 0 ? 0 : (goal - crossed) / ((next[index] as number) * STEP)
    const score = valueAt(index) + STEP * (0.5 - part)
    found.push(score / Math.sqrt(look / looks))
    spent += goal
    for (let above = index + 1; above < next.length; above++) next[above] = 0
    if (index >= 0) next[index] = (next[index] as number) * (1 - part)
    density = next
  }
  return found
}

const STEP = 0.01
const FROM = -5
const CELLS = 1_001

function valueAt(index: number): number {
  return FROM + index * STEP
}

function advanced(before: Float64Array | undefined, information: number): Float64Array {
  const next = new Float64Array(CELLS)
  const spread = Math.sqrt(information)
  const kernel = (distance: number) =>
    Math.exp(-((distance / spread) ** 2) / 2) / (spread * Math.sqrt(2 * Math.PI))
  if (!before) {
    for (let index = 0; index < CELLS; index++) next[index] = kernel(valueAt(index))
    return next
  }
  const reach = Math.ceil((6 * spread) / STEP)
  const weights = Float64Array.from({ length: reach + 1 }, (_, offset) => kernel(offset * STEP) * STEP)
  for (let from = 0; from < CELLS; from++) {
    const mass = before[from] as number
    if (mass < 1e-15) continue
    const last = Math.min(CELLS - 1, from + reach)
    for (let to = Math.max(0, from - reach); to <= last; to++)
      next[to] = (next[to] as number) + mass * (weights[Math.abs(to - from)] as number)
  }
  return next
}

/** Error spent by the part `t` of the information. */
function spend(spending: Spending, level: number, t: number): number {
  if (spending === 'Pocock') return level * Math.log(1 + (Math.E - 1) * t)
  return 2 * (1 - normalBelow(quantileAbove(level / 2) / Math.sqrt(t)))
}

/** Zelen & Severo's approximation of the standard normal (Abramowitz & Stegun 26.2.17), to 7.5e-8. */
export function normalBelow(z: number): number {
  if (z < 0) return 1 - normalBelow(-z)
  const t = 1 / (1 + 0.2316419 * z)
  const tail =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return 1 - (tail * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI)
}

/** The point above which the standard normal has this probability. */
export function quantileAbove(tail: number): number {
  let low = -10
  let high = 10
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (1 - normalBelow(middle) > tail) low = middle
    else high = middle
  }
  return (low + high) / 2
}
