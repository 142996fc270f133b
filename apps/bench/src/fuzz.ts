// Random registries, contracts, calls, results and model texts through the runtime. Nothing may throw, what a person
// approved and what no guard means reaches the tool as it was emitted, and no decision may take long. Ends with 1 where one
// does not hold. The full run makes a million calls, `--quick` ten thousand; the seed is fixed.
import {
  createLifeHarness,
  type Episode,
  type Intervention,
  type Json,
  type ToolCall,
} from '@lifeharness/core'
import { registryWith } from '@lifeharness/core/testing'
import { seeded } from './activation/random.ts'
import { type Draw, drawing } from './fuzz/material.ts'
import { holds } from './fuzz/oracle.ts'
import { benchOptions, machine } from './options.ts'
import { plainTable } from './plain-table.ts'

const options = benchOptions()
const CALLS = options.quick ? 10_000 : 1_000_000
const CALLS_OF_AN_EPISODE = 20
const EPISODES_OF_A_REGISTRY = 10
/** Milliseconds of one decision at most, as the processor counts them for this thread: garbage collection included. */
const LIMIT_MS = 100
const SLOWEST = 10

type Decision = { ms: number; what: string; about: string }
const slowest: Decision[] = []
const violations: string[] = []
const faults = new Map<string, number>()
const acted = new Map<string, number>()
const counts = { calls: 0, registries: 0, decisions: 0, rewritten: 0, texts: 0, rescued: 0 }

