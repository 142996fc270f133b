import { isCommonWord } from '../common-words.ts'
import { shortHash } from '../hash.ts'
import { keyText } from '../mask.ts'

/** One signature: its masked message, how often it was seen, and the id of the template it was put into. */
export type TemplateMember = { text: string; count: number; template?: string }

/**
 * What the clustering knows, as JSON. `members` is by signature. `aliases` lead from the id of a template that went up
 * in another one to that other one's; an id is never given to anything else.
 */
export type TemplateState = {
  members: Readonly<Record<string, TemplateMember>>
  aliases: Readonly<Record<string, string>>
}

export type TemplateLimits = {
  /** Signatures kept; beyond it the rarest go. Default 20,000. */
  members: number
  /** A place in a message is open from this many different words on. Default 3. */
  values: number
  /** … where they are at least this share of all that stood there. Default 0.25. */
  variety: number
}

const LIMITS: TemplateLimits = { members: 20_000, values: 3, variety: 0.25 }

export function emptyTemplates(): TemplateState {
  return { members: {}, aliases: {} }
}

type Counted = { signature: string; text: string; count: number }

/**
 * Several states and new counts as one. Counts add up, so the order and the partition do not matter; where two states
 * put one signature into different templates, both ids come to stand for the same template.
 */
export function mergeTemplates(
  states: readonly TemplateState[],
  counted: readonly Counted[] = [],
  limits: Partial<TemplateLimits> = {},
): TemplateState {
  const members = new Map<string, TemplateMember>()
  const aliases: Record<string, string> = Object.assign({}, ...states.map((state) => state.aliases))
  const add = (signature: string, { text, count, template }: TemplateMember) => {
    const known = members.get(signature)
    const id = known?.template ?? template
    if (known?.template && template) join(aliases, known.template, template)
    // Equal signatures have equal masked texts but for the kinds of their values: the smaller one, whatever the order.
    const smaller = known && known.text < text ? known.text : text
    members.set(signature, {
      text: smaller,
      count: (known?.count ?? 0) + count,
      ...(id ? { template: id } : {}),
    })
  }
  for (const state of states)
    for (const [signature, member] of Object.entries(state.members)) add(signature, member)
  for (const { signature, ...one } of counted) add(signature, one)
  return { members: bounded(members, { ...LIMITS, ...limits }.members), aliases }
}

/**
 * Puts signatures that differ only in words which vary freely into one template. In the Drain family (He et al., ICWS
 * 2017): masks first, then a tree by category and tool, number of words, and the words that messages are made of; in a
 * leaf, the places at which many different words stood are open. A pure function of the state, independent of the order
 * in which it grew; templates only ever grow together.
 */
export function clusterTemplates(state: TemplateState, limits: Partial<TemplateLimits> = {}): TemplateState {
  const bounds = { ...LIMITS, ...limits }
  const aliases: Record<string, string> = { ...state.aliases }
  const leaves = Map.groupBy(Object.entries(state.members), ([signature, { text }]) =>
    leafOf(signature, text),
  )
  const assigned = new Map<string, TemplateMember>()
  for (const leaf of leaves.values()) {
    const open = openPlaces(leaf, bounds)
    const clusters = Map.groupBy(leaf, ([, { text }]) => withPlaces(wordsOf(text), open))
    for (const cluster of clusters.values()) {
      const id = idOf(cluster, aliases)
      for (const [signature, member] of cluster) assigned.set(signature, { ...member, template: id })
    }
  }
  return { members: Object.fromEntries([...assigned].sort(bySignature)), aliases }
}

/** The template of a signature: its id and its text, in which `<*>` stands for any word. */
export function templateOf(
  state: TemplateState,
  signature: string,
): { id: string; text: string } | undefined {
  const member = state.members[signature]
  if (!member?.template) return undefined
  const id = resolve(state.aliases, member.template)
  return { id, text: templateTexts(state).get(id) ?? member.text }
}

const texts = new WeakMap<TemplateState, ReadonlyMap<string, string>>()

