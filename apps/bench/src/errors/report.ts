import { plainTable } from '../plain-table.ts'
import type { Classified } from './judge.ts'
import { accuracy, byCategory, type CategoryRow, groupingAccuracy, groupingF1 } from './measure.ts'
import { plainDrain } from './plain-drain.ts'

/** A way of grouping or naming, measured: shares from 0 to 1. */
export type Figures = {
  messages: number
  templates: number
  tools: number
  grouping: { way: string; accuracy: number; f1: number }[]
  category: { sight: string; accuracy: number; unknown: number; unnoticed: number }[]
  categories: CategoryRow[]
  byTool: { tool: string; messages: number; grouping: number; category: number; textCategory: number }[]
  wrong: string[]
}

const truthOf = ({ tool, template }: Classified) => `${tool}/${template}`

/**
 * `call` and `text` are the same messages in the same order, judged with and without what the host knows; `templates` is by
 * signature.
 */
export function figuresOf(
  call: readonly Classified[],
  text: readonly Classified[],
  templates: ReadonlyMap<string, string>,
): Figures {
  const drained = drainedGroups(call)
  const ways: [string, (one: Classified, at: number) => string][] = [
    ['signature', ({ signature }) => signature],
    ['template of the slow loop', ({ signature }) => templates.get(signature) ?? signature],
    ['signature, text alone', (_, at) => (text[at] as Classified).signature],
    ['plain Drain, per tool', (_, at) => drained[at] as string],
  ]
  const grouped = (group: (typeof ways)[number][1]) =>
    call.map((one, at) => ({ truth: truthOf(one), found: group(one, at), tool: one.tool }))
  const judged = (seen: readonly Classified[]) =>
    seen.map(({ category, found, tool }) => ({ truth: category as string, found: found as string, tool }))
  const tools = [...new Set(call.map(({ tool }) => tool))]
  const share = (seen: readonly Classified[], name: string) =>
    seen.filter(({ found }) => (found as string) === name).length / seen.length
  return {
    messages: call.length,
    templates: new Set(call.map(truthOf)).size,
    tools: tools.length,
    grouping: ways.map(([way, group]) => ({
      way,
      accuracy: groupingAccuracy(grouped(group)),
      f1: groupingF1(grouped(group)),
    })),
    category: (
      [
        ['call', call],
        ['text alone', text],
      ] as const
    ).map(([sight, seen]) => ({
      sight,
      accuracy: accuracy(judged(seen)),
      unknown: share(seen, 'unknown'),
      unnoticed: share(seen, 'none'),
    })),
    categories: byCategory(judged(call)),
    byTool: tools.map((tool) => {
      const of = <T extends { tool: string }>(list: readonly T[]) => list.filter((one) => one.tool === tool)
      return {
        tool,
        messages: of(call).length,
        grouping: groupingAccuracy(of(grouped(({ signature }) => signature))),
        category: accuracy(of(judged(call))),
        textCategory: accuracy(of(judged(text))),
      }
    }),
    wrong: [...wrongGroups(call), ...wrongCategories(call, 'call'), ...wrongCategories(text, 'text')],
  }
}

function drainedGroups(messages: readonly Classified[]): string[] {
  const drains = new Map(messages.map(({ tool }) => [tool, plainDrain()]))
  return messages.map(({ tool, text }) => `${tool} ${drains.get(tool)?.add(text)}`)
}

function wrongCategories(messages: readonly Classified[], sight: string): string[] {
  const wrong = messages.filter(({ category, found }) => category !== found)
  const kinds = Map.groupBy(wrong, (one) => `${truthOf(one)}: ${one.category} taken for ${one.found}`)
  return [...kinds].map(
    ([what, [first, ...others]]) =>
      `[${sight}] ${others.length + 1} × ${what} by ${first?.failure?.evidence.detector}\n      ${oneLine(first?.text ?? '')}`,
  )
}

function wrongGroups(messages: readonly Classified[]): string[] {
  const truths = Map.groupBy(messages, truthOf)
  const found = Map.groupBy(messages, ({ signature }) => signature)
  const split = [...truths].flatMap(([truth, group]) => {
    const parts = Map.groupBy(group, ({ signature }) => signature)
    if (parts.size < 2) return []
    const examples = [...parts.values()].slice(0, 3).map(([one]) => `\n      ${oneLine(one?.text ?? '')}`)
    return [`[group] ${truth} split into ${parts.size}${examples.join('')}`]
  })
  const mixed = [...found].flatMap(([signature, group]) => {
    const names = new Set(group.map(truthOf))
    return names.size < 2 ? [] : [`[group] ${signature} mixes ${[...names].join(', ')}`]
  })
  return [...split, ...mixed]
}

export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, 400)
}

const percent = (share: number) => (Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`)

export function printFigures(title: string, figures: Figures, withWrong: boolean): void {
  const { messages, templates, tools } = figures
  console.log(`\n== ${title}: ${messages} messages, ${templates} templates, ${tools} tools`)
  print(
    ['groups', 'grouping accuracy', 'F1'],
    figures.grouping.map(({ way, accuracy, f1 }) => [way, percent(accuracy), percent(f1)]),
  )
  print(
    ['categories', 'accuracy', 'unknown', 'not seen as a failure'],
    figures.category.map(({ sight, accuracy, unknown, unnoticed }) => [
      sight,
      ...[accuracy, unknown, unnoticed].map(percent),
    ]),
  )
  print(
    ['category', 'labelled', 'found', 'precision', 'recall'],
    figures.categories.map(({ category, labelled, found, right }) => [
      ...[category, String(labelled), String(found)],
      ...[percent(right / found), percent(right / labelled)],
    ]),
  )
  print(
    ['tool', 'messages', 'grouping', 'category', 'category, text alone'],
    figures.byTool.map((row) => [
      row.tool,
      String(row.messages),
      ...[row.grouping, row.category, row.textCategory].map(percent),
    ]),
  )
  if (withWrong) for (const line of figures.wrong) console.log(`  ${line}`)
}

function print(head: string[], rows: string[][]): void {
  const table = plainTable(head)
  table.push(...rows)
  console.log(table.toString())
}
