export { readTrajectories } from './from-store.ts'
export {
  type ImportOptions,
  type ImportProblem,
  type ImportSummary,
  importTrajectories,
  type TrajectoryImport,
} from './import/import.ts'
