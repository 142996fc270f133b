import { type Clock, createLifeHarness, type Intervention, type LifeHarness } from '@lifeharness/core'
import { builtinKinds } from '@lifeharness/core/builtins'
import { interventionId, openAccount } from '@lifeharness/core/learn'
import { bindPack, loadPack } from '@lifeharness/packs'
import { VENUE_BINDINGS } from '../../../environments/api/pack-bindings.ts'
import { VERSION } from '../../../environments/api/state.ts'
import { VENUE_CONFIG } from '../../../environments/api/world.ts'

/** The pack as the user of the venue's tools binds it, and the one header that only he can know. */
export function venueInterventions(): Intervention[] {
  const pack = loadPack('api')
  if (!pack) throw new Error('there is no pack for HTTP APIs')
  const bound = VENUE_BINDINGS.flatMap((binding) =>
    bindPack(pack, binding).map(({ intervention }) => intervention),
  )
  const [first] = bound
  if (!first) throw new Error('the pack is empty')
  return [...bound, ownHeader(first)]
}

function ownHeader({ origin }: Intervention): Intervention {
  const draft = {
    kind: 'set-header',
    options: { path: '/headers', name: 'Api-Version', value: VERSION, create: true },
    tool: { origin: 'local', name: 'http_request' },
    when: { path: '/path', test: 'prefix' as const, text: '/v1/' },
  }
  const { pack: _, ...rest } = origin
  return {
    ...{
      ...draft,
      id: interventionId(draft),
      version: 1,
      category: 'contract.missing_param',
      signatures: [],
    },
    ...{ layer: 'action', risk: 'value', origin: { ...rest, inducer: 'person' } },
  }
}

/** A layer in which all of them act: a person has approved those that need it. */
export async function venueLayer(
  interventions: readonly Intervention[],
  clock: Clock,
  onFault: (where: string, error: unknown) => void,
): Promise<LifeHarness> {
  const record = {
    ...{ stage: 'active' as const, since: 0, reason: 'bench', controlShare: 0 },
    account: openAccount(),
  }
  return createLifeHarness({
    registry: {
      ...{ version: 1, templates: {}, settings: {} },
      entries: interventions.map((intervention) => ({
        intervention,
        pinned: true,
        stages: { default: record },
      })),
    },
    mode: 'frozen',
    kinds: builtinKinds,
    config: VENUE_CONFIG,
    clock,
    onFault: ({ where, error }) => onFault(where, error),
  })
}
