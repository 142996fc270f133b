import { afterAll, describe, expect, it } from 'vitest'
import { bounds } from '../drive.ts'
import { terminalEnvironment } from './index.ts'
import { missingTerminal } from './sandbox.ts'

describe.skipIf(missingTerminal() !== undefined)('the terminal', () => {
  const environment = terminalEnvironment() as NonNullable<ReturnType<typeof terminalEnvironment>>
  afterAll(() => environment.close?.())

  async function listing(
    seed: number,
    before?: (run: (command: string) => Promise<unknown>) => Promise<unknown>,
  ) {
    const { tools } = await environment.reset(seed)
    const run = async (command: string) => tools.find(({ name }) => name === 'bash')?.execute({ command })
    await before?.(run)
    return run('find . ~ -type f -printf "%M %s %P\\n" | sort; cat $(git ls-files 2>/dev/null) /dev/null')
  }

  it('has tasks of many templates, and none is in both splits', () => {
    const { tasks } = environment
    const templates = (split: string) =>
      new Set(tasks.filter((one) => one.split === split).map((one) => one.template))
    expect(tasks.length).toBeGreaterThanOrEqual(40)
    expect(templates('train').size + templates('test').size).toBeGreaterThanOrEqual(10)
    expect(templates('train').intersection(templates('test'))).toEqual(new Set())
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length)
  })

  it('doing nothing scores 0, the solution 100 %', { timeout: 60_000 }, async () => {
    expect(await bounds(environment)).toMatchObject({ idle: 0, oracle: 1 })
  })

  it('no step of a solution fails, and none that others need is there for nothing', {
    timeout: 90_000,
  }, async () => {
    for (const [seed, { id, template }] of environment.tasks.entries()) {
      if (environment.tasks.findIndex((one) => one.template === template) !== seed) continue
      const plan = environment.solution(seed)
      const without = async (left: number) => {
        const { tools } = await environment.reset(seed)
        const codes: unknown[] = []
        for (const [index, { tool, input }] of plan.entries()) {
          if (index === left) continue
          const result = await tools.find(({ name }) => name === tool)?.execute(input)
          codes.push((result as { exitCode?: number }).exitCode ?? 0)
        }
        return { codes, score: await environment.check() }
      }
      expect(
        (await without(-1)).codes.filter((code) => code !== 0),
        id,
      ).toEqual([])
      for (const [index, { role }] of plan.entries())
        if (role === 'prerequisite') expect((await without(index)).score, id).toBe(0)
    }
  })

  it('begins alike whatever happened before', async () => {
    for (const seed of [0, 9, 30, 48]) {
      const fresh = await listing(seed)
      await listing(seed + 1, (run) =>
        run('rm -rf ..?* * ~/*; echo x > left.txt; git config --global user.name X'),
      )
      await listing(seed, (run) => run('echo y > ~/.bashrc; mkdir -p a/b; chmod -R a-w .'))
      expect(await listing(seed)).toEqual(fresh)
    }
  })

  it.each([
    [{ command: 'exit 3' }, { exitCode: 3 }],
    [{ command: 'sleep 5 & sleep 5', timeout_s: 1 }, { exitCode: 124 }],
    [{ command: 'read -r x || echo "nobody answers"' }, { stdout: 'nobody answers\n' }],
    [{ command: 'seq 1 5000' }, { truncated: true }],
    [{ command: 'echo "$HOME $PWD $SHELL_SECRET" | grep -c lifeharness-terminal' }, { stdout: '1\n' }],
    [{ command: 'echo > /dev/tcp/127.0.0.1/9' }, { exitCode: 1 }],
    [{ command: 'echo > /etc/new' }, { stderr: expect.stringContaining('Read-only file system') }],
    [{ command: `ls ${process.cwd()}` }, { exitCode: 2 }],
    [{ command: 'echo 1 > /tmp/new && rm /tmp/new' }, { exitCode: 0 }],
  ])('bash %j', async (input, result) => {
    const { tools } = await environment.reset(0)
    expect(await tools[0]?.execute(input)).toMatchObject(result)
  })

  it.each([
    ['bash', { command: 'ls', cwd: 'nowhere' }],
    ['bash', { command: 'ls', cwd: '../home' }],
    ['read_file', { path: 'nowhere.txt' }],
    ['write_file', { path: '../x', content: '' }],
    ['read_file', { path: 'link' }],
    ['read_file', { path: 'folder/shadow' }],
    ['write_file', { path: 'dangling', content: '' }],
    ['write_file', { path: 'folder/new', content: '' }],
    ['read_file', { path: 'pipe' }],
    ['write_file', { path: 'pipe', content: '' }],
  ])('%s refuses %j', async (name, input) => {
    const { tools } = await environment.reset(0)
    await tools[0]?.execute({
      command: 'ln -s /etc/shadow link; ln -s /tmp/nowhere dangling; ln -s /etc folder; mkfifo pipe',
    })
    await expect(async () => tools.find((one) => one.name === name)?.execute(input)).rejects.toThrow()
  })

  it('has no task beyond its list', async () => {
    await expect(environment.reset(environment.tasks.length)).rejects.toThrow(RangeError)
  })
})
