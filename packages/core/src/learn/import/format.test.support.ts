import { expect } from 'vitest'
import type { Json } from '../../json.ts'
import type { ToolStep, Trajectory } from '../../trajectory.ts'
import type { ImportFormat } from './format.ts'

/** Reads records as one file of a format, which must know each of them. */
export function readerOf(format: ImportFormat) {
  return (...records: Json[]): { trajectories: readonly Trajectory[]; faults: readonly string[] } => {
    expect(records.every((record) => format.detects(record))).toBe(true)
    const faults: string[] = []
    const fault = (reason: string): void => void faults.push(reason)
    const context = { file: 'a.json', place: 'a.json:1', fault, contracts: () => [] }
    const trajectories =
      'readAll' in format
        ? format.readAll(records, context)
        : records.flatMap((record) => format.read(record, context) ?? [])
    return { trajectories, faults }
  }
}

/** What was called with what, and what came of it. */
export const stepsOf = (trajectory: Trajectory | undefined): unknown[][] =>
  (trajectory?.steps ?? [])
    .filter((step): step is ToolStep => step.type === 'tool')
    .map(({ call, result }) => [call.tool.name, call.input, result.outcome, result.error?.message])
