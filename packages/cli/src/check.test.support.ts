import {
  type Event,
  type LifeHarnessConfig,
  LOCAL_ORIGIN,
  memoryStore,
  type RegistryEntry,
} from '@lifeharness/core'
import { type EntryInit, registryEntry } from '@lifeharness/core/testing'
import type { Check, Finding, Patient } from './check.ts'
import { lookAt } from './look.ts'
import type { Terminal } from './terminal.ts'

export const HOUR = 3_600_000
export const NOW: number = 1_000 * 24 * HOUR

export const SILENT: Terminal = {
  width: 100,
  out() {},
  err() {},
  paint: (_, text) => text,
  paintErr: (_, text) => text,
}

/** An event as a test writes it: no id, `at` an hour ago unless it says otherwise. */
export type Written = Event extends infer One
  ? One extends Event
    ? Omit<One, 'id' | 'at'> & { at?: number }
    : never
  : never

export type PatientInit = {
  entries?: readonly (EntryInit | RegistryEntry)[]
  settings?: { killed?: boolean; disabled?: Patient['state']['settings']['disabled'] & {} }
  events?: readonly Written[]
  config?: LifeHarnessConfig
} & Partial<Pick<Patient, 'installed' | 'environment' | 'learnerAt'>>

/** What a check finds in a real store with these entries and events, looked at as `doctor` does. */
export async function findings(check: Check, init: PatientInit): Promise<readonly Finding[]> {
  return check.find(await patientWith(init))
}

export async function patientWith({
  entries = [],
  settings = {},
  events = [],
  config = {},
  installed = [],
  environment = {},
  ...more
}: PatientInit): Promise<Patient> {
  const registered = entries.map((entry) => ('intervention' in entry ? entry : registryEntry(entry)))
  const store = memoryStore({ version: 1, entries: registered, templates: {}, settings })
  await store.append(
    events.map((event, index) => ({ at: NOW - HOUR, ...event, id: `event-${index}` }) as Event),
    'batch',
  )
  return { ...(await lookAt(store, [], config, SILENT, NOW)), installed, environment, ...more }
}

const LOCAL = (name: string) => ({ origin: LOCAL_ORIGIN, name })

export type CallInit = { error?: string; input?: object; applied?: Applied[]; at?: number; id?: string }
type Applied = Extract<Event, { type: 'tool' }>['applied'][number]

/** One call of a local tool; with a failure where `error` says why. */
export function called(episode: string, tool: string, init: CallInit = {}): Written {
  const { error, input = {}, applied = [], at, id = `${episode}-call` } = init
  const failed = {
    outcome: 'error' as const,
    view: error ?? null,
    error: { message: error ?? '' },
    failure: {
      ...{ category: 'state.not_found', signature: `state.not_found:${tool}`, dead: false },
      ...{ rank: 'text', attribution: 'model', retryable: 'edited', effect: 'unknown' },
      evidence: { detector: 'test', bytes: error ?? '' },
    },
  }
  return {
    ...{ type: 'tool', episode, ms: 1, applied },
    call: { id, tool: LOCAL(tool), turn: 0, index: 0, attempt: 1, approved: false, input },
    ...(error === undefined ? { outcome: 'ok', view: 'done' } : failed),
    ...(at === undefined ? {} : { at }),
  } as Written
}

export function began(episode: string, more: Partial<Extract<Event, { type: 'episode' }>> = {}): Written {
  return { type: 'episode', episode, family: 'some-model', ...more } as Written
}

export function ended(episode: string, at?: number): Written {
  return { type: 'end', episode, ...(at === undefined ? {} : { at }) } as Written
}

export function applied(intervention: string, arm: Applied['arm'] = 'shadow'): Applied {
  return { intervention, version: 1, arm, action: 'replace-call', dead: false }
}
