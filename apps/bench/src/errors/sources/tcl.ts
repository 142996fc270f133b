import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** A tool that runs Tcl which the model wrote; what it prints as the error, without a file. */
export const tcl: Source = {
  tool: 'tcl',
  languages: ['en'],
  async open({ dir, language }) {
    program('tclsh')
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['variable', 'contract.value', (v) => `${scratch} echo 'puts $${v.name()}' > a.tcl; tclsh a.tcl`],
        ['command', 'contract.value', (v) => `${scratch} echo '${v.word()}x 1' > a.tcl; tclsh a.tcl`],
        [
          'arguments',
          'contract.value',
          (v) => `${scratch} echo 'string length a ${v.word()}' > a.tcl; tclsh a.tcl`,
        ],
        [
          'subcommand',
          'contract.value',
          (v) => `${scratch} echo 'string ${v.word()}x a' > a.tcl; tclsh a.tcl`,
        ],
        [
          'expression',
          'contract.value',
          (v) => `${scratch} echo 'expr {${v.integer(2, 99)} +}' > a.tcl; tclsh a.tcl`,
        ],
        [
          'division',
          'contract.value',
          (v) => `${scratch} echo 'expr {${v.integer(2, 99)} / 0}' > a.tcl; tclsh a.tcl`,
        ],
        [
          'operand',
          'contract.value',
          (v) => `${scratch} echo 'expr {"${v.word()}" + 1}' > a.tcl; tclsh a.tcl`,
        ],
        ['integer', 'contract.value', (v) => `${scratch} echo 'incr a ${v.word()}' > a.tcl; tclsh a.tcl`],
        ['open-missing', 'state.not_found', (v) => `${scratch} echo 'open ${v.path()}' > a.tcl; tclsh a.tcl`],
        [
          'open-denied',
          'auth.denied',
          (v) => `${scratch} echo 'open /etc/${v.file()} w' > a.tcl; tclsh a.tcl`,
        ],
        [
          'package',
          'exec.dependency',
          (v) => `${scratch} echo 'package require ${v.word()}x' > a.tcl; tclsh a.tcl`,
        ],
        [
          'list-index',
          'contract.value',
          (v) => `${scratch} echo 'lindex {a b} ${v.word()}' > a.tcl; tclsh a.tcl`,
        ],
        [
          'dict',
          'contract.value',
          (v) => `${scratch} echo 'dict get {a 1} ${v.word()}' > a.tcl; tclsh a.tcl`,
        ],
        [
          'channel',
          'contract.value',
          (v) => `${scratch} echo 'puts ${v.word()}x hello' > a.tcl; tclsh a.tcl`,
        ],
      ]),
    }
  },
}
