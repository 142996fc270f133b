import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Programs of systemd, where it is not the init. */
export const systemd: Source = {
  tool: 'systemd',
  languages: ['en'],
  async open({ dir, language }) {
    for (const name of ['systemctl', 'systemd-analyze', 'systemd-escape', 'timedatectl']) program(name)
    await requireLocale(language, dir)
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['not-booted', 'exec.unavailable', (v) => `systemctl start ${v.word()}.service`],
        ['command', 'exec.dependency', (v) => `systemctl ${v.word()}x`],
        ['option', 'exec.dependency', (v) => `systemctl --${v.word()}s`],
        ['no-unit', 'contract.missing_param', () => `systemctl start`],
        ['calendar', 'contract.value', (v) => `systemd-analyze calendar '${v.phrase()}'`],
        ['timespan', 'contract.value', (v) => `systemd-analyze timespan ${v.word()}`],
        ['timestamp', 'contract.value', (v) => `systemd-analyze timestamp '${v.phrase()}'`],
        ['type', 'contract.value', (v) => `systemctl list-units --type=${v.word()}`],
        ['output', 'contract.value', (v) => `systemctl show --output=${v.word()}`],
        ['escape-option', 'exec.dependency', (v) => `systemd-escape --${v.word()}s`],
        ['unescape', 'contract.value', (v) => `systemd-escape --unescape --path ${v.word()}-..-a`],
        ['tmpfiles', 'state.not_found', (v) => `systemd-tmpfiles --create ${v.path()}`],
        ['id', 'state.not_found', (v) => `systemd-id128 show ${v.word()}`],
        ['since', 'contract.value', (v) => `journalctl --since '${v.phrase()}'`],
        ['priority', 'contract.value', (v) => `journalctl -p ${v.word()}`],
      ]),
    }
  },
}
