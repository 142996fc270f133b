import type { Intervention, JsonObject, RegistryState, StageRecord, ToolContract } from '@lifeharness/core'
import { openAccount } from '@lifeharness/core/learn'

/** The tool under measurement, with a nested schema. */
export const TOOL: ToolContract = {
  tool: { origin: 'local', name: 'place_order' },
  inputSchema: {
    type: 'object',
    properties: {
      order: {
        type: 'object',
        properties: {
          reference: { type: 'string' },
          lines: {
            type: 'array',
            items: {
              type: 'object',
              properties: { sku: { type: 'string' }, name: { type: 'string' }, price: { type: 'number' } },
              required: ['sku', 'price'],
            },
          },
          address: {
            type: 'object',
            properties: { street: { type: 'string' }, city: { type: 'string' }, country: { type: 'string' } },
            required: ['city'],
          },
        },
        required: ['reference', 'lines'],
      },
      quantity: { type: 'integer' },
      note: { type: 'string' },
    },
    required: ['order', 'quantity'],
  },
}

/** Registry with active interventions: one coerces `quantity`, the others wait for arguments that never come. */
export function registryOf({ onTool, elsewhere }: { onTool: number; elsewhere: number }): RegistryState {
  const entries = [
    ...Array.from({ length: onTool }, (_, index) =>
      index === 0
        ? entry(TOOL.tool.name, index, 'coerce-argument', { path: '/quantity', to: 'integer' })
        : entry(TOOL.tool.name, index, 'rename-argument', {
            from: `/absent_${index}`,
            to: `/wanted_${index}`,
          }),
    ),
    ...Array.from({ length: elsewhere }, (_, index) =>
      entry(`other_${index % 500}`, index, 'rename-argument', { from: `/a_${index}`, to: `/b_${index}` }),
    ),
  ]
  return { version: 1, entries, templates: {}, settings: {} }
}

function entry(
  tool: string,
  index: number,
  kind: string,
  options: JsonObject,
): RegistryState['entries'][number] {
  const intervention: Intervention = {
    id: `${kind}-${tool}-${index}`,
    version: 1,
    kind,
    options,
    tool: { origin: 'local', name: tool },
    category: 'contract.type',
    signatures: [],
    layer: 'action',
    risk: 'form',
    origin: {
      inducer: 'bench',
      trust: 'observed',
      episodes: [],
      support: { pairs: 0, episodes: 0, subjects: 0, failures: 0 },
      prediction: { removes: 0.8 },
      fixtures: { fixes: [], leaves: [] },
    },
  }
  const record: StageRecord = {
    stage: 'active',
    since: 0,
    reason: 'bench',
    controlShare: 0,
    account: openAccount(),
  }
  return { intervention, stages: { default: record, bench: record } }
}
