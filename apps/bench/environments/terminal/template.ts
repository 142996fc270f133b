import type { SolutionCall } from '../environment.ts'
import type { Ran } from './sandbox.ts'

/** What the checker may look at: the files as they are in the end, and programs of its own run over them. */
export type FinalState = {
  /** Undefined where there is no such file. */
  read(path: string): string | undefined
  isExecutable(path: string): boolean
  bash(command: string, cwd?: string): Promise<Ran>
}

/** One task, below the work folder. */
export type TerminalTask = {
  request: string
  files: Readonly<Record<string, string>>
  /** Of those files. */
  executable?: readonly string[]
  /** Commands that make the start what files alone cannot (repositories). */
  prepare?: string
  solution: readonly SolutionCall[]
  isDone(state: FinalState): boolean | Promise<boolean>
}

export type TerminalTemplate = {
  name: string
  split: 'train' | 'test'
  /** Variants differ in their data only. */
  make(variant: number): TerminalTask
}

export function bash(command: string, cwd?: string): SolutionCall {
  return { tool: 'bash', input: { command, ...(cwd === undefined ? {} : { cwd }) } }
}

export function first(call: SolutionCall): SolutionCall {
  return { ...call, role: 'prerequisite' }
}

export function look(call: SolutionCall): SolutionCall {
  return { ...call, role: 'check' }
}

export function writeFile(path: string, content: string): SolutionCall {
  return { tool: 'write_file', input: { path, content } }
}

export function readFile(path: string, limit: number): SolutionCall {
  return { tool: 'read_file', input: { path, offset: 0, limit } }
}

export function runTests(cwd: string): SolutionCall {
  return { tool: 'run_tests', input: { cwd, timeout_s: 20 } }
}

export function runPython(code: string, cwd?: string): SolutionCall {
  return { tool: 'run_python', input: { code, timeout_s: 20, ...(cwd === undefined ? {} : { cwd }) } }
}

/** One of a list by the variant; lists of different length give different combinations. */
export function pickOf<Item>(items: readonly Item[], variant: number): Item {
  return items[variant % items.length] as Item
}
