import { describe, expect, it } from 'vitest'
import { readText } from './text-category.ts'

describe('sayingOf goes by what a message shows, whatever its language', () => {
  it.each([
    ['operatorn finns inte: text > integer', 'contract.type'],
    ['ny rad bryter mot »orders_status_check«', 'contract.value'],
    ['rad bryter mot »lines_order_id_fkey«', 'state.conflict'],
    ['dublett i "orders_pkey"', 'state.conflict'],
    ['kan inte ta bort tabell orders\nTIPS: Använd DROP ... CASCADE', 'state.conflict'],
    [`bash: rad 1: \${total!}: felaktig ersättning`, 'contract.value'],
    ['bash: rad 1: 57 / 0: delning med noll', 'contract.value'],
    ['bash: rad 1: cd: -i: ogiltig flagga', 'exec.dependency'],
    ["bash: rad 1: export: '2a=1': ogiltigt namn", 'contract.value'],
    ['FEL: lika många kolumner\nRAD 1: SELECT 7 UNION SELECT 1, 2\n                     ^', 'contract.value'],
  ])('%s: %s', (message, category) => {
    expect(readText(message).saying?.category).toBe(category)
  })

  it.each([
    'monkey_key',
    'pris: 5 > 4',
    'kolumn a ^ b',
    'bash: rad 1: något hände',
    'cat: -i: inget',
    'DROP TABLE orders',
  ])('and says nothing of %s', (message) => {
    expect(readText(message).saying?.category).toBeUndefined()
  })
})
