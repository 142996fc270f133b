import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bounds } from '../drive.ts'
import { missingJail } from '../jail.ts'
import { bashConformance } from './conformance.ts'
import { type BashEnvironment, bashEnvironment } from './index.ts'

const DATA = '../shared/data'

describe.skipIf(!existsSync(`${DATA}/env`) || missingJail() !== undefined)('recorded bash tasks', () => {
  let environment: BashEnvironment
  beforeAll(async () => {
    environment = (await bashEnvironment(DATA, { every: 6 })) as BashEnvironment
  }, 60_000)
  afterAll(() => environment.close?.())

  const begin = async (id: string) => {
    const seed = environment.tasks.findIndex((task) => task.id === id)
    const { tools } = await environment.reset(seed)
    const run = async (command: string) =>
      (await tools[0]?.execute({ command })) as { output: string; exitCode: number }
    return { run, gold: environment.tasks[seed]?.gold as string }
  }
  const PRINTS = 'nl2bash-fs1-24'
  const CHANGES = 'nl2bash-fs4-6'

  it('doing nothing scores 0, the gold command 100 %', { timeout: 60_000 }, async () => {
    expect(await bounds(environment)).toMatchObject({ idle: 0, oracle: 1 })
    expect(environment.tasks.length).toBeGreaterThanOrEqual(10)
  })

  it('leaves a task out for a reason', async () => {
    expect(environment.leftOut).toContainEqual({
      id: 'nl2bash-fs1-6',
      because: 'searches the whole machine, which is another everywhere',
    })
    expect(environment.tasks.length + environment.leftOut.length).toBe(15)
  })

  it('has no template in both splits', () => {
    const of = (split: string) =>
      new Set(environment.tasks.filter((one) => one.split === split).map(({ template }) => template))
    expect(of('train').intersection(of('test'))).toEqual(new Set())
    expect(of('test').size).toBeGreaterThan(0)
  })

  it('judges the last output and the files, not the way', async () => {
    const { run, gold } = await begin(PRINTS)
    const wanted = (await run(gold)).output.trim()
    expect(await environment.check()).toBe(1)
    await run('echo something else')
    expect(await environment.check()).toBe(0)
    await run(`echo '${wanted}'`)
    expect(await environment.check()).toBe(1)
    await run(`touch /testbed/new; echo '${wanted}'`)
    expect(await environment.check()).toBe(0)
    await run(`rm /testbed/new; chmod 600 /testbed/hello.c; echo '${wanted}'`)
    expect(await environment.check()).toBe(0)
  })

  it('does not judge what is printed where only a change was asked for', async () => {
    const { run } = await begin(CHANGES)
    await run('mkdir dir; cd dir')
    expect((await run('pwd')).output).toBe('/dir\n')
    await run('mkdir -p subdir/subsubdir && ls -R /dir')
    expect(await environment.check()).toBe(1)
    await run('rmdir subdir/subsubdir')
    expect(await environment.check()).toBe(0)
  })

  it('begins alike whatever happened before', async () => {
    const listing = async () =>
      (
        await (
          await begin(PRINTS)
        ).run('ls -laR --time-style=+%F /testbed /home /var /root; md5sum $(find /testbed -type f)')
      ).output
    const first = await listing()
    const { run } = await begin(PRINTS)
    await run(
      'rm -rf /testbed /home; mv /var /variable; echo x > /etc/passwd; chmod 700 /etc; ln -s / /root/link',
    )
    expect(await listing()).toBe(first)
    expect(first).toContain('hello.php')
  })

  it('prints what was recorded, or it is known why not', { timeout: 60_000 }, async () => {
    const [outcomes, outputs] = await bashConformance(DATA, 40)
    expect((outcomes?.equal ?? 0) / (outcomes?.of ?? 1)).toBeGreaterThan(0.9)
    expect((outputs?.equal ?? 0) / (outputs?.of ?? 1)).toBeGreaterThan(0.5)
    expect(outputs?.of).toBeGreaterThan(20)
    expect(outputs?.because).not.toContain('unexplained')
  })
})
