import { type LifeHarnessConfig, toolSettings } from '../config.ts'
import { type Guard, guardPasses } from '../guard.ts'
import { type Draft, interventionId, type Kind } from '../intervention.ts'
import { builtinKinds } from '../interventions/index.ts'
import { isJsonObject, type Json, type JsonObject, jsonEqual } from '../json.ts'
import { schemaCheck } from '../schema.ts'
import { toolKey } from '../tool.ts'
import { toolResult } from '../trajectory.ts'
import { type Covered, draftOf } from './draft.ts'
import type { Evidence, FailedCall } from './evidence.ts'
import { type Candidate, evidenceOf, gatherEvidence } from './induce.ts'
import { FOLDS, foldOf, type Mined } from './mine.ts'
import { proposalPrompt } from './proposal-prompt.ts'
import { noMemory, type Replayable, replayable } from './replay.ts'

export type ProposeOptions = {
  kinds?: readonly Kind[]
  /** What the user says of his tools: what may be repeated, say. */
  config?: LifeHarnessConfig
  /** Tools that are asked about, the one that fails most first. Default 8. */
  tools?: number
  /** Proposals that are looked at. Default 32. */
  limit?: number
}

export type Proposed = {
  /** For `validate`, like those that were induced. */
  candidates: Candidate[]
  /** What was not understood or does not hold, with the reason. */
  refused: { proposal: Json; reason: string }[]
}

/** Every other fold is shown to the model; it is judged by the rest. */
const isShown = (fold: number): boolean => fold % 2 === 0

/**
 * Lets a model propose interventions: the same JSON, from the same closed set of kinds, for the same gates. `generate`
 * is one call of any model: a prompt in, its text out. The model sees half of the episodes; what it proposes is
 * validated on the other half. Nothing it writes is executed or shown to anyone but as options of a kind.
 */
export async function proposeWith(
  generate: (prompt: string) => Promise<string>,
  mined: Mined,
  { kinds = builtinKinds, config = {}, tools = 8, limit = 32 }: ProposeOptions = {},
): Promise<Proposed> {
  const asked = gatherEvidence(mined).slice(0, tools)
  if (asked.length === 0) return { candidates: [], refused: [] }
  const proposals = readProposals(await generate(proposalPrompt(asked.map(shownHalf), kinds)))
  if (typeof proposals === 'string')
    return { candidates: [], refused: [{ proposal: null, reason: proposals }] }
  const drafts = new Map<string, Draft>()
  const refused: Proposed['refused'] = []
  for (const proposal of proposals.slice(0, limit)) {
    const draft = draftFor(proposal, asked, { kinds, config })
    if (typeof draft === 'string') refused.push({ proposal, reason: draft })
    else drafts.set(interventionId(draft), draft)
  }
  for (const proposal of proposals.slice(limit)) refused.push({ proposal, reason: 'too many proposals' })
  const candidates = [...drafts.values()].map((draft) => ({
    draft,
    heldOut: Array.from({ length: FOLDS }, (_, fold) => (isShown(fold) ? undefined : draft)),
    evidence: evidenceOf(draft, mined),
  }))
  return { candidates, refused }
}

function shownHalf(evidence: Evidence): Evidence {
  const shown = ({ episode }: { episode: string }) => isShown(foldOf(episode))
  return {
    ...evidence,
    failures: evidence.failures.filter(shown),
    pairs: evidence.pairs.filter(({ failed }) => shown(failed)),
    successes: evidence.successes.filter(shown),
  }
}

/** The array in an answer, also where a fence or a sentence stands around it. */
function readProposals(text: string): Json[] | string {
  const from = text.indexOf('[')
  const to = text.lastIndexOf(']')
  if (from < 0 || to < from) return 'the answer holds no JSON array'
  try {
    const parsed: unknown = JSON.parse(text.slice(from, to + 1))
    return Array.isArray(parsed) ? (parsed as Json[]) : 'the answer holds no JSON array'
  } catch {
    return 'the answer is not valid JSON'
  }
}

