// What is learnt from the reference recordings, through the same gates as anywhere, where they are at hand
// (LIFEHARNESS_DATA, or ../shared/data).
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { LifeHarnessConfig } from '../config.ts'
import type { JsonObject } from '../json.ts'
import { importTrajectories } from './import/import.ts'
import { learn } from './learn.ts'
import type { Validated } from './validate.ts'

const root = resolve(import.meta.dirname, '../../../..')
const folder = join(process.env.LIFEHARNESS_DATA ?? resolve(root, '../shared/data'), 'trajectories')
const READS: LifeHarnessConfig = {
  tools: {
    ...{ 'get_*': { readOnly: true }, 'find_*': { readOnly: true } },
    execute_sql: { readOnly: ({ input }) => /^\s*select/i.test((input as { query: string }).query) },
  },
}

const learnt = new Map<string, Promise<readonly Validated[]>>()

/** What is learnt from some files together; each set of them once. */
function from(...names: string[]): Promise<readonly Validated[]> {
  const key = names.join(' ')
  const known = learnt.get(key)
  if (known) return known
  const files = names.map((name) => join(folder, `${name}.jsonl`))
  const made = learn(() => importTrajectories({ files, onProblem: () => {} }), { config: READS }).then(
    ({ validated }) => validated,
  )
  learnt.set(key, made)
  return made
}

type Expected = { tool: RegExp; kind: string; options: JsonObject }

function found(all: readonly Validated[], { tool, kind, options }: Expected): Validated[] {
  return all.filter(({ intervention }) => {
    if (intervention.kind !== kind || !tool.test(intervention.tool.name)) return false
    return Object.entries(options).every(([name, value]) => {
      return JSON.stringify(intervention.options[name]) === JSON.stringify(value)
    })
  })
}

/** Names of kinds that change arguments. */
const EDITS =
  /^(?:rename|coerce|map|reformat|affix|respell|rewrite|strip|join|fill|drop|exclude|wrap|unwrap|repair)-/
const TOOLATHLON = ['toolathlon-claude-4.5-sonnet', 'toolathlon-deepseek-v3.2-exp']

describe.skipIf(!existsSync(folder))(
  'the reference recordings (skipped where the data folder is absent)',
  () => {
    it.each<[string, string[], Expected]>([
      [
        'workbooks are named by absolute paths',
        TOOLATHLON,
        {
          tool: /^excel-read_data/,
          kind: 'affix-value',
          options: { path: '/filepath', op: 'add', prefix: '/workspace/dumps/workspace/' },
        },
      ],
      [
        'the terminal refuses a redirection',
        TOOLATHLON,
        {
          tool: /^terminal-run_command$/,
          kind: 'rewrite-command',
          options: { path: '/command', remove: '2>/dev/null' },
        },
      ],
      [
        'a read that answers 503 is read again',
        ['tau-retail-grok3-503'],
        { tool: /^get_order_details$/, kind: 'retry', options: {} },
      ],
      [
        'keys are written in snake case, as the accepted ones are',
        ['bfcl-memory-qwen3-4b'],
        {
          tool: /^archival_memory_add$/,
          kind: 'respell-value',
          options: { path: '/key', case: 'lower', mark: '_' },
        },
      ],
      [
        'payments add up to the total that the error names',
        ['tau-airline-gpt4o'],
        { tool: /^book_reservation$/, kind: 'explain-error', options: { advice: 'amounts-add-up' } },
      ],
    ])(
      'show, proven on episodes that it was not learnt from: %s',
      async (_, files, expected) => {
        const [one, ...others] = found(await from(...files), expected)
        expect(others).toEqual([])
        expect(one).toMatchObject({ passes: true, replay: { wrongRepairs: 0 } })
        expect(one?.replay.fixes).toBeGreaterThan(0)
      },
      120_000,
    )

    it.each<[string, string[], Expected]>([
      [
        'a date field wants ISO',
        ['toolathlon-claude-4.5-sonnet'],
        { tool: /browser_type$/, kind: 'reformat-value', options: { from: 'MM/DD/YYYY', to: 'YYYY-MM-DD' } },
      ],
      [
        'a parent is named by one kind of id',
        ['toolathlon-claude-4.5-sonnet'],
        {
          tool: /^notion-API-post-page$/,
          kind: 'exclude-argument',
          options: { keep: '/parent/database_id' },
        },
      ],
      [
        'names of stations are one text',
        ['livemcpbench-claude-sonnet-4'],
        {
          tool: /^get-station-code-by-names$/,
          kind: 'join-elements',
          options: { path: '/stationNames', mark: '|' },
        },
      ],
      [
        'the hash of a file comes from reading it',
        ['livemcpbench-claude-sonnet-4'],
        {
          tool: /^edit_text_file_contents$/,
          kind: 'explain-error',
          options: {
            advice: 'look-up',
            slots: { argument: 'files.file_hash', tool: 'get_text_file_contents' },
          },
        },
      ],
    ])(
      'suggest, and no more: %s',
      async (_, files, expected) => {
        const [one, ...others] = found(await from(...files), expected)
        expect(others).toEqual([])
        expect(one?.passes).toBe(false)
        expect(['seen in one episode', 'never seen to succeed']).toContain(one?.reason)
      },
      120_000,
    )

    it('give no reason to edit what was a decision: payments, flights, items of an order', async () => {
      const all = await Promise.all([from('tau-airline-gpt4o'), from('tau-retail-grok3-503')])
      expect(all.flat().length).toBeGreaterThan(0)
      expect(all.flat().filter(({ intervention }) => EDITS.test(intervention.kind))).toEqual([])
    }, 120_000)

    it.each([
      ['intercode-sql-gpt-4', 'intercode-sql-gpt-3.5'],
      ['toolathlon-claude-4.5-sonnet', 'toolathlon-deepseek-v3.2-exp'],
    ])(
      'what is learnt from %s leaves every success of %s as it was',
      async (one, other) => {
        const registered = (await from(one)).filter(({ passes }) => passes).map((each) => each.intervention)
        expect(registered.length).toBeGreaterThan(0)
        const files = join(folder, `${other}.jsonl`)
        const { validated } = await learn(() => importTrajectories({ files, onProblem: () => {} }), {
          ...{ config: READS, inducers: [], registered },
        })
        expect(validated).toHaveLength(registered.length)
        for (const { intervention, replay } of validated)
          expect({ kind: intervention.kind, wrong: replay.wrongRepairs }).toEqual({
            kind: intervention.kind,
            wrong: 0,
          })
      },
      120_000,
    )

    it('let nobody repeat what he has not called repeatable', async () => {
      const files = join(folder, 'tau-retail-grok3-503.jsonl')
      const { validated } = await learn(() => importTrajectories({ files, onProblem: () => {} }))
      expect(found(validated, { tool: /./, kind: 'retry', options: {} })).toMatchObject([
        { passes: false, reason: 'the tool is not declared read-only or idempotent' },
      ])
    }, 120_000)
  },
)
