import {
  hermesProtocol,
  morphXmlProtocol,
  qwen3CoderProtocol,
  type TCMProtocol,
  yamlXmlProtocol,
} from '@ai-sdk-tool/parser'
import type { Json, JsonObject, ToolContract } from '@lifeharness/core'
import { validateToolInput } from '@mastra/core/tools'
import { LlmJson } from '@typia/utils'
import { jsonrepair } from 'jsonrepair'
import { z } from 'zod'
import type { Answer, Case, System } from './case.ts'
import { plainRepair } from './plain.ts'
import { isObject } from './schemas.ts'

/** Reads the arguments of a native call; text instead of a call is beyond it. */
function argumentsOnly(
  read: (rawInput: string, contract: ToolContract) => Json | undefined,
): (of: Case) => Answer {
  return ({ emitted, tools }) => {
    if ('text' in emitted) return undefined
    const contract = tools.find(({ tool }) => tool.name === emitted.name)
    if (!contract) return undefined
    try {
      const input = read(emitted.rawInput, contract)
      return isObject(input) ? [{ name: emitted.name, input }] : undefined
    } catch {
      return undefined
    }
  }
}

const zodSchemas = new WeakMap<ToolContract, Parameters<typeof validateToolInput>[0]>()

function zodOf(contract: ToolContract): Parameters<typeof validateToolInput>[0] {
  let schema = zodSchemas.get(contract)
  if (!schema) {
    schema = z.fromJSONSchema(
      (contract.inputSchema ?? {}) as Parameters<typeof z.fromJSONSchema>[0],
    ) as unknown as Parameters<typeof validateToolInput>[0]
    zodSchemas.set(contract, schema)
  }
  return schema
}

const protocols: readonly TCMProtocol[] = [
  hermesProtocol(),
  morphXmlProtocol(),
  qwen3CoderProtocol(),
  yamlXmlProtocol(),
]

/** Each of its protocols in turn; the first that finds a call has it. In use one is chosen per model. */
function textCalls({ emitted, tools }: Case): Answer {
  if ('name' in emitted) return undefined
  const functions = tools.map(({ tool, description, inputSchema }) => ({
    type: 'function' as const,
    name: tool.name,
    ...(description === undefined ? {} : { description }),
    inputSchema: inputSchema ?? {},
  }))
  for (const protocol of protocols) {
    const content = protocol.parseGeneratedText({
      text: emitted.text,
      tools: functions as Parameters<TCMProtocol['parseGeneratedText']>[0]['tools'],
    })
    const calls = content.flatMap((part) => {
      return part.type === 'tool-call'
        ? [{ name: part.toolName, input: JSON.parse(part.input) as JsonObject }]
        : []
    })
    if (calls.length > 0) return calls
  }
  return undefined
}

export const baselines: readonly System[] = [
  { name: 'JSON.parse + schema', answer: argumentsOnly((text) => JSON.parse(text) as Json) },
  { name: 'jsonrepair', answer: argumentsOnly((text) => JSON.parse(jsonrepair(text)) as Json) },
  {
    name: 'typia LlmJson',
    answer: argumentsOnly((text, { inputSchema }) => {
      type Parameters_ = NonNullable<Parameters<typeof LlmJson.parse>[1]>
      const result = LlmJson.parse(text, { $defs: {}, ...inputSchema } as unknown as Parameters_)
      return (result.success ? result.data : undefined) as Json | undefined
    }),
  },
  {
    name: 'Mastra validateToolInput',
    answer: argumentsOnly((text, contract) => {
      const { data, error } = validateToolInput(zodOf(contract), JSON.parse(text), contract.tool.name)
      return error ? undefined : (data as Json)
    }),
  },
  { name: '@ai-sdk-tool/parser', answer: textCalls },
  { name: 'plain parse + coerce', answer: plainRepair },
]
