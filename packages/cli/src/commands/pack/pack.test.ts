import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadPack, type Pack, parsePack } from '@lifeharness/packs'
import { describe, expect, test } from 'vitest'
import {
  conversation,
  folderWithOrders,
  folderWithRegistry,
  lifeharness,
  temporaryFolder,
} from '../../run.test.support.ts'

const SHELL_TOOL = {
  type: 'function',
  function: {
    name: 'run_command',
    parameters: { type: 'object', properties: { cmd: { type: 'string' } }, required: ['cmd'] },
  },
}

function folderWithShell(...names: string[]): string {
  const cwd = temporaryFolder()
  const tools = names.map((name) => ({ ...SHELL_TOOL, function: { ...SHELL_TOOL.function, name } }))
  const lines = names.map((tool, index) =>
    conversation(`e${index}`, [{ tool, args: { cmd: 'ls' } }], { tools }),
  )
  writeFileSync(join(cwd, 'traces.jsonl'), `${lines.join('\n')}\n`)
  return cwd
}

/** A pack for the orders of `folderWithOrders`. */
function ordersPack(version: string, prefix: string): Pack {
  return parsePack({
    ...{ format: 'lifeharness-pack/1', name: 'orders', version, license: 'MIT' },
    ...{ description: 'For orders.', provenance: 'Written for tests.' },
    slots: {
      orders: {
        description: 'Gives back an order.',
        tools: ['get_order'],
        arguments: { id: { description: 'Its number.', type: 'string' } },
      },
    },
    entries: [
      {
        ...{ name: 'mark', why: 'The mark is left out.', slot: 'orders', kind: 'affix-value' },
        ...{ options: { path: '$id', op: 'add', prefix }, category: 'contract.value' },
        when: { path: '$id', test: 'prefix', text: 'W' },
        fixtures: {
          fixes: [{ input: { id: 'W1' }, expect: { executed: [{ input: { id: `${prefix}W1` } }] } }],
          leaves: [{ input: { id: '#W1' } }],
        },
      },
    ],
  })
}

function folderWithPack(pack: Pack, cwd = temporaryFolder()): string {
  writeFileSync(join(cwd, 'pack.json'), JSON.stringify(pack))
  return cwd
}

describe('list', () => {
  test('what comes with the library, and what is registered', async () => {
    const cwd = temporaryFolder()
    const before = await lifeharness(['pack', 'list'], { cwd })
    expect(before.code).toBe(0)
    expect(before.stdout).toMatch(/terminal +\d+\.\d+\.\d+/)
    expect(before.stdout).not.toContain('registered')
    await lifeharness(['pack', 'add', 'terminal', '--tool', 'shell=host/run'], { cwd })
    const { stdout } = await lifeharness(['pack', 'list'], { cwd })
    expect(stdout).toMatch(/terminal +\d+\.\d+\.\d+ +host\/run/)
  })
})

