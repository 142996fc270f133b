import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Tracing and placing processes. */
export const processes: Source = {
  tool: 'processes',
  languages: ['en'],
  async open({ dir, language }) {
    for (const name of ['strace', 'lsof', 'taskset', 'prlimit', 'chrt']) program(name)
    await requireLocale(language, dir)
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['strace-process', 'state.not_found', (v) => `strace -p ${v.integer(400000000, 900000000)}`],
        ['strace-call', 'contract.value', (v) => `strace -e trace=${v.word()} true`],
        ['strace-option', 'exec.dependency', (v) => `strace --${v.word()}s true`],
        ['strace-nothing', 'contract.missing_param', () => `strace`],
        ['strace-denied', 'auth.denied', (v) => `strace -o /etc/${v.file()} true`],
        ['lsof-file', 'state.not_found', (v) => `lsof ${v.path()}`],
        ['lsof-option', 'exec.dependency', (v) => `lsof -${v.pick(['Y', 'J'])} 2>&1 | head -1 >&2; exit 1`],
        ['lsof-port', 'contract.value', (v) => `lsof -i :${v.word()}x 2>&1 | head -1 >&2; exit 1`],
        ['lsof-user', 'state.not_found', (v) => `lsof -u ${v.word()}x 2>&1 | head -1 >&2; exit 1`],
        ['taskset-mask', 'contract.value', (v) => `taskset ${v.word()} true`],
        ['taskset-process', 'state.not_found', (v) => `taskset -p ${v.integer(400000000, 900000000)}`],
        ['taskset-command', 'exec.dependency', (v) => `taskset 1 ${v.word()}ctl`],
        ['prlimit-limit', 'contract.value', (v) => `prlimit --nofile=${v.word()}: true`],
        ['prlimit-process', 'state.not_found', (v) => `prlimit --pid ${v.integer(3000000, 4000000)}`],
        ['chrt-priority', 'contract.value', (v) => `chrt -f ${v.integer(200, 900)} true`],
        ['chrt-denied', 'auth.denied', (v) => `chrt -f ${v.integer(2, 90)} true`],
        ['nice', 'contract.value', (v) => `nice -n ${v.word()} true`],
        ['timeout-interval', 'contract.value', (v) => `timeout ${v.word()} true`],
        ['timeout-command', 'exec.dependency', (v) => `timeout 5 ${v.word()}ctl`],
        ['kill-signal', 'contract.value', (v) => `env kill -${v.word()} 1`],
        ['stdbuf-mode', 'contract.value', (v) => `stdbuf -o ${v.word()} true`],
      ]),
    }
  },
}
