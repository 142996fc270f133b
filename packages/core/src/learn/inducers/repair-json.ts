import { jsonrepair } from 'jsonrepair'
import { isJsonObject, type Json, jsonEqual } from '../../json.ts'
import { saysTheSame, scanJsonText } from '../../json-text.ts'
import { draftOf } from '../draft.ts'
import { defineInducer, type FailedCall, type Inducer } from '../evidence.ts'

/** Proposes `repair-json` for a tool whose arguments arrived broken and can be read without loss. */
export const repairJsonInducer: Inducer = defineInducer({
  name: 'repair-json',
  *propose(evidence) {
    const pairs = new Map(evidence.pairs.map(({ failed, succeeded }) => [placeOf(failed), succeeded.input]))
    const covered = evidence.failures.flatMap((failed) => {
      const expect = failed.rawInput === undefined ? undefined : readWithoutLoss(failed.rawInput)
      if (expect === undefined) return []
      const later = pairs.get(placeOf(failed))
      return [{ failed, expect, paired: later !== undefined && jsonEqual(later, expect) }]
    })
    if (covered.length > 0)
      yield draftOf(evidence, { inducer: 'repair-json', kind: 'repair-json', options: {}, path: '', covered })
  },
})

function placeOf({ episode, step }: FailedCall): string {
  return `${episode} ${step}`
}

function readWithoutLoss(text: string): Json | undefined {
  const { tokens, form } = scanJsonText(text.trim())
  if (form !== 'balanced') return undefined
  try {
    const value = JSON.parse(jsonrepair(text.trim())) as Json
    return isJsonObject(value) && saysTheSame(tokens, value) ? value : undefined
  } catch {
    return undefined
  }
}
