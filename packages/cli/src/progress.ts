import cliProgress from 'cli-progress'

export type Progress = {
  /** Begins a phase; without a total its end is not known. */
  phase(name: string, total?: number): void
  update(done: number): void
  stop(): void
}

const NOTHING: Progress = { phase() {}, update() {}, stop() {} }

/** On standard error, and only where a person is watching. */
export function openProgress(unit: string): Progress {
  if (!process.stderr.isTTY) return NOTHING
  let bar: cliProgress.SingleBar | undefined
  const stop = () => {
    bar?.stop()
    bar = undefined
  }
  return {
    phase(name, total) {
      stop()
      const format =
        total === undefined ? `${name}: {value} ${unit}` : `${name}: {bar} {percentage} % of {total} ${unit}`
      bar = new cliProgress.SingleBar(
        { format, stream: process.stderr, clearOnComplete: true, hideCursor: true, fps: 10, barsize: 30 },
        cliProgress.Presets.shades_classic,
      )
      bar.start(total ?? Number.MAX_SAFE_INTEGER, 0)
    },
    update: (done) => bar?.update(done),
    stop,
  }
}
