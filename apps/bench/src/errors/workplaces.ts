import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { chromiumSpeaking, validityOf } from './chromium-browser.ts'
import { POSTGRES_SCHEMA } from './postgres-rows.ts'
import { postgresServer } from './postgres-server.ts'
import type { Language } from './provocation.ts'
import type { RepairTool, Workplace } from './repairs.ts'
import { localeOf, requireLocale, run, speaking } from './shell.ts'
import type { Vary } from './vary.ts'

type Place = { dir: string; language: Language }

/** Where agents work whose tools speak the language of the machine; each mistake is one that recordings show. */
export const WORKPLACES: Readonly<Record<string, (place: Place) => Promise<Workplace>>> = {
  bash,
  postgres,
  psql,
  chromium,
}

const FILES = ['notes', 'budget', 'report', 'orders', 'invoice', 'customers', 'schedule', 'contacts']

async function bash({ dir, language }: Place): Promise<Workplace> {
  await requireLocale(language, dir)
  const files = join(dir, 'files')
  await mkdir(files)
  await chmod(files, 0o755)
  for (const name of FILES) await writeFile(join(files, `${name}.txt`), `${name}\n`)
  const env = { ...speaking(language), HOME: dir }
  const shell = async (command: string) => {
    const { stdout, stderr, exitCode } = await run('bash', ['-c', command], { cwd: '/', env })
    if (exitCode !== 0) throw new Error(stderr || `exit ${exitCode}`)
    return stdout
  }
  const on = (name: string, argument: string, command: (quoted: string) => string): RepairTool => {
    return { name, argument, call: (value) => shell(command(`'${value}'`)) }
  }
  const file = (v: Vary) => `${v.pick(FILES)}.txt`
  const day = (v: Vary) => [v.integer(13, 28), v.integer(10, 12), v.integer(2020, 2026)] as const
  return {
    close: async () => {},
    tools: [
      { name: 'shell', argument: 'command', call: shell },
      on('read_file', 'path', (path) => `cat ${path}`),
      on('count_lines', 'path', (path) => `wc -l ${path}`),
      on('list_files', 'sort', (sort) => `ls --sort=${sort} ${files}`),
      on('day_of_week', 'date', (date) => `date -d ${date} +%A`),
      on('first_lines', 'count', (count) => `head -n ${count} ${files}/notes.txt`),
    ],
    mistakes: [
      {
        ...{ name: 'other-program', tool: 'shell' },
        wrong: (v) => `md5 ${files}/${file(v)}`,
        right: (v) => `md5sum ${files}/${file(v)}`,
      },
      {
        ...{ name: 'other-listing', tool: 'shell' },
        wrong: (v) => `ll -h ${files}/${file(v)}`,
        right: (v) => `ls -h ${files}/${file(v)}`,
      },
      { name: 'bare-name', tool: 'read_file', wrong: file, right: (v) => join(files, file(v)) },
      {
        ...{ name: 'no-ending', tool: 'count_lines' },
        wrong: (v) => join(files, file(v).replace('.txt', '')),
        right: (v) => join(files, file(v)),
      },
      {
        ...{ name: 'capitals', tool: 'list_files' },
        wrong: (v) => v.pick(['TIME', 'SIZE', 'NONE', 'VERSION']),
        right: (v) => v.pick(['time', 'size', 'none', 'version']),
      },
      {
        ...{ name: 'european-date', tool: 'day_of_week' },
        wrong: (v) => day(v).join('.'),
        right: (v) => [...day(v)].reverse().join('-'),
      },
      {
        ...{ name: 'unit', tool: 'first_lines' },
        wrong: (v) => `${v.integer(1, 90)} lines`,
        right: (v) => `${v.integer(1, 90)}`,
      },
    ],
  }
}

