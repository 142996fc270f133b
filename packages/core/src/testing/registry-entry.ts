import { openAccount } from '../activation.ts'
import { type Draft, type Intervention, interventionId, type Layer, type Risk } from '../intervention.ts'
import type { JsonObject } from '../json.ts'
import type { RegistryEntry, RegistryState } from '../registry.ts'
import type { Stage } from '../stage.ts'
import { LOCAL_ORIGIN, type Tool } from '../tool.ts'

export type EntryInit = Partial<Omit<Draft, 'kind' | 'options' | 'tool'>> & {
  kind: string
  options?: JsonObject
  /** The tool, or the name of a local one. */
  tool: string | Tool
  stage: Stage
  layer?: Layer
  risk?: Risk
  controlShare?: number
}

/** A registry entry for tests, pinned so that its stage holds for every model family. */
export function registryEntry({ kind, options = {}, tool, stage, ...init }: EntryInit): RegistryEntry {
  const draft: Draft = {
    kind,
    options,
    tool: typeof tool === 'string' ? { origin: LOCAL_ORIGIN, name: tool } : tool,
    category: init.category ?? 'contract.misnamed_param',
    signatures: init.signatures ?? [],
    ...(init.when ? { when: init.when } : {}),
    ...(init.scope ? { scope: init.scope } : {}),
    origin: init.origin ?? {
      inducer: 'test',
      trust: 'observed',
      episodes: [],
      support: { pairs: 0, episodes: 0, subjects: 0, failures: 0 },
      prediction: { removes: 0.8 },
      fixtures: { fixes: [], leaves: [] },
    },
  }
  const intervention: Intervention = {
    ...draft,
    id: interventionId(draft),
    version: 1,
    layer: init.layer ?? 'action',
    risk: init.risk ?? 'form',
  }
  const record = {
    stage,
    since: 0,
    reason: 'test',
    controlShare: init.controlShare ?? 0,
    account: openAccount(),
  }
  return { intervention, stages: { default: record }, pinned: true }
}

export function registryWith(...entries: EntryInit[]): RegistryState {
  return { version: 1, entries: entries.map(registryEntry), templates: {}, settings: {} }
}
