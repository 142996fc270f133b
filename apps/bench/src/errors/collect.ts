import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Language, type Provoked, type Source, Unavailable } from './provocation.ts'
import { vary } from './vary.ts'

/** One message with its label. */
export type Labelled = Provoked & { tool: string; template: string; category: string; language: Language }

export type Collected = {
  labelled: readonly Labelled[]
  skipped: readonly { tool: string; language: Language; why: string }[]
  /** Provocations that provoked nothing: a fault of the bench. */
  unprovoked: readonly string[]
}

/** Tools at work at a time: most of them wait most of the time. */
const AT_A_TIME = 3

/** Provokes every template of the tools `runs` times in a language. Tools that are not there are told, not hidden. */
export async function collect(
  sources: readonly Source[],
  language: Language,
  runs: number,
): Promise<Collected> {
  const speaking = sources.filter(({ languages }) => languages.includes(language))
  const found = new Map<string, Collected>()
  const waiting = [...speaking]
  const work = async () => {
    for (let source = waiting.shift(); source; source = waiting.shift())
      found.set(source.tool, await collectFrom(source, language, runs))
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, work))
  // In the order of the tools, whichever was quickest.
  const inOrder = speaking.map(({ tool }) => found.get(tool) as Collected)
  return {
    labelled: inOrder.flatMap(({ labelled }) => labelled),
    skipped: inOrder.flatMap(({ skipped }) => skipped),
    unprovoked: inOrder.flatMap(({ unprovoked }) => unprovoked),
  }
}

async function collectFrom(source: Source, language: Language, runs: number): Promise<Collected> {
  const { tool } = source
  const labelled: Labelled[] = []
  const unprovoked: string[] = []
  const dir = await mkdtemp(join(tmpdir(), 'bench-'))
  // Programs that run as another user work here too.
  await chmod(dir, 0o777)
  try {
    const { provocations, close } = await source.open({ dir, language })
    for (const { template, category, provoke } of provocations) {
      for (let index = 0; index < runs; index++) {
        const provoked = await provoke(vary(`${tool} ${template}`, index))
        if (isFailure(provoked)) labelled.push({ ...provoked, tool, template, category, language })
        else unprovoked.push(`${tool}/${template} ${index}`)
      }
    }
    await close()
    return { labelled, skipped: [], unprovoked }
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    return { labelled: [], skipped: [{ tool, language, why: error.message }], unprovoked: [] }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** A shell's answer counts by its exit code, an HTTP answer by its status or its own word. */
function isFailure({ result }: Provoked): boolean {
  if (result.outcome === 'error') return true
  const { exitCode, status, body } = (result.value ?? {}) as {
    exitCode?: number
    status?: number
    body?: { errors?: unknown; success?: boolean }
  }
  if (exitCode !== undefined) return exitCode !== 0
  return (status ?? 0) >= 400 || body?.errors !== undefined || body?.success === false
}
