/**
 * Drain as published (He et al., ICWS 2017), the baseline: a tree of fixed depth by number of tokens, then by leading
 * tokens; in a leaf the most similar template, or a new one. Tokens with digits are variable in the tree; there are no
 * masks of ours and nobody tells it categories.
 */
export type PlainDrain = { add(message: string): number }

type Template = { id: number; tokens: string[] }
type Node = { children: Map<string, Node>; templates: Template[] }

const VARIABLE = '<*>'

/** `depth` counts root and leaf; `children` bounds a node. The defaults are the paper's. */
export function plainDrain({ depth = 4, similarity = 0.4, children = 100 } = {}): PlainDrain {
  const lengths = new Map<number, Node>()
  let next = 0

  const leafOf = (tokens: readonly string[]): Node => {
    let node = lengths.get(tokens.length)
    if (!node) {
      node = emptyNode()
      lengths.set(tokens.length, node)
    }
    for (const token of tokens.slice(0, depth - 2)) node = childOf(node, token, children)
    return node
  }

  return {
    add(message) {
      const tokens = message.trim().split(/\s+/)
      const { templates } = leafOf(tokens)
      const best = mostSimilar(templates, tokens)
      if (best && best.score >= similarity) {
        best.template.tokens = best.template.tokens.map((token, at) =>
          token === tokens[at] ? token : VARIABLE,
        )
        return best.template.id
      }
      templates.push({ id: next, tokens })
      return next++
    },
  }
}

function emptyNode(): Node {
  return { children: new Map(), templates: [] }
}

function childOf(node: Node, token: string, most: number): Node {
  const key = /\d/.test(token) ? VARIABLE : token
  const known = node.children.get(key)
  if (known) return known
  // A full node takes what is new as variable.
  const place = node.children.size + 1 < most ? key : VARIABLE
  const child = node.children.get(place) ?? emptyNode()
  node.children.set(place, child)
  return child
}

function mostSimilar(
  templates: readonly Template[],
  tokens: readonly string[],
): { template: Template; score: number } | undefined {
  let best: { template: Template; score: number; variables: number } | undefined
  for (const template of templates) {
    const equal = template.tokens.filter((token, at) => token === tokens[at]).length
    const variables = template.tokens.filter((token) => token === VARIABLE).length
    const score = equal / tokens.length
    if (!best || score > best.score || (score === best.score && variables > best.variables))
      best = { template, score, variables }
  }
  return best
}
