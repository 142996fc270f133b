import { basename } from 'node:path'
import { isJsonObject, type Json } from '../../json.ts'
import type { ToolContract } from '../../tool.ts'
import type { Trajectory } from '../../trajectory.ts'
import { aiSdkFormat } from './ai-sdk.ts'
import { anthropicFormat } from './anthropic.ts'
import { claudeCodeFormat } from './claude-code.ts'
import { type ContractSource, openContractSource } from './contract-source.ts'
import { readDocuments } from './documents.ts'
import type { ImportFormat, LogFormat, ReadContext } from './format.ts'
import { langchainFormat } from './langchain.ts'
import { langgraphFormat } from './langgraph.ts'
import { mcpLogFormat } from './mcp-log.ts'
import { openaiFormat } from './openai.ts'
import { openhandsFormat } from './openhands.ts'
import { otelFormat } from './otel.ts'
import { recordedFormat } from './recorded.ts'
import { responsesFormat } from './responses.ts'
import { sweAgentFormat } from './swe-agent.ts'
import { tauFormat } from './tau.ts'
import { tracesFormat } from './traces.ts'

/** In the order in which they are tried; the more particular first. */
export const IMPORT_FORMATS: readonly ImportFormat[] = [
  otelFormat,
  mcpLogFormat,
  langgraphFormat,
  langchainFormat,
  recordedFormat,
  tracesFormat,
  claudeCodeFormat,
  responsesFormat,
  openhandsFormat,
  tauFormat,
  sweAgentFormat,
  aiSdkFormat,
  anthropicFormat,
  openaiFormat,
]

/** Records that are read together at most; a longer log is read in parts. */
const JOINED = 50_000

/** What could not be read: a line that was skipped, or the part of it that was left out. `line` counts from 1. */
export type ImportProblem = {
  file: string
  /** From 1; absent where the file as a whole is meant. */
  line?: number
  reason: string
}

/** Counts so far. `steps` are tool steps. */
export type ImportSummary = { files: number; trajectories: number; steps: number; problems: number }

export type ImportOptions = {
  /** Paths of JSONL or JSON files. */
  files: string | Iterable<string>
  /** Called for everything that was not understood. Required: nothing is dropped in silence. */
  onProblem(problem: ImportProblem): void
  /** Called after each trajectory and each file. */
  onProgress?(summary: Readonly<ImportSummary>): void
  /** The contracts of recordings that state none. Return the same array for the same tools. */
  contractsFor?(about: { file: string; source: string }): readonly ToolContract[] | undefined
}

export type TrajectoryImport = AsyncIterable<Trajectory> & { readonly summary: Readonly<ImportSummary> }

/**
 * Streams the trajectories of recordings: `recorded` episodes, `openai`, `anthropic`, `ai-sdk` and `langchain` messages, runs
 * of `swe-agent`, `langgraph` checkpoints, `otel` spans, `mcp-log` messages, items of `responses` (also Codex), sessions of
 * `claude-code`, `traces` of LangSmith and Langfuse, events of `openhands`, results of `tau-bench`; the format is told record by record from its form. Memory
 * holds one record (from `langgraph` on, those of one file that follow one another), and each list of contracts once. A broken line, an
 * unknown format or an unreadable file is reported and passed over, never fatal. A step that cannot be used (no id, a
 * result without its call) is reported and left out of its trajectory. Where a recording states no times, `ms` is 0.
 * Each iteration starts over, and so does the summary.
 */
export function importTrajectories(options: ImportOptions): TrajectoryImport {
  const summary: ImportSummary = { files: 0, trajectories: 0, steps: 0, problems: 0 }
  return { summary, [Symbol.asyncIterator]: () => readFiles(options, summary) }
}

async function* readFiles(options: ImportOptions, summary: ImportSummary): AsyncGenerator<Trajectory> {
  Object.assign(summary, { files: 0, trajectories: 0, steps: 0, problems: 0 })
  const contracts = openContractSource()
  for (const file of typeof options.files === 'string' ? [options.files] : options.files) {
    for await (const trajectory of readFile(file, options, summary, contracts)) {
      summary.trajectories++
      for (const step of trajectory.steps) if (step.type === 'tool') summary.steps++
      options.onProgress?.(summary)
      yield trajectory
    }
    summary.files++
    options.onProgress?.(summary)
  }
}

