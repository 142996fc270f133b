import { type CommandRewrite, commandRewrite, DISCARDS, PROGRAM_NAME } from '../command-rewrite.ts'
import { editEvery, editedCall, OPTION_PATH } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'

type Options = JsonObject & CommandRewrite & { path: string }

/**
 * Rewrites a shell command line in one of two ways: `{ path: '/command', remove: '2>/dev/null' }` leaves out a
 * redirection that only hides output; `{ path: '/command', command: 'python3', by: 'python' }` calls another program in
 * its place. Words are compared as wholes, outside quotes; what cannot be told apart into words is left alone. Nothing is
 * ever added: no command, no argument, no flag (law 12).
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
    },
    required: ['path'],
    oneOf: [{ required: ['remove'] }, { required: ['command', 'by'] }],
    additionalProperties: false,
  },
  riskFor: ({ remove }) => (remove === undefined ? 'effect' : 'value'),
  compile({ path, ...rewriteOptions }) {
    const rewrite = commandRewrite(rewriteOptions)
    return (context) =>
      editedCall(
        context,
        editEvery(context.call.input, path, (value) => (typeof value === 'string' ? rewrite(value) : 'keep')),
      )
  },
})
