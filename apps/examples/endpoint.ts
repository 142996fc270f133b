// Endpoints of model providers on this machine: the clients are the real ones, what they are answered is scripted.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Message = { role: string; content?: unknown; tool_calls?: unknown }
export type Endpoint = { url: string; close(): Promise<void> }

/** Answers each posted JSON body with what `answer` makes of its messages. */
export async function endpoint(answer: (messages: Message[]) => unknown): Promise<Endpoint> {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(answer(JSON.parse(body).messages)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** What a model writes: a text, or one call with its arguments as text. */
export type Reply = { text: string } | { name: string; arguments: string }

let replies = 0

/** An endpoint of OpenAI's kind, as Ollama, LM Studio and llama.cpp have one too. */
export function chatEndpoint(reply: (messages: Message[]) => Reply): Promise<Endpoint> {
  return endpoint((messages) => {
    const said = reply(messages)
    const id = `${++replies}`
    const call = 'name' in said && { id: `call-${id}`, type: 'function', function: said }
    const message = { content: 'text' in said ? said.text : null, ...(call ? { tool_calls: [call] } : {}) }
    return {
      ...{ id: `reply-${id}`, object: 'chat.completion', created: 0, model: 'scripted' },
      choices: [
        {
          ...{ index: 0, finish_reason: call ? 'tool_calls' : 'stop' },
          message: { role: 'assistant', ...message },
        },
      ],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    }
  })
}

/** How often the conversation was answered by a tool. */
export const resultsIn = (messages: Message[]): number =>
  messages.filter(({ role }) => role === 'tool').length
