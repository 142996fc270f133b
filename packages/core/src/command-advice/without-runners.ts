/** Programs that run another one, which comes after their options; and those options whose value is a word of its own. */
const RUNNERS: Readonly<Record<string, readonly string[]>> = {
  sudo: [
    '-u',
    '-g',
    '-p',
    '-C',
    '-h',
    '-T',
    '-U',
    '-D',
    '-R',
    '-r',
    '-t',
    '--user',
    '--group',
    '--prompt',
    '--host',
  ],
  doas: ['-u', '-C'],
  env: ['-u', '-C', '-S', '--unset', '--chdir'],
  nice: ['-n', '--adjustment'],
  ionice: ['-c', '-n', '--class', '--classdata'],
  stdbuf: ['-i', '-o', '-e'],
  timeout: ['-k', '-s', '--kill-after', '--signal'],
  exec: ['-a'],
  time: ['-f', '-o'],
  ...{ nohup: [], command: [], builtin: [], setsid: [], busybox: [] },
}
const ASSIGNMENT = /^[A-Za-z_]\w*=/

/** The words of a command from its own program on, without what only runs it: `sudo -u x env A=1 rm` → `rm`. */
export function withoutRunners(words: readonly string[]): readonly string[] {
  let at = 0
  for (;;) {
    const runner = programName(words[at] ?? '')
    const valued = Object.hasOwn(RUNNERS, runner) ? RUNNERS[runner] : undefined
    // `command -v rm` asks for a program and runs none.
    if (!valued || (runner === 'command' && /^-p?[vV]/.test(words[at + 1] ?? ''))) return words.slice(at)
    let next = at + 1
    while (/^-./.test(words[next] ?? '') || ASSIGNMENT.test(words[next] ?? ''))
      next += valued.includes(words[next] as string) ? 2 : 1
    if (runner === 'timeout') next++
    if (next >= words.length) return words.slice(at)
    at = next
  }
}

/** The name of a program without the folders before it. */
export function programName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1)
}
