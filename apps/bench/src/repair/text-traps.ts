import type { Trap } from './traps.ts'

const words = ({ name, input }: { name: string; input: object }) => ({
  json: JSON.stringify({ name, arguments: input }),
  call: `${name}(${Object.entries(input)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join(', ')})`,
})

/** Texts that speak of a call without making it, and calls of tools that nobody has. */
export const textTraps: readonly Trap[] = [
  {
    name: 'talk about a call',
    spring({ call, random }) {
      const { json, call: written } = words(call)
      const texts = [
        `You can use ${written} for that.`,
        `For example:\n\`\`\`json\n${json}\n\`\`\``,
        `I would call \`${written}\`, but I need your confirmation first.`,
        `Should I run this?\n\`\`\`json\n${json}\n\`\`\``,
        `The expected format is:\n\`\`\`\n<tool_call>${json}</tool_call>\n\`\`\``,
        `Previously I ran ${json} and it failed.`,
        `Do not run the following:\n${json}`,
        `I already called ${written}.`,
        `If you want me to, I could do:\n${written}`,
        `Here is how the tool is documented:\n\`\`\`python\n${written}\n\`\`\`\nShall we go on?`,
        `The log shows:\n${json}\nand then an error.`,
        `Calls look like \`<tool_call>${json}</tool_call>\` in this format.`,
        `<think>Maybe ${written}?</think>\nWhich city do you mean?`,
        `Ich würde zum Beispiel Folgendes aufrufen:\n\`\`\`json\n${json}\n\`\`\``,
      ]
      return { emitted: { text: random.pick(texts) } }
    },
  },
  {
    name: 'definition of a tool',
    spring: ({ contract, random }) => {
      const definition = JSON.stringify({
        name: contract.tool.name,
        description: contract.description ?? '',
        parameters: contract.inputSchema ?? {},
      })
      return {
        emitted: { text: random.pick([definition, `\`\`\`json\n${definition}\n\`\`\``, `[${definition}]`]) },
      }
    },
  },
  {
    name: 'text call of no tool',
    spring({ tools, call, random }) {
      const name = `${call.name}_forever`
      if (tools.some(({ tool }) => tool.name === name)) return undefined
      const { json, call: written } = words({ ...call, name })
      const forms = [`<tool_call>${json}</tool_call>`, json, written, `Action: ${name}\nAction Input: {}`]
      return { emitted: { text: random.pick(forms) } }
    },
  },
  {
    name: 'text call with a variable',
    spring({ call, random }) {
      const [name] = Object.keys(call.input)
      if (name === undefined || !/^[A-Za-z_]\w*$/.test(call.name)) return undefined
      const form = random.pick([
        `${name}=${name}`,
        `${name}=user_input + "x"`,
        `${name}=f"{${name}}"`,
        `${name}=lambda x: x`,
        `${name}=get_${name}()`,
        `${name}=<${name}>`,
      ])
      return { emitted: { text: random.pick([`${call.name}(${form})`, `[${call.name}(${form})]`]) } }
    },
  },
  {
    name: 'answer that looks like a call',
    spring({ call, random }) {
      const data = JSON.stringify({ ...call.input, status: 'ok' })
      return {
        emitted: {
          text: random.pick([
            data,
            `\`\`\`json\n${data}\n\`\`\``,
            JSON.stringify({ result: call.input }),
            JSON.stringify({ name: 'Ada', arguments: ['a'] }),
          ]),
        },
      }
    },
  },
]
