import { describe, expect, it } from 'vitest'
import { failedStep, verdictOf } from '../contexts.test.support.ts'
import { sqlState } from './sql-state.ts'

describe('sql-state', () => {
  it.each([
    ['42P01', 'Relation »x« existiert nicht', 'state.not_found'],
    ['42883', 'function f(integer) does not exist', 'state.not_found'],
    ['42883', '操作符不存在: text > integer', 'contract.type'],
    ['42601', 'syntax error at or near "FROM"', 'contract.value'],
    ['23505', 'duplicate key', 'state.conflict'],
    ['23514', 'check', 'contract.value'],
    ['ER_BAD_NULL_ERROR', 'Le champ total ne peut être vide (null)', 'contract.missing_param'],
    ['ER_NON_UNIQ_ERROR', "Feld 'id' in SELECT nicht eindeutig", 'contract.value'],
    ['57014', 'canceling statement', 'exec.timeout'],
    ['57P01', 'terminating connection', 'exec.unavailable'],
    ['28P01', 'password', 'auth.denied'],
  ])('matches the code %s of %s', (code, message, category) => {
    expect(verdictOf(sqlState, failedStep({ message, code }))).toMatchObject({ category, rank: 'typed' })
  })

  it.each([
    ["ERROR 1146 (42S02): Table 'shop.orderz' doesn't exist", 'state.not_found'],
    ['SQLSTATE[23000]: Integrity constraint violation', 'state.conflict'],
    ['ERROR:  42601: syntax error', 'contract.value'],
    ['FEHLER:  42P01: Relation »x« existiert nicht', 'state.not_found'],
    ['psql:a.sql:1: ERROR:  23505: duplicate key', 'state.conflict'],
    ['[42S22] [Acme][ODBC Driver 9]Invalid column name', 'state.not_found'],
    ["('HYT00', '[HYT00] [acme][driver] Login took too long')", 'exec.timeout'],
    ['[IM002] [manager] Data source name not found and no default driver', 'state.not_found'],
  ])('matches the printed code in %s', (message, category) => {
    expect(verdictOf(sqlState, failedStep(message))).toMatchObject({ category, rank: 'template' })
  })

  it.each([
    [{ message: 'x', code: 'EPIPE' }],
    [{ message: 'x', code: 'ABORT' }],
    [{ message: 'x', code: 'ER_UNKNOWN_ERROR' }],
    [{ message: 'x', code: 'ERR_SQLITE_ERROR' }],
    [{ message: 'ERROR: order 12345: not found' }],
    [{ message: 'Line: 42: 22007: odd' }],
    [{ message: 'see the code: 42P01: x' }],
    [{ message: 'x', code: 42_601 }],
  ])('does not match %j', (error) => {
    expect(verdictOf(sqlState, failedStep(error))).toBeUndefined()
  })
})