/** By template id: the text that all its members have in common. */
export function templateTexts(state: TemplateState): ReadonlyMap<string, string> {
  const known = texts.get(state)
  if (known) return known
  const all = Object.values(state.members).filter(({ template }) => template !== undefined)
  const byId = Map.groupBy(all, ({ template }) => resolve(state.aliases, template as string))
  const made = new Map([...byId].map(([id, members]) => [id, commonText(members.map(({ text }) => text))]))
  texts.set(state, made)
  return made
}

const ANY = '<*>'

function commonText(of: readonly string[]): string {
  const [first = '', ...others] = [...new Set(of)].sort()
  if (others.length === 0) return first
  const lists = [first, ...others].map(wordsOf)
  // Templates that were joined by two states may differ in length; then the commonest speaks for all.
  if (new Set(lists.map(({ length }) => length)).size > 1) return first
  return (lists[0] as string[])
    .map((word, at) => (lists.every((words) => words[at] === word) ? word : ANY))
    .join(' ')
}

function leafOf(signature: string, text: string): string {
  const words = wordsOf(text)
  const fixed = words.map((word) => (mayVary(word) ? ANY : word)).join(' ')
  return `${signature.slice(0, signature.lastIndexOf(':'))} ${words.length} ${fixed}`
}

function wordsOf(text: string): string[] {
  return keyText(text).split(' ')
}

/** Neither a mask nor a word that messages are made of; what is in capitals is a keyword that somebody passed in. */
function mayVary(word: string): boolean {
  const bare = word.replace(/^[("'[]+|[)"'\].,:;!?]+$/g, '')
  if (!/[\p{L}\p{N}]/u.test(bare) || bare.includes('<')) return false
  return /^[A-Z]{2,}$/.test(bare) || !isCommonWord(bare)
}

function openPlaces(
  leaf: readonly (readonly [string, TemplateMember])[],
  bounds: TemplateLimits,
): Set<number> {
  const open = new Set<number>()
  if (leaf.length < bounds.values) return open
  const lists = leaf.map(([, { text }]) => wordsOf(text))
  const total = leaf.reduce((sum, [, { count }]) => sum + count, 0)
  for (const at of (lists[0] as string[]).keys()) {
    const values = new Set(lists.map((words) => words[at])).size
    if (values >= bounds.values && values / total >= bounds.variety) open.add(at)
  }
  // A message of nothing but open places would be any message.
  return open.size * 2 > (lists[0] as string[]).length ? new Set() : open
}

function withPlaces(words: readonly string[], open: ReadonlySet<number>): string {
  return words.map((word, at) => (open.has(at) ? ANY : word)).join(' ')
}

/** The id of a cluster: one its members have, the commonest first; or a new one, made of its first signature. */
function idOf(
  cluster: readonly (readonly [string, TemplateMember])[],
  aliases: Record<string, string>,
): string {
  const weights = new Map<string, number>()
  for (const [, { template, count }] of cluster) {
    if (template === undefined) continue
    const id = resolve(aliases, template)
    weights.set(id, (weights.get(id) ?? 0) + count)
  }
  const [kept, ...gone] = [...weights]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([template]) => template)
  for (const id of gone) join(aliases, kept as string, id)
  if (kept !== undefined) return kept
  const first = cluster.map(([signature]) => signature).sort()[0] as string
  return resolve(aliases, `template:${shortHash(first, 12)}`)
}

/** From now on `gone` stands for what `kept` stands for. */
function join(aliases: Record<string, string>, kept: string, gone: string): void {
  const [to, from] = [resolve(aliases, kept), resolve(aliases, gone)]
  if (to !== from) aliases[from] = to
}

function resolve(aliases: Readonly<Record<string, string>>, id: string): string {
  let found = id
  // Chains are short; a circle cannot come about, but a damaged file must not hang.
  for (let step = 0; step < 1_000 && aliases[found] !== undefined; step++) found = aliases[found] as string
  return found
}

function bounded(members: ReadonlyMap<string, TemplateMember>, most: number): Record<string, TemplateMember> {
  const all = [...members]
  const kept =
    all.length <= most
      ? all
      : all.sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1)).slice(0, most)
  return Object.fromEntries(kept.sort(bySignature))
}

function bySignature([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0
}
