export {
  type Account,
  addOutcome,
  type EpisodeOutcome,
  harms,
  helps,
  openAccount,
  skewed,
} from '../activation.ts'
export { anchorHolds } from '../anchor.ts'
export { failureFacts } from '../failure-facts.ts'
export { onlineLevel, priceOf, type TestLedger } from '../false-discovery.ts'
export { interventionId } from '../intervention.ts'
export { isRedacted } from '../redact.ts'
export { logEvidence } from '../sequential-test.ts'
export { readText } from '../text-category.ts'
export type { Saying } from '../text-saying.ts'
export { anchorOf } from '../tool.ts'
export { WORD_TABLE_CODE, type WordTable, weigherOf } from '../word-weights.ts'
export { type Conflict, conflictsOf } from './conflicts.ts'
export {
  type Decision,
  decideStage,
  type Ledger,
  STAGE_LIMITS,
  type StageLimits,
  type StageQuestion,
} from './decide.ts'
export { describeDrift, describeGuard, describeIntervention } from './describe.ts'
export { type Change, changesBetween } from './diff.ts'
export { type Drift, driftsIn } from './drift.ts'
export { defineInducer, type Evidence, type Inducer } from './evidence.ts'
export { type Asked, type ExplainedStep, type ExplainQuestion, explainStep } from './explain.ts'
export { type FixtureVerdict, replayFixtures } from './fixtures.ts'
export { type Forecast, forecastDecision } from './forecast.ts'
export { type ContractRepair, draftsFromContract, type Emitted, repairFromContract } from './from-contract.ts'
export { readTrajectories } from './from-store.ts'
export {
  type CostlySignature,
  HEALTH_LIMITS,
  type Health,
  type HealthLimits,
  type HealthQuestion,
  healthOf,
  type InterventionHealth,
  type SignatureHealth,
  type Warning,
} from './health.ts'
export { hintAgrees, type Recovery } from './hint-agreement.ts'
export type { Impact } from './impact.ts'
export {
  type ImportOptions,
  type ImportProblem,
  type ImportSummary,
  importTrajectories,
  type TrajectoryImport,
} from './import/import.ts'
export type { Candidate } from './induce.ts'
export { builtinInducers } from './inducers/index.ts'
export { episodeJudge, type JudgedStep, type JudgeOptions } from './judge.ts'
export { type LearnOptions, type Learnt, learn } from './learn.ts'
export { createLearner, type LearnerOptions } from './learner.ts'
export { isFromContract, literalsOf } from './literals.ts'
export { mergeMined } from './merge-mined.ts'
export {
  foldOf,
  type Mined,
  mine,
  type SignatureStats,
  type SourceStats,
  type TrajectorySource,
} from './mine.ts'
export { withPaths } from './option-paths.ts'
export { collectOutcomes, type InterventionOutcome, type OutcomeOptions } from './outcomes.ts'
export { findPairs, type StepPair } from './pairs.ts'
export {
  type PersonOptions,
  promoteByPerson,
  retireByPerson,
  suspendByPerson,
  undoByPerson,
} from './person.ts'
export { type Proposed, type ProposeOptions, proposeWith } from './propose-with.ts'
export { everRegistered, type RegisterOptions, registerLearnt } from './register.ts'
export {
  type CategorySummary,
  type InterventionSummary,
  type SignatureSummary,
  type Summary,
  summarise,
} from './summary.ts'
export {
  clusterTemplates,
  emptyTemplates,
  mergeTemplates,
  type TemplateLimits,
  type TemplateMember,
  type TemplateState,
  templateOf,
  templateTexts,
} from './templates.ts'
export { type Validated, type ValidateOptions, validate } from './validate.ts'
export type { Replay } from './verdict.ts'
export { type WorkerLearner, type WorkerLearnerOptions, workerLearner } from './worker-learner/index.ts'
