import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bounds } from '../drive.ts'
import { missingJail } from '../jail.ts'
import { osEnvironment } from './index.ts'

const DATA = '../shared/data'
type OsEnvironment = Exclude<Awaited<ReturnType<typeof osEnvironment>>, string | undefined>

describe.skipIf(!existsSync(`${DATA}/env`) || missingJail() !== undefined)('questions about files', () => {
  let environment: OsEnvironment
  beforeAll(async () => {
    environment = (await osEnvironment(DATA, { every: 125 })) as OsEnvironment
  }, 60_000)
  afterAll(() => environment.close?.())

  const begin = async (seed: number) => {
    const { tools } = await environment.reset(seed)
    const run = async (command: string) => (await tools[0]?.execute({ command })) as { output: string }
    return { run, gold: environment.tasks[seed]?.gold as string }
  }

  it('doing nothing scores 0, the gold command 100 %', { timeout: 60_000 }, async () => {
    const found = await bounds(environment)
    expect(found).toMatchObject({ idle: 0, oracle: 1 })
    expect(found.tasks).toBeGreaterThanOrEqual(5)
    expect(found.tasks + environment.leftOut.length).toBe(8)
  })

  it('judges the last answer by the script of the task', async () => {
    const { run, gold } = await begin(0)
    const wanted = (await run(gold)).output.trim()
    expect(await environment.check()).toBe(1)
    await run('echo not a number')
    expect(await environment.check()).toBe(0)
    await run(`echo $((${wanted} + 1))`)
    expect(await environment.check()).toBe(0)
    await run(`echo said beside >&2; printf ' %s ' ${wanted}`)
    expect(await environment.check()).toBe(1)
    for (const odd of ['yes | head -c 200000', "printf '1\\0'"]) {
      await run(odd)
      expect(await environment.check()).toBe(0)
    }
    await run(`mkdir -p /root/lib; echo 'exit()' > /root/lib/sitecustomize.py; echo 1 > /sys.py; echo x`)
    expect(await environment.check()).toBe(0)
  })

  it('begins alike whatever happened before', async () => {
    const listing = async () =>
      (await (await begin(0)).run('ls -lR / --ignore=proc --ignore=usr --time-style=+')).output
    const first = await listing()
    await (await begin(0)).run('rm -rf ~ /home; echo x > /etc/passwd; cd /var/log')
    expect(await listing()).toBe(first)
    expect(first).toContain('/root')
  })
})