describe('add', () => {
  test('proposes the tool that was seen, and enters it when that is confirmed', async () => {
    const cwd = folderWithShell('run_command')
    const args = ['pack', 'add', 'terminal', '--seen', 'traces.jsonl', '--store', 'r.db']
    const asked = await lifeharness(args, { cwd })
    expect(asked.code).toBe(2)
    expect(asked.stderr).toContain('--tool shell=run_command --argument shell.command=/cmd')
    const added = await lifeharness([...args, '--yes'], { cwd })
    expect(added.code).toBe(0)
    const { length } = loadPack('terminal')!.entries
    expect(added.stderr).toMatch(new RegExp(`of ${length} entr(?:y|ies) of terminal`))
  })

  test('does not choose among several tools', async () => {
    const cwd = folderWithShell('run_command', 'bash')
    const { code, stderr } = await lifeharness(
      ['pack', 'add', 'terminal', '--seen', 'traces.jsonl', '--yes', '--store', 'r.db'],
      { cwd },
    )
    expect(code).toBe(2)
    expect(stderr).toContain('--tool shell=bash')
    expect(stderr).toContain('--tool shell=run_command')
  })

  test('says what it would do, and leaves no file behind', async () => {
    const cwd = folderWithPack(ordersPack('1.0.0', '#'))
    const { code, stdout, stderr } = await lifeharness(
      ['pack', 'add', 'pack.json', '--tool', 'orders=get_order', '--dry-run', '--store', 'r.db'],
      { cwd },
    )
    expect(code).toBe(0)
    expect(stdout).toContain('shadow  mark')
    expect(stderr).toContain('Nothing was changed')
    expect(existsSync(join(cwd, 'r.db'))).toBe(false)
  })

  test('what a person must approve waits for it, and takes it', async () => {
    const cwd = temporaryFolder()
    const args = ['pack', 'add', 'terminal', '--tool', 'shell=bash', '--store', 'r.db']
    const waiting = await lifeharness(args, { cwd })
    expect(waiting.stdout).toContain('proposed  same-command-again')
    const approved = await lifeharness([...args, '--approve', 'same-command-again'], { cwd })
    expect(approved.stdout).toContain('shadow  same-command-again')
  })

  test('leaves proposed what conflicts with what was learnt', async () => {
    const cwd = folderWithPack(ordersPack('1.0.0', '*'), await folderWithRegistry())
    const args = ['pack.json', '--tool', 'orders=get_order', '--store', 'registry.db']
    const { stdout } = await lifeharness(['pack', 'add', ...args], { cwd })
    expect(stdout).toMatch(/proposed {2}mark[\s\S]*something else of id/)
    const verified = await lifeharness(['pack', 'verify', ...args], { cwd })
    expect(verified.code).toBe(1)
    expect(verified.stdout).toContain('something else of id')
  })

  test('an older version than the one that is registered', async () => {
    const cwd = folderWithPack(ordersPack('1.1.0', '#'))
    const args = ['pack', 'add', 'pack.json', '--tool', 'orders=get_order', '--store', 'r.db']
    await lifeharness(args, { cwd })
    folderWithPack(ordersPack('1.0.0', '#'), cwd)
    const { code, stderr } = await lifeharness(args, { cwd })
    expect(code).toBe(1)
    expect(stderr).toContain('orders 1.1.0 is registered')
  })

  test.each([
    ['an unknown pack', ['termnal'], 'did you mean terminal?'],
    ['no tool', ['terminal'], 'Say which does'],
    ['a slot that every object inherits', ['terminal', '--tool', 'constructor=bash'], 'its slots are shell'],
    ['an unknown slot', ['terminal', '--tool', 'shel=bash'], 'its slots are shell'],
    ['no slot', ['terminal', '--tool', 'bash'], 'expected slot=name'],
    [
      'a path that is none',
      ['terminal', '--tool', 'shell=bash', '--argument', 'shell.command=cmd'],
      'write /cmd',
    ],
    [
      'an entry that is not there',
      ['terminal', '--tool', 'shell=bash', '--approve', 'same-comand'],
      'has no entry same-comand; did you mean',
    ],
  ])('%s', async (_, args, said) => {
    const { code, stderr } = await lifeharness(['pack', 'add', ...args, '--store', 'r.db'], {
      cwd: temporaryFolder(),
    })
    expect(code).toBe(2)
    expect(stderr.replace(/\s+/g, ' ')).toContain(said)
    expect(stderr).not.toContain('should not happen')
  })

  test('a file that is not there', async () => {
    const args = ['pack', 'add', 'no/pack.json', '--tool', 'shell=bash']
    const { code, stderr } = await lifeharness(args, { cwd: temporaryFolder() })
    expect(code).toBe(1)
    expect(stderr).toContain('no/pack.json')
  })

  test('the name of a tool that would act on the shell it is copied into', async () => {
    const cwd = folderWithShell('run$(command)')
    const args = ['pack', 'add', 'terminal', '--seen', 'traces.jsonl', '--dry-run']
    const { stderr } = await lifeharness(args, { cwd })
    expect(stderr.replace(/\s+/g, ' ')).toContain("--tool 'shell=run$(command)'")
  })

  test('an argument that the tool does not have', async () => {
    const cwd = folderWithShell('run_command')
    const { code, stderr } = await lifeharness(
      ['pack', 'add', 'terminal', '--tool', 'shell=run_command', '--seen', 'traces.jsonl', '--store', 'r.db'],
      { cwd },
    )
    expect(code).toBe(2)
    expect(stderr.replace(/\s+/g, ' ')).toContain(
      'run_command has no argument for shell.command; it has cmd.',
    )
  })
})

describe('verify', () => {
  test('ends with 1 and says what does not hold', async () => {
    const { entries, ...pack } = ordersPack('1.0.0', '#')
    const [entry] = entries
    const fixtures = { ...entry!.fixtures, leaves: [{ input: { id: 'W2' } }] }
    const cwd = folderWithPack({ ...pack, entries: [{ ...entry!, fixtures }] })
    const { code, stdout, stderr } = await lifeharness(['pack', 'verify', 'pack.json'], { cwd })
    expect(code).toBe(1)
    expect(stdout).toContain('mark, fixtures.leaves[0]')
    expect(stderr).toContain('does not hold')
  })
})

describe('export', () => {
  test('what one registry learnt is proven again, and helps another', async () => {
    const cwd = await folderWithRegistry()
    const seen = ['--seen', 'orders.jsonl']
    const exported = await lifeharness(
      ['pack', 'export', '--store', 'registry.db', ...seen, '-o', 'ours.json'],
      { cwd },
    )
    expect(exported.code).toBe(0)
    const pack = parsePack(readFileSync(join(cwd, 'ours.json'), 'utf8'))
    expect(pack.entries.map(({ kind }) => kind)).toContain('affix-value')
    expect((await lifeharness(['pack', 'verify', 'ours.json'], { cwd })).code).toBe(0)
    const added = await lifeharness(['pack', 'add', 'ours.json', ...seen, '--yes', '--store', 'fresh.db'], {
      cwd,
    })
    expect(added.stdout).toContain('shadow  affix-value')
    const activated = await lifeharness(['activate', 'affix', '--yes', '--store', 'fresh.db'], { cwd })
    expect(activated.stdout).toContain('active')
    expect((await lifeharness(['doctor', '--store', 'fresh.db'], { cwd })).stdout).not.toContain('Error')
  })

  test('nothing, where nothing is proven', async () => {
    const cwd = folderWithOrders(1)
    await lifeharness(['mine', 'orders.jsonl', '--store', 'r.db'], { cwd })
    const { code, stderr } = await lifeharness(['pack', 'export', '--store', 'r.db'], { cwd })
    expect(code).toBe(1)
    expect(stderr).toContain('nothing of this registry can be given away')
  })
})
