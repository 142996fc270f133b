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

/** Provokes every template of the tools `runs` times in a language. Tools that are not there are told, not hidden. */
export async function collect(
  sources: readonly Source[],
  language: Language,
  runs: number,
): Promise<Collected> {
  const labelled: Labelled[] = []
  const skipped: Collected['skipped'][number][] = []
  const unprovoked: string[] = []
  for (const source of sources.filter(({ languages }) => languages.includes(language))) {
    const { tool } = source
    const dir = await mkdtemp(join(tmpdir(), 'bench-'))
    // Programs that run as another user work here too.
    await chmod(dir, 0o777)
    try {
      const { provocations, close } = await source.open({ dir, language })
      for (const { template, category, provoke } of provocations) {
        for (let index = 0; index < runs; index++) {
          const one = await provoke(vary(`${tool} ${template}`, index))
          if (isFailure(one)) labelled.push({ ...one, tool, template, category, language })
          else unprovoked.push(`${tool}/${template} ${index}`)
        }
      }
      await close()
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      skipped.push({ tool, language, why: error.message })
    } finally {
      await rm(dir, { recursive: true, force: true })
    }
  }
  return { labelled, skipped, unprovoked }
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
