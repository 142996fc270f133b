import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Validator } from '@cfworker/json-schema'
import { describe, expect, test } from 'vitest'
import {
  conversation,
  folderWithOrders,
  lifeharness,
  MAIN,
  NODE_ARGS,
  recordedData,
  runProcess,
  temporaryFolder,
} from '../run.test.support.ts'

const schema = JSON.parse(readFileSync(new URL('../../schema/mine.schema.json', import.meta.url), 'utf8'))

function problemsOf(document: unknown): string[] {
  return new Validator(schema, '2020-12')
    .validate(document)
    .errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`)
}

type Found = {
  kind: string
  tool: string
  stage: string
  wrongRepairs: number
  examined: number
  reason: string
}

function interventionsOf(stdout: string): Found[] {
  const document = JSON.parse(stdout)
  expect(problemsOf(document)).toEqual([])
  return document.interventions
}

describe('what it finds', () => {
  test('an edit that later successes prove comes to shadow by itself, with its figures', async () => {
    const cwd = folderWithOrders()
    const { code, stdout, stderr } = await lifeharness(['mine', 'orders.jsonl'], { cwd })
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout).toMatch(/1 file, 40 episodes, 60 tool calls, 20 failures \(33 %\); [\d,]+ calls\/s/)
    expect(stdout).toMatch(/exec\.unavailable +10 +50 %/)
    expect(stdout).toMatch(/Cause unknown: orders 0 of 20 \(0 %\)/)
    expect(stdout).toMatch(/shadow +get_order: adds "#" at the beginning of id +10 of 10 +0 of 30/)
    expect(stdout).toMatch(/proposed +list_orders: calls again/)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('the tool is not declared read-only or idempotent')
    expect(stdout).toContain('Nothing was stored')
  })

  test('the JSON document keeps to its schema, and the schema can refuse', async () => {
    const cwd = folderWithOrders()
    const { stdout } = await lifeharness(['mine', 'orders.jsonl', '--json'], { cwd })
    const document = JSON.parse(stdout)
    expect(problemsOf(document)).toEqual([])
    expect(document).toMatchObject({ episodes: 40, steps: 60, failures: 20, store: null })
    expect(problemsOf({ ...document, episodes: '40' })).not.toEqual([])
    expect(problemsOf({ ...document, surplus: true })).not.toEqual([])
    const { covered: _, ...without } = document
    expect(problemsOf(without)).not.toEqual([])
  })

  test('a retry comes to shadow where the configuration declares the tool read-only', async () => {
    const cwd = folderWithOrders()
    const config = `import { defineConfig } from '@lifeharness/core'
      export default defineConfig({ tools: { 'list_*': { readOnly: true as boolean } } })`
    writeFileSync(join(cwd, 'lifeharness.config.ts'), config)
    const { stdout, stderr } = await lifeharness(['mine', 'orders.jsonl', '--json'], { cwd })
    expect(stderr).toBe('')
    const retry = interventionsOf(stdout).find(({ kind }) => kind === 'retry')
    expect(retry).toMatchObject({ tool: 'list_orders', stage: 'shadow', wrongRepairs: 0, examined: 10 })
  })

  test('the word of a file that others wrote declares nothing', async () => {
    const cwd = temporaryFolder()
    const tools = [{ name: 'fetch', inputSchema: { type: 'object' }, annotations: { readOnlyHint: true } }]
    const lines = Array.from({ length: 12 }, (_, index) =>
      conversation(
        `e${index}`,
        [
          { tool: 'fetch', args: { page: index }, error: '503 Service Unavailable' },
          { tool: 'fetch', args: { page: index } },
        ],
        { tools },
      ),
    )
    writeFileSync(join(cwd, 'fetches.jsonl'), lines.join('\n'))
    const stagesWith = async (...more: string[]) => {
      const { stdout } = await lifeharness(['mine', 'fetches.jsonl', '--json', ...more], { cwd })
      return interventionsOf(stdout)
        .filter(({ kind }) => kind === 'retry')
        .map(({ stage }) => stage)
    }
    expect(await stagesWith()).toEqual(['shadow'])
    expect(await stagesWith('--untrusted')).toEqual(['proposed'])
  })

  test('where nothing failed it says so', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'fine.jsonl'), conversation('e', [{ tool: 'fetch', args: {} }]))
    const { code, stdout } = await lifeharness(['mine', 'fine.jsonl'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain('Nothing failed.')
  })
})

describe('--store', () => {
  test('keeps what was learnt, once, however often it is run', async () => {
    const cwd = folderWithOrders()
    const run = () => lifeharness(['mine', 'orders.jsonl', '--json', '--store', 'deep/er/r.db'], { cwd })
    const [first, second] = [await run(), await run()].map(({ stdout }) => JSON.parse(stdout))
    expect(first.store).toMatchObject({ registered: 4, version: 1 })
    expect(first.store.changed).toBeGreaterThanOrEqual(4)
    expect(second.store).toMatchObject({ registered: 0, changed: 0, version: 1 })
    expect(second.interventions).toEqual(first.interventions)
    const { stdout } = await lifeharness(['mine', 'orders.jsonl', '--store', 'deep/er/r.db'], { cwd })
    expect(stdout).toContain('deep/er/r.db knew all of this already.')
  })

  test('holds what is registered against the new files: one that would break them shows up', async () => {
    const cwd = folderWithOrders()
    const store = ['--store', 'r.db']
    await lifeharness(['mine', 'orders.jsonl', ...store], { cwd })
    const bare = Array.from({ length: 9 }, (_, index) =>
      conversation(`bare-${index}`, [{ tool: 'get_order', args: { id: `W${2_000_000 + index}` } }]),
    )
    writeFileSync(join(cwd, 'bare.jsonl'), bare.join('\n'))
    const { stdout } = await lifeharness(['mine', 'bare.jsonl', '--json', ...store], { cwd })
    const affix = interventionsOf(stdout).find(({ kind }) => kind === 'affix-value')
    expect(affix).toMatchObject({
      stage: 'proposed',
      wrongRepairs: 9,
      reason: expect.stringContaining('changed 9 of 9'),
    })
    const { stdout: told } = await lifeharness(['mine', 'bare.jsonl', ...store], { cwd })
    expect(told).toMatch(/Nothing failed\.[\s\S]*proposed +get_order: adds "#".*9 of 9/)
    const { stdout: shown } = await lifeharness(['show', 'affix', ...store], { cwd })
    expect(shown).toMatch(/shadow → proposed +learner/)
  })

  test('a file that is no registry is not touched', async () => {
    const cwd = folderWithOrders()
    writeFileSync(join(cwd, 'notes.txt'), 'x'.repeat(5_000))
    const { code, stderr } = await lifeharness(['mine', 'orders.jsonl', '--store', 'notes.txt'], { cwd })
    expect(code).toBe(1)
    expect(stderr).toContain('notes.txt')
    expect(stderr).not.toMatch(/\n\s+at /)
    expect(readFileSync(join(cwd, 'notes.txt'), 'utf8')).toBe('x'.repeat(5_000))
  })
})

describe('what cannot be read', () => {
  test('is told with file, line and reason, and counted; the rest is used', async () => {
    const cwd = folderWithOrders(8)
    const good = readFileSync(join(cwd, 'orders.jsonl'), 'utf8').trimEnd().split('\n')
    writeFileSync(
      join(cwd, 'mixed.jsonl'),
      [good[0], '{"broken', '{"other": 1}', ...good.slice(1)].join('\n'),
    )
    const { code, stdout, stderr } = await lifeharness(['mine', 'mixed.jsonl', '--json'], { cwd })
    expect(code).toBe(0)
    expect(stderr).toMatch(/^mixed\.jsonl:2: not valid JSON/m)
    expect(stderr).toMatch(/^mixed\.jsonl:3: this object is of no known format/m)
    expect(stderr).toContain('2 problems in 1 file')
    const document = JSON.parse(stdout)
    expect(document.episodes).toBe(8)
    expect(document.problems).toEqual([
      { file: 'mixed.jsonl', line: 2, reason: expect.any(String) },
      { file: 'mixed.jsonl', line: 3, reason: expect.any(String) },
    ])
    expect(problemsOf(document)).toEqual([])
  })

  test('a wrong format does not fill the screen', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'log.jsonl'), '{"level":"info"}\n'.repeat(500))
    const { code, stderr } = await lifeharness(['mine', 'log.jsonl'], { cwd })
    expect(code).toBe(1)
    expect(stderr.split('\n').length).toBeLessThan(30)
    expect(stderr).toContain('… and 480 more problems')
    expect(stderr).toContain('no episode could be read')
  })

  test('a file that is not there', async () => {
    const { code, stderr } = await lifeharness(['mine', 'nowhere.jsonl'], { cwd: temporaryFolder() })
    expect(code).toBe(1)
    expect(stderr).toContain('nowhere.jsonl')
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  test('no file at all is wrong usage', async () => {
    const { code, stderr } = await lifeharness(['mine'], { cwd: temporaryFolder() })
    expect(code).toBe(2)
    expect(stderr).toContain("missing required argument 'files'")
  })
})

describe('how it prints', () => {
  test('a pipe gets no colours, and no line is wider than asked for', async () => {
    const cwd = folderWithOrders()
    for (const columns of [110, 80]) {
      const { stdout } = await lifeharness(['mine', 'orders.jsonl'], { cwd, env: { COLUMNS: `${columns}` } })
      expect(stdout).not.toContain('\u001b')
      const widest = Math.max(...stdout.split('\n').map((line) => line.length))
      expect(widest).toBeLessThanOrEqual(columns)
      expect(widest).toBeGreaterThan(columns - 15)
    }
  })

  test('FORCE_COLOR paints and NO_COLOR does not', async () => {
    const cwd = folderWithOrders()
    const painted = await lifeharness(['mine', 'orders.jsonl'], { cwd, env: { FORCE_COLOR: '1' } })
    expect(painted.stdout).toContain('\u001b[')
    const plain = await lifeharness(['mine', 'orders.jsonl'], { cwd, env: { NO_COLOR: '1' } })
    expect(plain.stdout).not.toContain('\u001b')
  })

  test('a reader that stops early is no error', async () => {
    const cwd = folderWithOrders()
    const command = [process.execPath, ...NODE_ARGS, MAIN, 'mine', 'orders.jsonl', '--json']
    const quoted = command.map((word) => `'${word}'`).join(' ')
    const { stdout, stderr } = await runProcess('/bin/sh', ['-c', `${quoted} | head -n 1`], { cwd })
    expect(stdout).toBe('{\n')
    expect(stderr).toBe('')
  })
})

describe.skipIf(!recordedData())('on recorded data', () => {
  const folder = join(recordedData() ?? '', 'trajectories')
  const filesOf = (test: RegExp) =>
    readdirSync(folder)
      .filter((file) => test.test(file))
      .map((file) => join(folder, file))

  test('two agents on one set of servers teach an absolute path', async () => {
    const files = filesOf(/^toolathlon-.*\.jsonl$/)
    expect(files.length).toBe(2)
    const { stdout } = await lifeharness(['mine', ...files, '--json'], { cwd: temporaryFolder() })
    const shadow = interventionsOf(stdout).filter(({ stage }) => stage === 'shadow')
    expect(shadow.map(({ kind }) => kind)).toContain('affix-value')
    for (const { wrongRepairs, examined } of shadow) {
      expect(wrongRepairs).toBe(0)
      expect(examined).toBeGreaterThan(0)
    }
  })

  test('an unreliable service teaches a retry of what is declared read-only, and of nothing else', async () => {
    const files = filesOf(/^tau-retail-.*503\.jsonl$/)
    expect(files.length).toBe(1)
    const cwd = temporaryFolder()
    const config = { tools: { 'get_*': { readOnly: true }, 'find_*': { readOnly: true } } }
    writeFileSync(join(cwd, 'lifeharness.config.json'), JSON.stringify(config))
    const { stdout } = await lifeharness(['mine', ...files, '--json'], { cwd })
    const retries = interventionsOf(stdout).filter(
      ({ kind, stage }) => kind === 'retry' && stage === 'shadow',
    )
    expect(retries.length).toBeGreaterThan(0)
    for (const { tool, wrongRepairs } of retries) {
      expect(tool).toMatch(/^(?:get|find)_/)
      expect(wrongRepairs).toBe(0)
    }
  })
})
