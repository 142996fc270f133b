import type { Action, ActionType } from '../../action.ts'
import { type Classifier, defineClassifier } from '../../failure.ts'
import { type CallContext, defineIntervention, type Kind, type Phase } from '../../intervention.ts'
import { isJsonObject, type JsonObject } from '../../json.ts'
import type { ToolCall } from '../../trajectory.ts'

/** A kind of the suite's own: acts at every call, or at every failing result, of its tool. */
export function probeKind(
  kind: string,
  phase: Phase,
  action: ActionType,
  propose: (context: CallContext) => Action | undefined,
): Kind {
  return defineIntervention({
    kind,
    layer: phase === 'call' ? 'action' : 'trajectory',
    risk: 'value',
    phase,
    validation: phase === 'call' ? 'edit' : 'hint',
    actions: [action],
    options: { type: 'object' },
    compile: () => propose,
  })
}

/** Rewrites every call it sees, dead or live. */
export const appendWord: Kind = probeKind('append-word', 'call', 'replace-call', ({ call }) =>
  isJsonObject(call.input) ? { type: 'replace-call', call: edited(call, call.input) } : undefined,
)

function edited(call: ToolCall, input: JsonObject): ToolCall {
  return { ...call, input: { ...input, query: `${input.query} edited` } }
}

/** An edit after which the call would be refused. */
export const breakingKind: Kind = probeKind('breaking', 'call', 'replace-call', ({ call }) => ({
  type: 'replace-call',
  call: { ...call, input: { query: 1 } },
}))

export function throwingKind(phase: Phase): Kind {
  return probeKind('throwing', phase, phase === 'call' ? 'replace-call' : 'replace-result', () => {
    throw new Error('this kind is broken')
  })
}

export const HINT = 'Look at the list of indexes.'

/** Adds a sentence to every failing result. */
export const hintKind: Kind = probeKind('hint', 'result', 'replace-result', () => ({
  type: 'replace-result',
  edit: (view) => `${typeof view === 'string' ? view : JSON.stringify(view)}\n${HINT}`,
}))

export const throwingClassifier: Classifier = defineClassifier({
  name: 'throwing',
  categories: ['unknown'],
  on: 'step',
  classify() {
    throw new Error('this classifier is broken')
  },
})

/** Calls every error a passing outage, with a side effect possible. */
export const outage: Classifier = defineClassifier({
  name: 'outage',
  categories: ['exec.unavailable'],
  on: 'step',
  classify({ result }) {
    if (result.outcome !== 'error') return undefined
    return {
      category: 'exec.unavailable',
      rank: 'text',
      attribution: 'environment',
      retryable: 'after-delay',
      effect: 'possible',
      evidence: result.error?.message ?? 'no message',
    }
  },
})