async function* readFile(
  file: string,
  options: ImportOptions,
  summary: ImportSummary,
  contracts: ContractSource,
): AsyncGenerator<Trajectory> {
  let line = 1
  let found = false
  let joined: { format: LogFormat; records: Json[]; line: number } | undefined
  function* readJoined(): Generator<Trajectory> {
    if (!joined) return
    const { format, records, line } = joined
    joined = undefined
    const at = { file, line, report, place: `${basename(file)}:${line}` }
    yield* readAs(format, (context) => format.readAll(records, context), at, options, contracts)
  }
  const report = (reason: string): void => {
    summary.problems++
    options.onProblem({ file, line, reason })
  }
  const reportFile = (reason: string): void => {
    summary.problems++
    options.onProblem({ file, reason })
  }
  const documents = readDocuments(file)[Symbol.asyncIterator]()
  try {
    for (;;) {
      // Only what the file system throws is a problem of the file; what the consumer throws is the consumer's.
      const next = await documents.next().catch((error: unknown) => reportFile(unreadable(error)))
      if (!next) return
      if (next.done) break
      found = true
      line = next.value.line
      if ('reason' in next.value) {
        report(next.value.reason)
        continue
      }
      const { value } = next.value
      // A list of parts is as good as the parts.
      const parts = Array.isArray(value) && !formatOf(value) ? value : [value]
      const format = formatOf(parts[0] ?? null)
      if (joined && (joined.format !== format || joined.records.length >= JOINED)) yield* readJoined()
      if (format && 'readAll' in format) {
        joined ??= { format, records: [], line }
        for (const part of parts) {
          if (formatOf(part) === format) joined.records.push(part)
          else report(`this record is not of the format ${format.name}, as those before it`)
        }
      } else yield* readDocument(value, { file, line, report }, options, contracts)
    }
    yield* readJoined()
    if (!found) reportFile('the file holds no record')
  } finally {
    await documents.return?.(undefined)
  }
}

function unreadable(error: unknown): string {
  const { code } = error as { code?: unknown }
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'this is a folder: name the files in it'
  return `cannot be read: ${messageOf(error)}`
}

type Place = { file: string; line: number; report(reason: string): void }

/** A document is one record, or a list of them. */
function* readDocument(
  document: Json,
  at: Place,
  options: ImportOptions,
  contracts: ContractSource,
): Generator<Trajectory> {
  const place = `${basename(at.file)}:${at.line}`
  if (!Array.isArray(document) || formatOf(document)) {
    yield* readRecord(document, { ...at, place }, options, contracts)
    return
  }
  if (document.length === 0) return at.report('the list holds no record')
  for (const [index, record] of document.entries()) {
    const report = (reason: string): void => at.report(`record ${index + 1}: ${reason}`)
    yield* readRecord(record, { ...at, report, place: `${place}:${index + 1}` }, options, contracts)
  }
}

function readRecord(
  record: Json,
  at: Place & { place: string },
  options: ImportOptions,
  contracts: ContractSource,
): readonly Trajectory[] {
  const format = formatOf(record)
  if (!format) {
    const form = isJsonObject(record) ? 'object' : Array.isArray(record) ? 'list' : 'value'
    at.report(`this ${form} is of no known format (${IMPORT_FORMATS.map(({ name }) => name).join(', ')})`)
    return []
  }
  const read = (context: ReadContext): readonly Trajectory[] => {
    if ('readAll' in format) return format.readAll([record], context)
    const trajectory = format.read(record, context)
    return trajectory ? [trajectory] : []
  }
  return readAs(format, read, at, options, contracts)
}

function readAs(
  { name }: ImportFormat,
  read: (context: ReadContext) => readonly Trajectory[],
  { file, place, report }: Place & { place: string },
  options: ImportOptions,
  contracts: ContractSource,
): readonly Trajectory[] {
  try {
    return read({
      file,
      place,
      fault: report,
      contracts: ({ ref, tools, source }) => {
        if (tools !== undefined && tools !== null) return contracts.inline(tools, report)
        if (typeof ref === 'string') return contracts.referred(ref, file, report)
        return options.contractsFor?.({ file, source }) ?? NO_CONTRACTS
      },
    })
  } catch (error) {
    report(`reading it as ${name} failed: ${messageOf(error)}`)
    return []
  }
}

const NO_CONTRACTS: readonly ToolContract[] = []

function formatOf(record: Json): ImportFormat | undefined {
  return IMPORT_FORMATS.find((format) => format.detects(record))
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200)
}
