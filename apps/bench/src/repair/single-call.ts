import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json, JsonObject, ToolContract } from '@lifeharness/core'
import { isExpected } from './accepted.ts'
import type { Answer, Call, System } from './case.ts'
import { contractsOf, isObject, propertiesOf } from './schemas.ts'
import { isRunnable } from './valid.ts'

/** What a system makes of one model's real outputs. */
export type SingleCallRow = {
  model: string
  system: string
  outputs: number
  wrong: number
  wrongToRight: number
  rightToWrong: number
  /** Share of the outputs on which our reading of the expected values agrees with the label, before any repair. */
  agreement: number
  /** Ids of what was broken. */
  broken: string[]
}

type Output = {
  id: string
  model: string
  text: string
  correct: boolean
  decoded: Call[] | undefined
  expected: Json
  tools: ToolContract[]
}

/** Every `<set>-outputs-<model>.jsonl` beside its questions and tool sets. */
export function loadOutputs(data: string): Output[] {
  const folder = join(data, 'single_call')
  if (!existsSync(folder)) return []
  const files = readdirSync(folder)
    .filter((name) => /-outputs-.*\.jsonl$/.test(name))
    .sort()
  return files.flatMap((file) => {
    const set = file.split('-outputs-')[0] as string
    const questions = new Map(
      jsonLines(join(folder, `${set}-questions.jsonl`)).map((question) => [question.id, question]),
    )
    const toolSets = JSON.parse(readFileSync(join(folder, `${set}-toolsets.json`), 'utf8')) as Record<
      string,
      Json[]
    >
    return jsonLines(join(folder, file)).flatMap((line): Output[] => {
      const question = questions.get(line.id as Json)
      if (!question) return []
      return [
        {
          id: String(line.id),
          model: `${String(line.model)}${line.fc === true ? ' (native)' : ''}`,
          text:
            typeof line.model_output_raw === 'string'
              ? line.model_output_raw
              : JSON.stringify(line.model_output_raw),
          correct: line.correct === true,
          decoded: decodedCalls(line.decoded),
          expected: question.expected ?? null,
          tools: contractsOf(toolSets[String(question.tools_key)] ?? []),
        },
      ]
    })
  })
}

function jsonLines(file: string): JsonObject[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as JsonObject)
}

function decodedCalls(decoded: Json | undefined): Call[] | undefined {
  if (!Array.isArray(decoded)) return undefined
  return decoded
    .filter(isObject)
    .flatMap((one) =>
      Object.entries(one).flatMap(([name, input]): Call[] => (isObject(input) ? [{ name, input }] : [])),
    )
}

export async function singleCallReport(data: string, systems: readonly System[]): Promise<SingleCallRow[]> {
  const outputs = loadOutputs(data)
  const rows: SingleCallRow[] = []
  for (const [model, own] of Map.groupBy(outputs, ({ model }) => model)) {
    const agreeing = own.filter(
      (one) => one.decoded === undefined || isRight(one, one.decoded) === one.correct,
    )
    for (const system of systems) {
      const judged = own.map((one) => ({ one, right: becomesRight(one, answerTo(system, one)) }))
      const broken = judged.filter(({ one, right }) => one.correct && !right)
      rows.push({
        model,
        system: system.name,
        outputs: own.length,
        wrong: own.filter(({ correct }) => !correct).length,
        wrongToRight: judged.filter(({ one, right }) => !one.correct && right).length,
        rightToWrong: broken.length,
        agreement: agreeing.length / own.length,
        broken: broken.map(({ one }) => one.id),
      })
    }
  }
  return rows
}

/** Without an answer the host goes on with what it decoded itself, and the label stands. */
function becomesRight(one: Output, answer: Answer): boolean {
  if (answer === undefined || JSON.stringify(answer) === JSON.stringify(one.decoded)) return one.correct
  return isRight(one, answer)
}

/** The text first, as it came; where nothing is made of it, each call that the host decoded. */
function answerTo(system: System, { id, text, tools, decoded }: Output): Answer {
  const whole = system.answer({ id, group: 'repair', operators: [], tools, emitted: { text }, truth: null })
  if (whole && runs(whole, tools)) return whole
  const calls = decoded?.map(({ name, input }) => {
    const emitted = { name, rawInput: JSON.stringify(input) }
    const answer = system.answer({ id, group: 'repair', operators: [], tools, emitted, truth: null })
    return answer && runs(answer, tools) ? answer : [{ name, input }]
  })
  return calls?.flat()
}

function runs(calls: readonly Call[], tools: readonly ToolContract[]): boolean {
  return calls.every((call) => isRunnable(call, tools))
}

function isRight({ expected, tools }: Output, calls: readonly Call[]): boolean {
  return isExpected(calls, expected, (name) => {
    const contract = tools.find(({ tool }) => tool.name === name)
    return contract ? propertiesOf(contract) : {}
  })
}
