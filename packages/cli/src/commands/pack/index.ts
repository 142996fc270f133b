import type { Command } from '../../command.ts'
import { defineAdd } from './add.ts'
import { defineExport } from './export.ts'
import { defineList } from './list.ts'
import { defineVerify } from './verify.ts'

export const pack: Command = {
  name: 'pack',
  define: (program, terminal) => {
    program.description('Curated interventions for the first day: what there is, proven, added, and written.')
    for (const define of [defineList, defineAdd, defineVerify, defineExport]) define(program, terminal)
    // What is wrong in one of them is told of that one.
    for (const sub of program.commands)
      sub.exitOverride().showHelpAfterError(`(\`lifeharness pack ${sub.name()} --help\` says more)`)
  },
}
