import type { ToolCall, ToolMessage } from '@langchain/core/messages'
import type { Command, LangGraphRunnableConfig } from '@langchain/langgraph'
import { ToolNode, type ToolNodeOptions } from '@langchain/langgraph/prebuilt'
import type { LifeHarness } from '@lifeharness/core'
import { toolNodeError } from './act.ts'
import { type LayerOptions, layerOf } from './layer.ts'
import { NODE_ACTIONS, runOf } from './node.ts'

/**
 * LangGraph's `ToolNode` with the layer inside: every call goes through it. Put `lifeHarnessNode` around the model's
 * node too: only there is seen what a model wrote, and that nobody can have approved it since. Without, the first calls
 * of a run in a thread count as approved.
 */
export function lifeHarnessToolNode(
  lifeHarness: LifeHarness,
  tools: ToolNode['tools'],
  { name, tags, handleToolErrors = true, ...options }: LayerOptions & ToolNodeOptions = {},
): ToolNode {
  const layer = layerOf(lifeHarness, options, NODE_ACTIONS)

  class LifeHarnessToolNode extends ToolNode {
    protected override async runTool(call: ToolCall, config: LangGraphRunnableConfig, state: unknown) {
      const execution = {
        start: (executed: object) => super.runTool(executed as ToolCall, config, state),
        tells: () => handleToolErrors,
        errorMessage: (thrown: unknown) => toolNodeError(thrown, call),
      }
      const result = await layer.execute(runOf(state, config), call, execution, this.tools)
      return result as ToolMessage | Command
    }
  }
  return new LifeHarnessToolNode(tools, {
    ...(name ? { name } : {}),
    ...(tags ? { tags } : {}),
    handleToolErrors: false,
  })
}