/** Tools of a shop on PostgreSQL; `call` runs a statement. */
function shop(query: (sql: string) => Promise<unknown>): Pick<Workplace, 'tools' | 'mistakes'> {
  const on = (name: string, argument: string, sql: (quoted: string) => string): RepairTool => {
    return { name, argument, call: (value) => query(sql(`'${value}'`)) }
  }
  const column = (v: Vary, name: string) => `SELECT id, ${name} FROM orders WHERE id = ${v.integer(1, 900)}`
  const table = (v: Vary, name: string) => `SELECT note FROM ${name} WHERE order_id = ${v.integer(1, 900)}`
  const day = (v: Vary) => [v.integer(13, 28), v.integer(10, 12), v.integer(2020, 2026)] as const
  const number = (v: Vary) => String(v.integer(1_000, 99_999))
  return {
    tools: [
      { name: 'search_rows', argument: 'sql', call: query },
      on('find_order', 'id', (id) => `SELECT * FROM orders WHERE id = ${id}`),
      on('orders_due', 'date', (date) => `SELECT * FROM orders WHERE due = ${date}`),
      on('set_status', 'status', (status) => `UPDATE orders SET status = ${status}`),
    ],
    mistakes: [
      {
        ...{ name: 'column', tool: 'search_rows' },
        wrong: (v) => column(v, 'amount'),
        right: (v) => column(v, 'total'),
      },
      {
        name: 'table',
        tool: 'search_rows',
        wrong: (v) => table(v, 'order_lines'),
        right: (v) => table(v, 'lines'),
      },
      { name: 'prefix', tool: 'find_order', wrong: (v) => `ORD-${number(v)}`, right: number },
      {
        ...{ name: 'european-date', tool: 'orders_due' },
        wrong: (v) => day(v).join('/'),
        right: (v) => [...day(v)].reverse().join('-'),
      },
      {
        ...{ name: 'capitals', tool: 'set_status' },
        wrong: (v) => v.pick(['New', 'Sent']),
        right: (v) => v.pick(['new', 'sent']),
      },
    ],
  }
}

async function postgres({ dir, language }: Place): Promise<Workplace> {
  await requireLocale(language, dir)
  const server = await postgresServer(dir)
  const target = { host: '127.0.0.1', port: server.port, user: 'postgres', database: 'postgres' }
  const client = new pg.Client(target)
  await client.connect()
  await client.query(POSTGRES_SCHEMA)
  await client.query(`SET lc_messages = '${language === 'en' ? 'C' : localeOf(language)}'`)
  return {
    ...shop(async (sql) => (await client.query(sql)).rows),
    close: async () => {
      await client.end()
      await server.close()
    },
  }
}

async function psql({ dir, language }: Place): Promise<Workplace> {
  await requireLocale(language, dir)
  const server = await postgresServer(dir)
  const messages = language === 'en' ? 'C' : localeOf(language)
  const options = `-c lc_messages=${messages} -c client_encoding=UTF8`
  const env = { ...speaking(language), HOME: dir, PGOPTIONS: options }
  const target = ['-h', '127.0.0.1', '-p', String(server.port), '-U', 'postgres', '-d', 'postgres']
  const query = async (sql: string) => {
    const args = [...target, '-X', '-q', '-1', '-v', 'ON_ERROR_STOP=1', '-c', sql]
    const { stdout, stderr, exitCode } = await run(server.psql, args, { cwd: dir, env })
    if (exitCode !== 0) throw new Error(stderr.trim())
    return stdout
  }
  await query(POSTGRES_SCHEMA)
  return { ...shop(query), close: server.close }
}

async function chromium({ dir, language }: Place): Promise<Workplace> {
  const { browser, context } = await chromiumSpeaking(language, dir)
  const page = await context.newPage()
  const field = (name: string, argument: string, html: string): RepairTool => ({
    ...{ name, argument },
    call: async (value) => {
      await page.setContent(html)
      await page.locator('input').first().pressSequentially(value)
      const refused = await validityOf(page)
      if (refused) throw new Error(refused)
      return 'accepted'
    },
  })
  const number = (v: Vary) => String(v.integer(1_000_000, 9_999_999))
  const day = (v: Vary) => [v.integer(13, 28), v.integer(10, 12), v.integer(2020, 2026)] as const
  return {
    close: () => browser.close(),
    tools: [
      field('enter_order', 'order', '<input pattern="#W[0-9]{7}">'),
      field('enter_mail', 'address', '<input type="email">'),
      field('enter_date', 'date', '<input pattern="[0-9]{4}-[0-9]{2}-[0-9]{2}">'),
      field('choose_size', 'size', '<input pattern="small|medium|large">'),
    ],
    mistakes: [
      {
        ...{ name: 'no-sign', tool: 'enter_order' },
        wrong: (v) => `W${number(v)}`,
        right: (v) => `#W${number(v)}`,
      },
      { name: 'no-host', tool: 'enter_mail', wrong: (v) => v.word(), right: (v) => `${v.word()}@shop.test` },
      {
        ...{ name: 'european-date', tool: 'enter_date' },
        wrong: (v) => day(v).join('.'),
        right: (v) => [...day(v)].reverse().join('-'),
      },
      {
        ...{ name: 'capitals', tool: 'choose_size' },
        wrong: (v) => v.pick(['Small', 'Medium', 'Large']),
        right: (v) => v.pick(['small', 'medium', 'large']),
      },
    ],
  }
}