const TEXT: JsonObject = { type: 'string', maxLength: 256 }
const PROPOSAL: JsonObject = {
  type: 'object',
  properties: {
    kind: TEXT,
    tool: { type: 'string', minLength: 1, maxLength: 512 },
    options: { type: 'object' },
    when: { $ref: '#/$defs/guard' },
    signatures: { type: 'array', maxItems: 64, items: { type: 'string', maxLength: 512 } },
  },
  required: ['kind', 'tool', 'options'],
  additionalProperties: false,
  $defs: {
    guard: {
      anyOf: [
        ...['all', 'any'].map((name) => ({
          type: 'object',
          properties: { [name]: { type: 'array', maxItems: 16, items: { $ref: '#/$defs/guard' } } },
          required: [name],
          additionalProperties: false,
        })),
        {
          type: 'object',
          properties: { not: { $ref: '#/$defs/guard' } },
          required: ['not'],
          additionalProperties: false,
        },
        test(['present', 'absent'], {}),
        test(['type'], { types: { type: 'array', minItems: 1, maxItems: 8, items: TEXT } }),
        test(['equals'], { value: { type: ['string', 'number', 'boolean', 'null'] } }),
        test(['one-of'], { values: { type: 'array', minItems: 1, maxItems: 64 } }),
        test(['prefix', 'suffix', 'includes'], { text: { ...TEXT, minLength: 1 } }),
        test(['shape'], { shapes: { type: 'array', minItems: 1, maxItems: 16, items: TEXT } }),
      ],
    },
  },
}

function test(names: string[], more: JsonObject): JsonObject {
  return {
    type: 'object',
    properties: {
      path: { type: 'string', maxLength: 512, pattern: '^(?:/.*)?$' },
      test: { enum: names },
      ...more,
    },
    required: ['path', 'test', ...Object.keys(more)],
    additionalProperties: false,
  }
}

/** The draft that a proposal stands for, or why there is none. */
function draftFor(
  proposal: Json,
  asked: readonly Evidence[],
  { kinds, config }: { kinds: readonly Kind[]; config: LifeHarnessConfig },
): Draft | string {
  const [issue] = schemaCheck(PROPOSAL)(proposal)
  if (issue || !isJsonObject(proposal))
    return `no proposal: ${issue ? `${issue.path} ${issue.message}` : 'no object'}`
  const kind = kinds.find((one) => one.kind === proposal.kind)
  if (!kind) return `there is no kind ${JSON.stringify(proposal.kind)}`
  const evidence = asked.find(({ tool }) => toolKey(tool) === proposal.tool)
  if (!evidence) return `no failure of ${JSON.stringify(proposal.tool)} was asked about`
  const options = proposal.options as JsonObject
  const [wrong] = schemaCheck(kind.options)(options)
  if (wrong) return `the options are none of ${kind.kind}: ${wrong.path || 'the whole'}: ${wrong.message}`
  const when = proposal.when as Guard | undefined
  const said = Array.isArray(proposal.signatures) ? proposal.signatures : []
  const about = evidence.failures.filter(
    ({ failure }) => said.length === 0 || said.includes(failure.signature),
  )
  if (kind.phase === 'result' && said.length === 0) return 'it does not say which failures it answers'
  const path = kind.touches?.(options)
  const draft = (covered: readonly Covered[]): Draft =>
    draftOf(evidence, {
      ...{ inducer: 'model', kind: kind.kind, options, covered },
      ...(path === undefined ? {} : { path }),
      ...(when === undefined ? {} : { when }),
    })
  try {
    const replay = replayable(draft(about.map((failed) => ({ failed, paired: false }))), kind)
    const covered = about.flatMap((failed) => coveredBy(replay, failed, evidence, config))
    return covered.length > 0 ? draft(covered) : 'it acts on none of the recorded failures'
  } catch (error) {
    return `it does not compile: ${error instanceof Error ? error.message : error}`
  }
}

function coveredBy(
  replay: Replayable,
  failed: FailedCall,
  evidence: Evidence,
  config: LifeHarnessConfig,
): Covered[] {
  const { tool, contract, pairs } = evidence
  const { input, rawInput, failure, message } = failed
  if (!guardPasses(replay.draft.when, input)) return []
  // What depends on the course of an episode is not asked here; replay will.
  if (replay.kind.needsEpisode) return [{ failed, paired: false }]
  const action = replay.ask({
    call: {
      id: 'recorded',
      tool,
      ...{ turn: 0, index: 0, attempt: 1, approved: false },
      ...(input === undefined ? {} : { input }),
      ...(rawInput === undefined ? {} : { rawInput }),
    },
    result: toolResult('error', message, { error: { message: message || 'unknown' } }),
    contract,
    settings: toolSettings(config, tool, contract),
    failure,
    memory: noMemory(),
  })
  if (!action) return []
  const expect = action.type === 'replace-call' ? action.call.input : undefined
  const paired = pairs.some(({ failed: one, succeeded }) => {
    return one.episode === failed.episode && one.step === failed.step && jsonEqual(succeeded.input, expect)
  })
  return [{ failed, ...(expect === undefined ? {} : { expect }), paired: expect !== undefined && paired }]
}
