import type { Json } from '@lifeharness/core'
import type { Call } from './case.ts'
import type { Random } from './random.ts'

/** Writes a call as text; undefined where the dialect cannot say it (a tool's name with spaces, nested XML). */
export type Writer = { name: string; write(call: Call, random: Random): string | undefined }

const json = ({ name, input }: Call, inputKey = 'arguments') => JSON.stringify({ name, [inputKey]: input })
const isWord = (name: string) => /^[A-Za-z_][\w.-]*$/.test(name)

/** Forms that models are known to write, from their chat templates and from the formats that prompts ask for. */
export const writers: readonly Writer[] = [
  { name: 'hermes', write: (call) => `<tool_call>\n${json(call)}\n</tool_call>` },
  { name: 'hermes-open', write: (call) => `<tool_call>\n${json(call)}` },
  { name: 'hermes-prose', write: (call) => `Let me look that up.\n<tool_call>\n${json(call)}\n</tool_call>` },
  {
    name: 'fenced-json',
    write: (call) =>
      `\`\`\`json\n${JSON.stringify({ name: call.name, arguments: call.input }, null, 2)}\n\`\`\``,
  },
  { name: 'bare-json', write: (call) => json(call, 'parameters') },
  {
    name: 'json-list',
    write: (call, random) => `[${json(call, random.pick(['arguments', 'args', 'parameters']))}]`,
  },
  {
    name: 'openai-json',
    write: ({ name, input }) =>
      JSON.stringify({
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name, arguments: JSON.stringify(input) } },
        ],
      }),
  },
  {
    name: 'call-json',
    write: ({ name, input }) => (isWord(name) ? `${name}(${JSON.stringify(input)})` : undefined),
  },
  { name: 'call-python', write: (call) => python(call) },
  { name: 'list-python', write: (call) => listed(python(call)) },
  { name: 'fenced-python', write: (call) => fenced(python(call)) },
  {
    name: 'react',
    write: ({ name, input }) =>
      `Thought: I need the tool for this.\nAction: ${name}\nAction Input: ${JSON.stringify(input)}`,
  },
  {
    name: 'react-observed',
    write: ({ name, input }) =>
      `Thought: ok\nAction: ${name}\nAction Input: ${JSON.stringify(input)}\nObservation: done\nThought: I know the answer.\nFinal Answer: done`,
  },
  { name: 'llama-tag', write: ({ name, input }) => `<function=${name}>${JSON.stringify(input)}</function>` },
  { name: 'llama-python-tag', write: (call) => `<|python_tag|>${json(call, 'parameters')}` },
  { name: 'mistral', write: (call) => `[TOOL_CALLS] [${json(call)}]` },
  { name: 'mistral-args', write: ({ name, input }) => `[TOOL_CALLS]${name}[ARGS]${JSON.stringify(input)}` },
  {
    name: 'deepseek',
    write: ({ name, input }) =>
      `<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>${name}\n\`\`\`json\n${JSON.stringify(input)}\n\`\`\`<｜tool▁call▁end｜><｜tool▁calls▁end｜>`,
  },
  {
    name: 'kimi',
    write: ({ name, input }) =>
      `<|tool_calls_section_begin|><|tool_call_begin|>functions.${name}:0<|tool_call_argument_begin|>${JSON.stringify(input)}<|tool_call_end|><|tool_calls_section_end|>`,
  },
  {
    name: 'qwen-xml',
    write: (call) =>
      elements(
        call,
        (name, body) => `<tool_call>\n<function=${name}>\n${body}</function>\n</tool_call>`,
        (key, text) => `<parameter=${key}>\n${text}\n</parameter>\n`,
      ),
  },
  {
    name: 'invoke-xml',
    write: (call) =>
      elements(
        call,
        (name, body) => `<function_calls>\n<invoke name="${name}">\n${body}</invoke>\n</function_calls>`,
        (key, text) => `<parameter name="${key}">${text}</parameter>\n`,
      ),
  },
  {
    name: 'element-xml',
    write: (call) =>
      elements(
        call,
        (name, body) => (isWord(name) ? `<${name}>\n${body}</${name}>` : undefined),
        (key, text) => `<${key}>${text}</${key}>\n`,
      ),
  },
  {
    name: 'glm',
    write: (call) =>
      elements(
        call,
        (name, body) => `<tool_call>${name}\n${body}</tool_call>`,
        (key, text) => `<arg_key>${key}</arg_key>\n<arg_value>${text}</arg_value>\n`,
      ),
  },
]

function listed(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `[${text}]`
}

function fenced(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `\`\`\`python\n${text}\n\`\`\``
}

function python({ name, input }: Call): string | undefined {
  if (!isWord(name) || name.includes('-')) return undefined
  const entries = Object.entries(input)
  if (!entries.every(([key]) => /^[A-Za-z_]\w*$/.test(key))) return undefined
  return `${name}(${entries.map(([key, value]) => `${key}=${literal(value)}`).join(', ')})`
}

/** A value as Python's `repr` writes it. */
export function literal(value: Json): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  return `{${Object.entries(value)
    .map(([key, member]) => `${quoted(key)}: ${literal(member)}`)
    .join(', ')}}`
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r')
  return `${quote}${escaped.replaceAll(quote, `\\${quote}`)}${quote}`
}

function elements(
  { name, input }: Call,
  whole: (name: string, body: string) => string | undefined,
  part: (key: string, text: string) => string,
): string | undefined {
  const entries = Object.entries(input)
  // Between tags nothing is escaped; what holds tags cannot be said, nor can white space at the ends be kept.
  const sayable = entries.every(([, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return !/[<>&]/.test(text) && text.trim() === text && text !== ''
  })
  if (!sayable || entries.length === 0) return undefined
  return whole(
    name,
    entries
      .map(([key, value]) => part(key, typeof value === 'string' ? value : JSON.stringify(value)))
      .join(''),
  )
}
