/** Figures as people read them: `3,252`, `6.5 %`, `1.2 s`. */

export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** A share of 0 to 1; small ones keep a digit, and what is not nothing never reads as 0, nor what is not all as 100. */
export function percent(share: number): string {
  const value = 100 * share
  if (value === 0 || value === 100) return `${value} %`
  if (value < 0.1) return '< 0.1 %'
  if (value > 99.9) return '> 99.9 %'
  return `${value < 10 || value > 99 ? value.toFixed(1) : Math.round(value)} %`
}

export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 120_000) return `${(ms / 1_000).toFixed(1)} s`
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`
  return `${(ms / 3_600_000).toFixed(1)} h`
}

/** `1 file`, `2 files`. */
export function plural(number: number, one: string, many: string = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`
}

export function day(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ')
}
