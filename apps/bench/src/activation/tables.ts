import { plainTable } from '../plain-table.ts'
import type { HarmFigures, RegistryFigures, TestFigures } from './measure.ts'

export function testTable(rows: readonly TestFigures[]): string {
  const table = plainTable([
    ...['test', 'unit', 'level', 'false promotion ρ 0/0.3/0.6', 'drift', 'FDR'],
    ...['60→70 by 600', 'by 1,000', 'median', '14→80 by 30', 'median'],
  ])
  for (const { name, unit, level, falsePromotion, fdr, tenPoints, great } of rows) {
    const steady = falsePromotion.filter(({ drift }) => drift === undefined)
    const drifting = falsePromotion.find(({ drift }) => drift !== undefined)
    table.push([
      ...[name, unit, percent(level, 2), steady.map(({ share }) => percent(share)).join(' / ')],
      ...[percent(drifting?.share ?? 0), percent(fdr)],
      ...[percent(tenPoints.by600), percent(tenPoints.by1000), whole(tenPoints.median)],
      ...[percent(great.by30), whole(great.median)],
    ])
  }
  return table.toString()
}

export function registryTable(rows: readonly RegistryFigures[]): string {
  const table = plainTable([
    ...['levels by', 'registries', 'FDR', 'false promotion', 'false rollback', 'helping promoted'],
    ...['typical level', 'quartiles', '1st', '100th', 're-entries'],
  ])
  for (const { name, runs, fdr, falsePromotion, falseRollback, promoted, reEntries, level } of rows)
    table.push([
      ...[name, runs, percent(fdr), percent(falsePromotion, 2), percent(falseRollback), percent(promoted)],
      ...[percent(level.median, 2), `${percent(level.quarter, 2)} … ${percent(level.threeQuarters, 2)}`],
      ...[percent(level.first, 2), percent(level.hundredth, 4), reEntries],
    ])
  return table.toString()
}

export function harmTable(rows: readonly HarmFigures[]): string {
  const table = plainTable([
    'intervention',
    'taken back',
    'as harmful',
    'median per arm',
    'median, both arms',
  ])
  for (const { name, takenBack, asHarmful, median } of rows)
    table.push([name, percent(takenBack), percent(asHarmful), whole(median.perArm), whole(median.episodes)])
  return table.toString()
}

function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`
}

function whole(count: number): string {
  return !Number.isFinite(count) ? '–' : String(Math.round(count))
}
