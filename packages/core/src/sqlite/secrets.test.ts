import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { createLifeHarness } from '../runtime.ts'
import type { ToolCall } from '../trajectory.ts'
import { sqliteStore } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'lifeharness-secrets-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Written in pieces: no scanner should mistake this file for a leak. */
const SECRETS = {
  openAi: ['sk-proj', 'Zq8Lm2Xw9Rt4Yv7Kp3Nb6Hc1Jd5Fg0Sa'].join('-'),
  gitHub: ['ghp', 'a8F3kLm9QwErTy2UiOpZxCvBn7MsDf4GhJk1'].join('_'),
  aws: ['AKIA', 'Q3EGRX7LZ5TWVNMD'].join(''),
  jwt: ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiI5ODcifQ', 'k3Jx9ZpLq2Wm7Rt5Yv8Nc1Hb4Gf6Ds0A'].join('.'),
  password: 'correct-horse-battery-staple-42',
  connection: 'tR7-pLq9_zX2',
  basic: 'dXNlcjpzM2NyM3QtcGFzc3dvcmQ=',
  high: 'f9Kq2ZxV7mLw4RtYb8NcHj3GdSa6PeU1',
  mine: 'CUSTOMER-CODE-771-XY',
}

it('planted secrets are nowhere in the bytes of the store', async () => {
  const path = join(folder, 'registry.db')
  const lifeHarness = await createLifeHarness({
    store: sqliteStore(path),
    config: {
      redaction: { keys: ['door_code'], patterns: [/CUSTOMER-CODE-\d+-\w+/g] },
      observeState: () => ({ session: { token: SECRETS.high } }),
    },
  })
  const episode = lifeHarness.episode({ id: 'run-1', agent: 'a' })
  const call = (id: string, more: Partial<ToolCall>): ToolCall => ({
    ...{ id, tool: { origin: 'local', name: 'fetch' }, turn: 0, index: 0, attempt: 1, approved: false },
    ...more,
  })
  const input = {
    headers: {
      Authorization: `Bearer ${SECRETS.openAi}`,
      'X-Api-Key': SECRETS.high,
      cookie: `sid=${SECRETS.high}`,
    },
    nested: [{ password: SECRETS.password, door_code: SECRETS.connection }],
    command: `curl -u user:${SECRETS.password} https://u:${SECRETS.connection}@db.example/x?token=${SECRETS.high}`,
    note: `the key is ${SECRETS.gitHub}, and ${SECRETS.aws}; ${SECRETS.mine}`,
    visible: 'order 4711 is shipped',
  }
  await episode.run(call('c1', { input }), () => ({
    body: `Basic ${SECRETS.basic}`,
    jwt: SECRETS.jwt,
    row: 'kept 4712',
  }))
  await episode.run(
    call('c2', { rawInput: `{"password": "${SECRETS.password}", "x": ${SECRETS.gitHub}` }),
    () => {
      throw new Error(
        `401 for Authorization: Bearer ${SECRETS.jwt} and postgres://app:${SECRETS.connection}@db/x`,
        {
          cause: new Error(SECRETS.openAi),
        },
      )
    },
  )
  episode.observeModel({ text: `I will use ${SECRETS.openAi}`, finishReason: 'stop' })
  await lifeHarness.flush()
  // Both while it is open, when the newest bytes are in the write-ahead log, and after.
  const open = bytesOf(folder)
  await lifeHarness.close()
  for (const bytes of [open, bytesOf(folder)]) {
    expect(bytes.includes('order 4711 is shipped')).toBe(true)
    expect(bytes.includes('kept 4712')).toBe(true)
    const found = Object.entries(SECRETS).filter(
      ([, secret]) => bytes.includes(secret) || bytes.includes(Buffer.from(secret, 'utf16le')),
    )
    expect(found.map(([name]) => name)).toEqual([])
  }
})

function bytesOf(path: string): Buffer {
  return Buffer.concat(readdirSync(path).map((name) => readFileSync(join(path, name))))
}
