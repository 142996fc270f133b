import { commandsOf } from '../command-advice/command-line.ts'
import { printedIn } from '../command-advice/failed-command.ts'
import { programName } from '../command-advice/without-runners.ts'
import { type CommandRewrite, commandRewrite, DISCARDS, PROGRAM_NAME } from '../command-rewrite.ts'
import { editEvery, editedCall, OPTION_PATH } from '../edit.ts'
import { type CallContext, defineIntervention, type Kind } from '../intervention.ts'
import { type JsonObject, valuesAt } from '../json.ts'
import { toolKey } from '../tool.ts'

const MAX_LINES = 40

type Options = JsonObject & CommandRewrite & { path: string; onceMissing?: true }

/**
 * Rewrites a shell command line in one of two ways: `{ path: '/command', remove: '2>/dev/null' }` leaves out a
 * redirection that only hides output; `{ path: '/command', command: 'python3', by: 'python' }` calls another program in
 * its place. Words are compared as wholes, outside quotes; what cannot be told apart into words is left alone. Nothing is
 * ever added: no command, no argument, no flag (law 12). `onceMissing`: only where the shell has said, when the program was
 * called last in this episode, that there is none.
 */
export const rewriteCommand: Kind = defineIntervention<Options>({
  kind: 'rewrite-command',
  layer: 'action',
  risk: 'effect',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  touches: ({ path }) => path,
  options: {
    type: 'object',
    properties: {
      path: OPTION_PATH,
      remove: { type: 'string', minLength: 3, maxLength: 64, pattern: DISCARDS.source },
      command: { type: 'string', pattern: PROGRAM_NAME.source },
      by: { type: 'string', pattern: PROGRAM_NAME.source },
      onceMissing: { const: true },
    },
    required: ['path'],
    oneOf: [{ required: ['remove'] }, { required: ['command', 'by'] }],
    additionalProperties: false,
  },
  riskFor: ({ remove }) => (remove === undefined ? 'effect' : 'value'),
  compile({ path, onceMissing, ...rewriteOptions }) {
    const rewrite = commandRewrite(rewriteOptions)
    const { command } = rewriteOptions
    return (context) => {
      if (onceMissing && !isMissing(command ?? '', path, context)) return undefined
      return editedCall(
        context,
        editEvery(context.call.input, path, (value) => (typeof value === 'string' ? rewrite(value) : 'keep')),
      )
    }
  },
})

/** Whether the shell found no such program when it was last asked for it. */
function isMissing(program: string, path: string, { call, history }: CallContext): boolean {
  const last = history.findLast(
    ({ executed }) =>
      toolKey(executed.tool) === toolKey(call.tool) &&
      valuesAt(executed.input, path).some((text) => typeof text === 'string' && runs(text, program)),
  )
  const printed = last && printedIn(last.result.view())
  if (printed === undefined) return false
  return printed
    .split('\n', MAX_LINES)
    .some(
      (line) => line.endsWith(`: ${program}: command not found`) || line.endsWith(`: ${program}: not found`),
    )
}

function runs(text: string, program: string): boolean {
  return text.includes(program) && commandsOf(text).some((one) => programName(one.program.text) === program)
}
