import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Devices, processes and small helpers: util-linux. */
export const utilLinux: Source = {
  tool: 'util-linux',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    for (const name of ['lsblk', 'mount', 'findmnt', 'taskset', 'flock', 'column', 'fallocate']) program(name)
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    const usage = '2>&1 | head -1 >&2; exit 1'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['lsblk-column', 'state.not_found', (v) => `lsblk -o ${v.word()}`],
        ['lsblk-option', 'exec.dependency', (v) => `lsblk --${v.word()}s ${usage}`],
        ['mount-denied', 'auth.denied', (v) => `mount /dev/${v.word()} /mnt`],
        ['mount-point-missing', 'state.not_found', (v) => `umount /${v.word()}/${v.name()}`],
        ['findmnt-column', 'state.not_found', (v) => `findmnt -o ${v.word()}`],
        ['taskset-process', 'state.not_found', (v) => `taskset -p ${v.integer(4_500_000, 9_900_000)}`],
        ['taskset-mask', 'contract.value', (v) => `taskset ${v.pick(['x', 'y', 'z'])}${v.word()} true`],
        ['flock-descriptor', 'contract.value', (v) => `flock ${v.integer(30, 900)}`],
        ['flock-timeout', 'contract.value', (v) => `flock -w ${v.word()} /tmp true`],
        ['flock-denied', 'auth.denied', (v) => `flock /etc/${v.word()}.lock true`],
        ['column-width', 'contract.value', (v) => `echo a | column -c ${v.word()}`],
        ['column-option', 'exec.dependency', (v) => `echo a | column --${v.word()}s ${usage}`],
        ['fallocate-length', 'contract.value', (v) => `${scratch} fallocate -l ${v.word()} a`],
        ['fallocate-no-length', 'contract.missing_param', (v) => `${scratch} fallocate ${v.word()}`],
        ['fallocate-denied', 'auth.denied', (v) => `fallocate -l 9 /etc/${v.file()}`],
        ['ionice-class', 'contract.value', (v) => `ionice -c ${v.word()} true`],
        ['renice-process', 'state.not_found', (v) => `renice 5 -p ${v.integer(4_500_000, 9_900_000)}`],
        ['renice-user', 'state.not_found', (v) => `renice 5 -u ${v.name()}`],
        ['unshare-denied', 'auth.denied', (v) => `unshare -m echo ${v.word()}`],
        ['rev-missing', 'state.not_found', (v) => `rev ${v.file()}`],
        ['getopt-option', 'exec.dependency', (v) => `getopt -o a -- -${v.pick([...'bcdefghijk'])}`],
        ['setsid-command', 'exec.dependency', (v) => `setsid -w ${v.name()}ctl`],
        ['hexdump-missing', 'state.not_found', (v) => `hexdump ${v.file()}`],
        ['prlimit-resource', 'contract.value', (v) => `prlimit --nofile=${v.word()} true`],
      ]),
    }
  },
}
