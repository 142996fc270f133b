import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import { lifeHarnessMiddleware, lifeHarnessTools } from '@lifeharness/ai-sdk'
import type { LifeHarness } from '@lifeharness/core'
import { isStepCount, type LanguageModel, ToolLoopAgent, type ToolSet, wrapLanguageModel } from 'ai'
import { type Dispatch, dispatchTools, startDispatch } from './dispatch.ts'
import { type FileServer, startFileServer } from './file-server.ts'
import { frozenModel, type Intent } from './frozen-model.ts'
import type { Key } from './random.ts'
import { openShop, shopTools } from './shop.ts'
import { isDone, type Task } from './task.ts'

/** The real environment that all episodes share: an HTTP service and a file server; the open shops are by episode. */
export type Environment = { dispatch: Dispatch; files: FileServer; shops: Map<string, DatabaseSync> }

export async function startEnvironment(): Promise<Environment> {
  const [dispatch, files] = await Promise.all([startDispatch(), startFileServer()])
  return { dispatch, files, shops: new Map() }
}

export async function stopEnvironment({ dispatch, files }: Environment): Promise<void> {
  await Promise.all([dispatch.close(), files.close()])
}

/** A call as the model saw it: what it wrote, and whether it was told of a failure. */
export type SeenCall = Intent & { id: string; failed: boolean }

/** How one execution of a tool went: below the layer, or as the host saw it. */
type Execution = { id: string; ok: boolean; ms: number }

export type EpisodeReport = {
  id: string
  task: Task
  luck: Key
  success: boolean
  calls: readonly SeenCall[]
  /** Time that failed calls cost: their turns of the model, their executions, and waiting for them, in milliseconds. */
  wastedMs: number
}

export type EpisodeOptions = {
  task: Task
  /** Tells episodes of one task apart: the phase and the arm. */
  label: string
  luck: Key
  /** Absent: the agent runs without the layer. */
  lifeHarness?: LifeHarness
}

/** For the two seconds that a turn of a model takes: all waits of the demo are 250 times shorter than usual. */
const TURN_MS = 8
const MAX_TURNS = 30

/** Runs the agent on one task and judges what the world looks like afterwards. */
export async function runEpisode(environment: Environment, options: EpisodeOptions): Promise<EpisodeReport> {
  const { task, label, luck, lifeHarness } = options
  const { dispatch, files, shops } = environment
  const id = `${label}:${task.id}`
  const db = openShop()
  shops.set(id, db)
  const workspace = dispatch.open(id, `${luck} ${task.id}`)
  for (const [name, text] of Object.entries(task.inbox)) await writeFile(join(files.inbox, name), text)

  const intents = new Map<string, Intent>()
  const executions: Execution[] = []
  const answers: Execution[] = []
  const bareModel = frozenModel({
    task,
    episode: id,
    luck,
    turnMs: TURN_MS,
    onCall: (call, intent) => void intents.set(call, intent),
  })
  const bareTools = timed({ ...shopTools(db), ...dispatchTools(dispatch, id), ...files.tools }, executions)
  const episode = lifeHarness?.episode({
    id,
    subject: task.subject,
    model: { provider: bareModel.provider, modelId: bareModel.modelId },
  })
  const agent = new ToolLoopAgent({
    model: lifeHarness ? withLayer(lifeHarness, bareModel, id, task.subject) : bareModel,
    tools: timed(
      lifeHarness ? lifeHarnessTools(lifeHarness, bareTools, { episode: id }) : bareTools,
      answers,
    ),
    stopWhen: isStepCount(MAX_TURNS),
  })
  const { steps } = await agent.generate({ prompt: task.text })

  const failed = new Set(steps.flatMap(({ content }) => content.flatMap(failedCall)))
  const output = task.expected.file && join(files.outbox, task.expected.file.name)
  const file = output && (await readFile(output, 'utf8').catch(() => undefined))
  const success = isDone(task, { db, workspace, file })
  episode?.end({ success })

  shops.delete(id)
  db.close()
  dispatch.drop(id)
  for (const name of Object.keys(task.inbox)) await rm(join(files.inbox, name))
  if (output) await rm(output, { force: true })
  const calls = [...intents].map(([call, intent]) => ({ ...intent, id: call, failed: failed.has(call) }))
  return { id, task, luck, success, calls, wastedMs: wastedTime(answers, executions) + failed.size * TURN_MS }
}

/** A failed call is wasted whole; of one that went well, what went before its last execution, and the layer's own time. */
function wastedTime(answers: readonly Execution[], executions: readonly Execution[]): number {
  return answers.reduce((sum, answer) => {
    const useful = answer.ok ? executions.findLast(({ id, ok }) => ok && id === answer.id)?.ms : 0
    return sum + answer.ms - (useful ?? 0)
  }, 0)
}

function withLayer(
  lifeHarness: LifeHarness,
  model: LanguageModelV4,
  episode: string,
  subject: string,
): LanguageModel {
  return wrapLanguageModel({ model, middleware: lifeHarnessMiddleware(lifeHarness, { episode, subject }) })
}

/** The id of a call of which the model was told that it failed. */
function failedCall(part: { type: string; toolCallId?: string; output?: unknown }): string[] {
  const { toolCallId = '' } = part
  if (part.type === 'tool-error') return [toolCallId]
  const isError = (part.output as { isError?: unknown } | null | undefined)?.isError === true
  return part.type === 'tool-result' && isError ? [toolCallId] : []
}

/** Tools that note how each execution went. */
function timed(tools: ToolSet, executions: Execution[]): ToolSet {
  const entries = Object.entries(tools).map(([name, tool]) => [
    name,
    {
      ...tool,
      execute: async (input: unknown, options: { toolCallId: string }) => {
        const started = performance.now()
        let ok = false
        try {
          const output: unknown = await tool.execute!(input as never, options as never)
          ok = (output as { isError?: unknown } | null)?.isError !== true
          return output
        } finally {
          executions.push({ id: options.toolCallId, ok, ms: performance.now() - started })
        }
      },
    },
  ])
  return Object.fromEntries(entries) as ToolSet
}
