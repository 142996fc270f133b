import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bounds } from '../drive.ts'
import { statementConformance } from './conformance.ts'
import { sqlEnvironment } from './index.ts'
import { openDatabase, runStatement, sameRows } from './sql-tool.ts'

const DATA = '../shared/data'

describe('statements as agents write them', () => {
  const database = openDatabase(
    'zoo',
    'CREATE TABLE "Animal" ("id" INT, "name" TEXT, PRIMARY KEY ("id"));\nINSERT INTO "Animal" VALUES (1, \'Ape\');',
  )

  it.each([
    ['SHOW TABLES', [['Animal']]],
    ['show full tables;', [['Animal']]],
    [
      'DESCRIBE animal',
      [
        ['id', 'int', 'NO', 'PRI'],
        ['name', 'text', 'YES', ''],
      ],
    ],
    [
      'SHOW COLUMNS FROM zoo.Animal',
      [
        ['id', 'int', 'NO', 'PRI'],
        ['name', 'text', 'YES', ''],
      ],
    ],
    ['SELECT id FROM animal WHERE name = "APE"', [[1]]],
    ['SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()', [['Animal']]],
    ["SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE table_name = 'animal'", [['id'], ['name']]],
  ])('%s', (query, rows) => {
    expect(runStatement(database, query)).toEqual(rows)
  })

  it.each(['SELECT nme FROM Animal', 'DESCRIBE Plant', 'SELECT * FROM Plant', 'SELEC 1', ''])(
    'fails: %s',
    (query) => {
      expect(() => runStatement(database, query)).toThrow()
    },
  )
})

describe('the judgement', () => {
  it.each([
    [[[1], [2]], [[2], [1]], false, true],
    [[[1], [2]], [[2], [1]], true, false],
    [[[1]], [[1], [1]], false, false],
    [[['1']], [[1]], false, false],
    [[[1n]], [[1]], true, true],
    [[], [], true, true],
  ])('%o for %o, ordered %s: %s', (found, wanted, ordered, same) => {
    expect(sameRows(found, wanted, ordered)).toBe(same)
  })
})

describe.skipIf(!existsSync(`${DATA}/env`))('recorded questions', () => {
  it('doing nothing scores 0, the gold statement 100 %', async () => {
    const environment = sqlEnvironment(DATA)
    expect(environment && (await bounds(environment))).toMatchObject({ tasks: 511, idle: 0, oracle: 1 })
  })

  it('what was asked before is no answer, and a failing statement takes the answer back', async () => {
    const environment = sqlEnvironment(DATA)
    const solve = async (seed: number) => environment?.solution(seed)[0]?.input ?? {}
    const tools = (await environment?.reset(0))?.tools
    tools?.[0]?.execute(await solve(0))
    expect(await environment?.check()).toBe(1)
    expect(() => tools?.[0]?.execute({ query: 'SELEC' })).toThrow('syntax error')
    expect(await environment?.check()).toBe(0)
  })

  it('most statements of a recorded agent end as they did on MySQL', async () => {
    const environment = sqlEnvironment(DATA)
    const found = environment ? await statementConformance(environment, DATA, 'intercode-sql-gpt-4') : []
    expect(found).toHaveLength(2)
    for (const { equal, of } of found) expect(equal / of).toBeGreaterThan(0.95)
  })
})
