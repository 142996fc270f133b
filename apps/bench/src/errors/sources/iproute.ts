import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Addresses, routes and sockets by iproute2. */
export const iproute: Source = {
  tool: 'iproute',
  languages: ['en'],
  async open({ dir, language }) {
    for (const name of ['ip', 'ss']) program(name)
    await requireLocale(language, dir)
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['device', 'state.not_found', (v) => `ip link show ${v.word()}`],
        ['object', 'exec.dependency', (v) => `ip ${v.word()}x`],
        ['command', 'exec.dependency', (v) => `ip link ${v.word()}x`],
        ['address', 'contract.value', (v) => `ip addr add ${v.word()} dev lo`],
        ['denied', 'auth.denied', (v) => `ip addr add 10.0.0.${v.integer(2, 99)}/24 dev lo`],
        ['option', 'exec.dependency', (v) => `ip -${v.word()}s`],
        ['route-device', 'state.not_found', (v) => `ip route get 10.0.0.1 oif ${v.word()}`],
        ['no-device', 'contract.missing_param', (v) => `ip addr add 10.0.0.${v.integer(2, 99)}/24`],
        ['mtu', 'contract.value', (v) => `ip link set lo mtu ${v.word()}`],
        ['family', 'contract.value', (v) => `ip -family ${v.word()} addr`],
        ['namespace', 'state.not_found', (v) => `ip netns exec ${v.word()} true`],
        ['ss-option', 'exec.dependency', (v) => `ss --${v.word()}s 2>&1 | head -1 >&2; exit 1`],
        ['ss-filter', 'contract.value', (v) => `ss 'sport ${v.word()} 1'`],
        ['ss-family', 'contract.value', (v) => `ss -f ${v.word()}`],
      ]),
    }
  },
}
