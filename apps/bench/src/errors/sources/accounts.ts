import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Who and what runs on a machine: procps, psmisc and shadow. */
export const accounts: Source = {
  tool: 'accounts',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    for (const name of ['ps', 'pgrep', 'pkill', 'killall', 'chage']) program(name)
    await requireLocale(language, dir)
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['ps-option', 'exec.dependency', (v) => `ps --${v.word()}s`],
        ['ps-user', 'state.not_found', (v) => `ps -u ${v.name()}`],
        ['ps-format', 'contract.value', (v) => `ps -o ${v.word()}x`],
        ['ps-list', 'contract.value', (v) => `ps -p ${v.word()}`],
        ['pgrep-user', 'state.not_found', (v) => `pgrep -u ${v.name()}`],
        [
          'pgrep-nothing',
          'contract.missing_param',
          (v) => `pgrep -d ${v.pick([...',;:|'].map((one) => `'${one}'`))}`,
        ],
        ['killall-none', 'state.not_found', (v) => `killall ${v.name()}ctl`],
        ['killall-signal', 'contract.value', (v) => `killall -s ${v.word()} x`],
        ['sysctl-key', 'state.not_found', (v) => `/sbin/sysctl ${v.word()}.${v.word()}`],
        [
          'sysctl-denied',
          'auth.denied',
          (v) => `/sbin/sysctl -w kernel.threads-max=${v.integer(1000, 9000)}`,
        ],
        ['free-option', 'exec.dependency', (v) => `free --${v.word()}s`],
        ['free-seconds', 'contract.value', (v) => `free -s ${v.word()}`],
        ['passwd-user', 'state.not_found', (v) => `passwd -S ${v.name()}x`],
        ['chage-denied', 'auth.denied', (v) => `chage -M ${v.integer(1, 99)} root`],
        ['newgrp-missing', 'state.not_found', (v) => `newgrp ${v.name()}x < /dev/null`],
        ['useradd-denied', 'auth.denied', (v) => `/usr/sbin/useradd ${v.word()}`],
        ['usermod-user', 'state.not_found', (v) => `/usr/sbin/usermod -s /bin/sh ${v.word()}x`],
        ['useradd-name', 'contract.value', (v) => `/usr/sbin/useradd ${v.integer(1, 99)}:${v.word()}`],
      ]),
    }
  },
}
