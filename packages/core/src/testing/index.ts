export { type FakeClock, fakeClock } from './fake-clock.ts'
export { type EntryInit, registryEntry, registryWith } from './registry-entry.ts'
export {
  callsOf,
  followScript,
  inputText,
  type ScriptedCall,
  type ScriptedMessage,
  type ScriptedModel,
  type ScriptedPolicy,
  type ScriptedTurn,
  scriptedModel,
} from './scripted-model.ts'
export {
  type AdapterCase,
  type Driver,
  type DriverRun,
  type PlainTool,
  type Script,
  type TestAdapterOptions,
  testAdapter,
} from './test-adapter.ts'
export { type TestStoreOptions, testStore } from './test-store.ts'
export { type ThrowingStore, throwingStore } from './throwing-store.ts'
