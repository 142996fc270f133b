export {
  type BindOptions,
  type BoundEntry,
  bindPack,
  PackBindingError,
} from './bind-pack.ts'
export { loadPack, packNames } from './curated/index.ts'
export { type ExportedPack, type ExportPackOptions, exportPack } from './export-pack.ts'
export {
  type Binding,
  PACK_FORMAT,
  type Pack,
  type PackArgument,
  type PackEntry,
  type PackExpectation,
  type PackFixture,
  type PackGuard,
  type PackResult,
  type PackSlot,
  type SlotBinding,
} from './pack.ts'
export { type PackChangeOptions, type PackStep, PackVersionError, packChanges } from './pack-changes.ts'
export { PackFormatError, parsePack } from './parse-pack.ts'
export { type BindingProposal, missingArguments, proposeBinding } from './propose-binding.ts'
export { type Tried, type TryOptions, tryFixture } from './try-fixture.ts'
export { type PackProblem, type PackVerdict, type VerifyOptions, verifyPack } from './verify-pack.ts'