/** Other processes on the machine do not count. */
function now(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

function decide<T>(what: string, about: () => string, body: () => T): T {
  const since = now()
  const value = body()
  note(now() - since, what, about)
  return value
}

function note(ms: number, what: string, about: () => string): void {
  counts.decisions++
  const last = slowest.at(-1)
  if (slowest.length === SLOWEST && last && ms <= last.ms) return
  slowest.push({ ms, what, about: about() })
  slowest.sort((a, b) => b.ms - a.ms)
  slowest.length = Math.min(slowest.length, SLOWEST)
}

function violated(rule: string, about: unknown): void {
  if (violations.length < 20) violations.push(`${rule}: ${JSON.stringify(about)?.slice(0, 500)}`)
}

async function registryRun(draw: Draw): Promise<void> {
  const entries = draw.several(1, 24, draw.entry)
  const registry = registryWith(...entries)
  const byId = new Map(registry.entries.map(({ intervention }) => [intervention.id, intervention]))
  const readOnly = draw.chance(0.3)
  const lifeHarness = await createLifeHarness({
    registry,
    mode: draw.one(['frozen', 'progressive'] as const),
    config: readOnly ? { tools: { '*': { readOnly } } } : {},
    onFault({ where, error }) {
      const name = error instanceof Error ? error.name : typeof error
      const at = where.replace(/-[0-9a-f]{12}$/, '')
      faults.set(`${at}: ${name}`, (faults.get(`${at}: ${name}`) ?? 0) + 1)
      // A refusal is worded; a mistake of the code is typed by the engine.
      if (/^(?:Type|Range|Reference|Syntax)Error$/.test(name) && /^(?!host codec)/.test(where))
        violated('a fault inside the layer', [where, (error as Error).message])
    },
  })
  counts.registries++
  for (let at = 0; at < EPISODES_OF_A_REGISTRY && counts.calls < CALLS; at++)
    await episodeRun(draw, lifeHarness.episode(), byId)
  await lifeHarness.close()
}

async function episodeRun(
  draw: Draw,
  episode: Episode,
  byId: ReadonlyMap<string, Intervention>,
): Promise<void> {
  const contracts = draw.tools().map(draw.contract)
  if (draw.chance(0.8))
    decide(
      'presentTools',
      () => `${contracts.length} tools`,
      () => episode.presentTools(contracts),
    )
  for (let turn = 0; turn < CALLS_OF_AN_EPISODE && counts.calls < CALLS; turn++) {
    decide(
      'context',
      () => '',
      () => episode.context(draw.text()),
    )
    if (draw.chance(0.05))
      decide(
        'holdAnswer',
        () => '',
        () => episode.holdAnswer(),
      )
    if (draw.chance(0.2)) {
      const text = draw.modelText()
      const first = { id: `text-${counts.calls}`, turn, index: 0 }
      counts.texts++
      counts.rescued += decide(
        'rescueText',
        () => text,
        () => episode.rescueText(text, first),
      ).calls.length
    }
    await callRun(draw, episode, callOf(draw, turn, contracts), byId)
  }
  episode.end()
}

function callOf(draw: Draw, turn: number, contracts: readonly { tool: ToolCall['tool'] }[]): ToolCall {
  const name = draw.toolName()
  const contract = contracts.find(({ tool }) => tool.name === name)
  const broken = draw.chance(0.1)
  return {
    id: `call-${counts.calls++}`,
    tool: contract && draw.chance(0.95) ? contract.tool : { origin: 'local', name },
    ...{ turn, index: 0, attempt: 1, approved: draw.chance(0.1) },
    ...(broken ? { rawInput: draw.rawInput() } : { input: draw.input(contract) }),
  }
}

async function callRun(
  draw: Draw,
  episode: Episode,
  emitted: ToolCall,
  byId: ReadonlyMap<string, Intervention>,
): Promise<void> {
  const asEmitted = JSON.stringify(emitted)
  const about = () => asEmitted
  const act = draw.act()
  const executed: ToolCall[] = []
  let toolMs = 0
  try {
    const { call } = decide('repairEmitted', about, () => episode.repairEmitted(emitted))
    const since = now()
    const ran = await episode.run(call, (planned) => {
      const began = now()
      executed.push(planned)
      try {
        return act()
      } finally {
        toolMs += now() - began
      }
    })
    note(now() - since - toolMs, 'run', about)
    for (const { intervention, arm, action, before } of ran.applied) {
      const of = byId.get(intervention)
      if (!of) violated('applied and not registered', intervention)
      else if (arm === 'applied') {
        acted.set(of.kind, (acted.get(of.kind) ?? 0) + 1)
        if (action === 'replace-call' && of.when && !holds(of.when, before))
          violated('acted outside its guard', [of, before])
      }
    }
    const isRewritten = ran.applied.some(
      ({ arm, action }) => arm === 'applied' && (action === 'replace-call' || action === 'retry'),
    )
    const own = executed.filter(({ tool, id }) => id === emitted.id && tool.name === emitted.tool.name)
    if (isRewritten) counts.rewritten++
    else if (own.some(({ input, rawInput }) => input !== emitted.input || rawInput !== emitted.rawInput))
      violated('changed without a record', [emitted, executed])
    if (emitted.approved && executed.some((one) => one !== emitted))
      violated('an approved call was changed', [emitted, executed])
  } catch (error) {
    violated('threw', [emitted, String(error)])
  }
  if (JSON.stringify(emitted) !== asEmitted)
    violated('the host’s own call was changed in place', [asEmitted, emitted as Json])
}

const draw = drawing(seeded(20_261_128))
const started = performance.now()
while (counts.calls < CALLS) await registryRun(draw)
const seconds = (performance.now() - started) / 1_000
for (const { ms, what, about } of slowest)
  if (ms > LIMIT_MS) violated(`a decision took ${ms.toFixed(0)} ms`, [what, about])

if (options.json)
  console.log(
    JSON.stringify(
      {
        bench: 'fuzz',
        ...counts,
        seconds,
        slowest,
        violations,
        faults: Object.fromEntries(faults),
        acted: Object.fromEntries(acted),
        machine: machine(),
      },
      null,
      2,
    ),
  )
else {
  const table = plainTable(['ms', 'decision', 'about'], { colWidths: [10, 16, 90] })
  for (const { ms, what, about } of slowest)
    table.push([ms.toFixed(2), what, about.slice(0, 80).replace(/\s+/g, ' ')])
  console.log(table.toString())
  const kinds = [...acted]
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${kind} ${count.toLocaleString('en')}`)
  console.log(`acted: ${kinds.join(', ')}`)
  console.log(
    `refused or reported: ${[...faults].map(([fault, count]) => `${fault} ${count}`).join(', ') || 'nothing'}`,
  )
  console.log(
    `${counts.calls.toLocaleString('en')} calls, ${counts.registries.toLocaleString('en')} registries, ${counts.texts.toLocaleString('en')} texts (${counts.rescued.toLocaleString('en')} calls rescued), ${counts.rewritten.toLocaleString('en')} rewritten, ${counts.decisions.toLocaleString('en')} decisions in ${seconds.toFixed(0)} s`,
  )
  console.log(violations.length === 0 ? 'no violation' : `VIOLATIONS\n${violations.join('\n')}`)
}
process.exitCode = violations.length === 0 && counts.rewritten > 0 ? 0 : 1
