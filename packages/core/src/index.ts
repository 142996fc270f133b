export type { Action, ActionType, Applied, Arm, CallPlan } from './action.ts'
export type { HostCodec } from './attempt.ts'
export { type Clock, systemClock } from './clock.ts'
export {
  defineConfig,
  type LifeHarnessConfig,
  type MetaTool,
  type RedactionConfig,
  type ToolConfig,
} from './config.ts'
export type { Episode, EpisodeInit } from './episode.ts'
export { type Event, REFUSED_EVENTS } from './event.ts'
export {
  type Attribution,
  CATEGORIES,
  type Category,
  type Classifier,
  type ClassifyContext,
  defineClassifier,
  type Effect,
  type Failure,
  type Retryable,
  type Verdict,
} from './failure.ts'
export { type ModelFamily, modelFamily } from './family.ts'
export type { Fault } from './fault.ts'
export type { ArgumentTest, Guard } from './guard.ts'
export {
  type CallContext,
  type Draft,
  defineIntervention,
  type Fixture,
  type Intervention,
  type Kind,
  type Layer,
  type Origin,
  type ResultContext,
  type Risk,
  type Trust,
} from './intervention.ts'
export type { Json, JsonObject } from './json.ts'
export { exportRegistry, parseRegistry, RegistryFormatError } from './json-registry.ts'
export type { Learner, LearnReport } from './learner.ts'
export { memoryStore } from './memory-store.ts'
export {
  type RegistryEntry,
  type RegistryState,
  StageError,
  type StageRecord,
  type Transition,
} from './registry.ts'
export type { RunOptions, RunResult } from './run.ts'
export { createLifeHarness, type LifeHarness, type LifeHarnessOptions, type Mode } from './runtime.ts'
export type { SchemaIssue } from './schema.ts'
export { STAGES, type Stage } from './stage.ts'
export type { Cursor, Store, StoredEvent } from './store.ts'
export { StoreError, type StoreFault } from './store-error.ts'
export { LOCAL_ORIGIN, type Tool, type ToolContract, type ToolFacts, toolKey } from './tool.ts'
export {
  boundedView,
  type EpisodeInfo,
  type ErrorFacts,
  errorFacts,
  type ModelStep,
  type Outcome,
  type Step,
  type ToolCall,
  type ToolResult,
  type ToolStep,
  type Trajectory,
  toolResult,
  type Usage,
} from './trajectory.ts'
