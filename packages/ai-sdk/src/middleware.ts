import type { LifeHarness } from '@lifeharness/core'
import type { LanguageModelMiddleware } from 'ai'
import type { Answer, HostStream, Model, Params } from './host.ts'
import { memoryOf } from './memory.ts'
import { repairedStream } from './stream.ts'
import { type LifeHarnessMiddlewareOptions, modelTurn, repairedAnswer } from './turn.ts'

type Call = { params: Params; model: Model }

/**
 * The half that sits at the model, for `wrapLanguageModel`: shows and tells the model what the life harness has to
 * say, repairs dead calls where they are emitted, whole or in a stream, makes calls of those that were written as text,
 * and observes the calls that never reach a tool's `execute`.
 */
export function lifeHarnessMiddleware(
  lifeHarness: LifeHarness,
  options: LifeHarnessMiddlewareOptions = {},
): LanguageModelMiddleware {
  const memory = memoryOf(lifeHarness)
  const turnOf = ({ params, model }: Call) => modelTurn(lifeHarness, memory, options, params, model)
  const middleware = {
    specificationVersion: 'v4',
    async transformParams(call: Call): Promise<Params> {
      try {
        return turnOf(call).present()
      } catch (error) {
        lifeHarness.report('ai-sdk transformParams', error)
        return call.params
      }
    },
    async wrapGenerate({
      doGenerate,
      ...call
    }: Call & { doGenerate(): PromiseLike<Answer> }): Promise<Answer> {
      const answer = await doGenerate()
      try {
        return await repairedAnswer(turnOf(call), answer)
      } catch (error) {
        lifeHarness.report('ai-sdk wrapGenerate', error)
        return answer
      }
    },
    async wrapStream({
      doStream,
      ...call
    }: Call & { doStream(): PromiseLike<HostStream> }): Promise<HostStream> {
      const { stream, ...rest } = await doStream()
      const report = (error: unknown) => lifeHarness.report('ai-sdk wrapStream', error)
      return { ...rest, stream: repairedStream(stream, () => turnOf(call), report) }
    },
  }
  // The same object serves the middleware types of the AI SDK 5, 6 and 7, which exclude each other.
  return middleware as unknown as LanguageModelMiddleware
}
