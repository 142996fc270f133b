import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** The debugger in batch mode. */
export const gdb: Source = {
  tool: 'gdb',
  languages: ['en'],
  async open({ dir, language }) {
    program('gdb')
    await requireLocale(language, dir)
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['command', 'exec.dependency', (v) => `gdb -nx -batch -ex '${v.word()}x'  ; false`],
        ['file', 'state.not_found', (v) => `gdb -nx -batch ${v.path()}; false`],
        ['no-process', 'state.precondition', () => `gdb -nx -batch -ex 'info registers'; false`],
        ['continue', 'state.precondition', () => `gdb -nx -batch -ex 'step'; false`],
        ['attach', 'state.not_found', (v) => `gdb -nx -batch -p ${v.integer(400000000, 900000000)}; false`],
        ['setting-value', 'contract.value', (v) => `gdb -nx -batch -ex 'set pagination ${v.word()}'; false`],
        ['script', 'state.not_found', (v) => `gdb -nx -batch -x ${v.path()}; false`],
        ['breakpoint', 'state.precondition', (v) => `gdb -nx -batch -ex 'break ${v.word()}'; false`],
        ['option', 'exec.dependency', (v) => `gdb --${v.word()}s -batch; false`],
        ['division', 'contract.value', (v) => `gdb -nx -batch -ex 'print ${v.integer(2, 99)} / 0'; false`],
        ['syntax', 'contract.value', (v) => `gdb -nx -batch -ex 'print ${v.integer(2, 99)} +'; false`],
        ['delete', 'state.not_found', (v) => `gdb -nx -batch -ex 'delete ${v.integer(2, 99)}'; false`],
        ['memory', 'contract.value', (v) => `gdb -nx -batch -ex 'x/x ${v.integer(2, 99)}'; false`],
      ]),
    }
  },
}
