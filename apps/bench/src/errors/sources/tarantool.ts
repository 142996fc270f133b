import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { toolResult } from '@lifeharness/core'
import { ownedFolder } from '../owned-folder.ts'
import { type Provoked, provocations, type Source } from '../provocation.ts'
import { nobody, program, speaking } from '../shell.ts'

const PROGRAM = `
box.cfg { log_level = 0, wal_mode = 'none', memtx_memory = 33554432 }
local orders = box.schema.space.create('orders', { format = { { 'id', 'unsigned' }, { 'code', 'string' }, { 'total', 'number', is_nullable = true } } })
orders:create_index('primary')
orders:create_index('code', { parts = { 'code' } })
orders:insert { 1, 'A1', 5 }
box.execute [[CREATE TABLE notes (id INTEGER PRIMARY KEY, note VARCHAR(9) NOT NULL, CHECK (note <> ''))]]
box.schema.user.create('eve', { password = 'secret' })
local net = require 'net.box'
function as_eve(act) box.session.su('eve', act) end
function connect(address) local c = net.connect(address, { connect_timeout = 0.2 }); if c.error then error(c.error) end end
function sql(text, ...) local rows, wrong = box.execute(text, ...); if wrong then error(wrong) end end
while true do
  local line = io.read()
  if not line then os.exit() end
  local call, wrong = load(line)
  local fine, said
  if call then fine, said = pcall(call) else said = wrong end
  print((fine and '+' or '-') .. string.gsub(tostring(said), '\\n', ' '))
  io.flush()
end
`

/** Tarantool's spaces and its SQL, called in Lua. */
export const tarantool: Source = {
  tool: 'tarantool',
  languages: ['en'],
  async open({ dir }) {
    const place = await ownedFolder(dir, 'place', nobody)
    await writeFile(join(place, 'shop.lua'), PROGRAM)
    const options = { ...nobody, cwd: place, env: { ...speaking('en'), HOME: place } }
    const child = spawn(program('tarantool'), ['shop.lua'], options)
    child.stdin.on('error', () => {})
    child.stderr.resume()
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const provoke = async (code: string): Promise<Provoked> => {
      child.stdin.write(`${code}\n`)
      const { value: line = '-' } = await answers.next()
      const message = line.slice(1)
      if (line.startsWith('+')) return { input: { code }, result: toolResult('ok', message) }
      return { input: { code }, result: toolResult('error', message, { error: { message } }) }
    }
    return {
      close: () => void child.kill('SIGKILL'),
      provocations: provocations(provoke, [
        ['same-id', 'state.conflict', (v) => `box.space.orders:insert { 1, '${v.id()}' }`],
        ['same-code', 'state.conflict', (v) => `box.space.orders:insert { ${v.integer(50, 999)}, 'A1' }`],
        ['space-exists', 'state.conflict', () => `box.schema.space.create('orders')`],
        [
          'user-exists',
          'state.conflict',
          (v) => `box.schema.user.create('eve', { password = '${v.word()}' })`,
        ],
        ['missing', 'contract.missing_param', (v) => `box.space.orders:insert { ${v.integer(50, 999)} }`],
        ['type', 'contract.type', (v) => `box.space.orders:insert { '${v.word()}', 'B1' }`],
        ['key-type', 'contract.type', (v) => `box.space.orders:get '${v.word()}'`],
        ['no-space', 'state.not_found', (v) => `box.space.${v.name()}_s:select {}`],
        ['drop-user', 'state.not_found', (v) => `box.schema.user.drop '${v.name()}_u'`],
        [
          'privilege',
          'contract.value',
          (v) => `box.schema.user.grant('eve', '${v.word()}', 'space', 'orders')`,
        ],
        [
          'option',
          'contract.misnamed_param',
          (v) => `box.schema.space.create('${v.name()}_s', { ${v.name()}_x = 1 })`,
        ],
        [
          'option-type',
          'contract.type',
          (v) => `box.schema.space.create('${v.name()}_s', { if_not_exists = '${v.word()}' })`,
        ],
        [
          'index-type',
          'contract.value',
          (v) => `box.space.orders:create_index('${v.name()}_i', { type = '${v.word()}' })`,
        ],
        ['iterator', 'contract.value', (v) => `box.space.orders:select({ 1 }, { iterator = '${v.word()}' })`],
        [
          'update-operator',
          'contract.value',
          (v) => `box.space.orders:update(1, { { '${v.word()}', 3, 1 } })`,
        ],
        [
          'update-field',
          'state.not_found',
          (v) => `box.space.orders:update(1, { { '=', '${v.name()}_f', 1 } })`,
        ],
        [
          'update-type',
          'contract.type',
          (v) => `box.space.orders:update(1, { { '+', 'total', '${v.word()}' } })`,
        ],
        ['no-read', 'auth.denied', (v) => `as_eve(function() box.space.orders:get(${v.integer(1, 99)}) end)`],
        [
          'no-create',
          'auth.denied',
          (v) => `as_eve(function() box.schema.space.create('${v.name()}_s') end)`,
        ],
        ['refused', 'exec.unavailable', (v) => `connect('127.0.0.1:${v.integer(2, 9)}')`],
        ['sql-table', 'state.not_found', (v) => `sql [[SELECT * FROM ${v.name()}_s]]`],
        ['sql-column', 'state.not_found', (v) => `sql [[SELECT ${v.name()}_c FROM notes]]`],
        ['sql-function', 'state.not_found', (v) => `sql [[SELECT ${v.name()}_of(id) FROM notes]]`],
        ['sql-syntax', 'contract.value', (v) => `sql [[SELECT FROM ${v.word()}]]`],
        [
          'sql-null',
          'contract.missing_param',
          (v) => `sql [[INSERT INTO notes (id) VALUES (${v.integer(50, 999)})]]`,
        ],
        [
          'sql-check',
          'contract.value',
          (v) => `sql [[INSERT INTO notes VALUES (${v.integer(50, 999)}, '')]]`,
        ],
        ['sql-type', 'contract.type', (v) => `sql [[INSERT INTO notes VALUES ('${v.word()}', 'a')]]`],
        ['lua-syntax', 'contract.value', (v) => `local ${v.word()} = = 1`],
      ]),
    }
  },
}
