import type { Family } from './family.ts'

/** Commands that succeed in any folder, of programs whose names are slipped on. */
const COMMANDS = [
  ...['git --version', 'mkdir fresh', 'touch fresh', 'python3 --version', 'curl --version', 'chmod 700 .'],
  ...['uname -a', 'whoami', 'printf x', 'basename a/b', 'dirname a/b', 'tail -1 note', 'head -1 note'],
  ...['docker --version', 'make --version', 'sort note', 'grep -c n note', 'which ls', 'node --version'],
]

/** One slip of the fingers in a name: two letters exchanged, one left out, one doubled. */
export function slipsOf(name: string): string[] {
  const at = Math.floor(name.length / 2)
  return [
    name.slice(0, at - 1) + name[at] + name[at - 1] + name.slice(at + 1),
    name.slice(0, at) + name.slice(at + 1),
    name.slice(0, at) + name[at] + name.slice(at),
  ].filter((slip) => slip !== name)
}

const isProgram = new Set(['gt', 'sot', 'tal', 'ma', 'hed', 'sor'])

/** Slips of the fingers in the names of programs, made by a rule rather than chosen. */
export const slips: Family = {
  name: 'slips',
  heldOut: true,
  needs: ['git', 'python3', 'curl', 'docker', 'make', 'node'],
  setup: 'echo n > note',
  fixes: COMMANDS.flatMap((command) => {
    const [program = '', ...rest] = command.split(' ')
    return slipsOf(program)
      .filter((slip) => !isProgram.has(slip))
      .map((slip): [string, string] => [[slip, ...rest].join(' '), command])
  }),
  broken: [],
  untouched: [],
}
