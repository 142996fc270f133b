/** A name in a statement, at `[start, end)` of the text, as it is written. */
export type SqlName = {
  text: string
  start: number
  end: number
  role: 'table' | 'column' | 'qualifier' | 'other'
  /** Of a column or qualifier: the table it belongs to, where the text tells; of a table: itself. */
  table?: string
  /**
   * Of a column whose table the text does not tell: the only table of the innermost query it stands in. It is that one's
   * unless it has no such column.
   */
  nearest?: string
}

export type SqlStatement = {
  names: readonly SqlName[]
  /** Nothing but a query: no word of it writes, and it is one statement. */
  reads: boolean
}

type Token = { text: string; start: number; end: number; type: 'word' | 'mark' | 'opaque' }

const MAX_LENGTH = 10_000
const KEYWORDS = new Set(
  `ALL AND ANY AS ASC BETWEEN BY CASE CAST COLLATE CROSS CURRENT DATE DESC DESCRIBE DISTINCT ELSE END ESCAPE EXCEPT EXISTS
   EXPLAIN FALSE FETCH FIRST FOR FROM FULL GROUP HAVING IN INNER INTERSECT INTERVAL INTO IS JOIN LAST LEFT LIKE ILIKE LIMIT
   NATURAL NEXT NOT NULL NULLS OFFSET ON ONLY OR ORDER OUTER OVER PARTITION RIGHT ROW ROWS SELECT SET SHOW SOME STRAIGHT_JOIN
   THEN TRUE UNION UNIQUE USING VALUES WHEN WHERE WINDOW WITH RECURSIVE REGEXP RLIKE DIV MOD XOR TABLES COLUMNS`.split(
    /\s+/,
  ),
)
const WRITES =
  /^(?:INSERT|UPDATE|DELETE|DROP|ALTER|CREATE|TRUNCATE|REPLACE|MERGE|GRANT|REVOKE|INTO|CALL|EXEC|EXECUTE|LOCK|COPY)$/i

/**
 * The names in one SQL statement and the tables they belong to, as far as the text alone tells: aliases are resolved, and
 * a column without a qualifier belongs to the only table that is visible where it stands. Undefined for what is not read
 * here: comments, a statement that is not closed, more than one. One pass over the tokens.
 */
export function sqlNames(text: string): SqlStatement | undefined {
  const tokens = text.length <= MAX_LENGTH ? tokenize(text) : undefined
  if (!tokens || !/^(?:SELECT|WITH)$/i.test(tokens[0]?.text ?? '')) return undefined
  const end = tokens.findIndex(({ text: mark, type }) => mark === ';' && type === 'mark')
  if (end >= 0 && end < tokens.length - 1) return undefined
  const scopes = scopesOf(tokens)
  return {
    names: namesIn(tokens, scopes),
    reads: !tokens.some(({ text: word, type }) => type === 'word' && WRITES.test(word)),
  }
}

const TOKEN =
  /(?<opaque>'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*")|(?<quoted>`[^`]*`)|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|(?<number>\d[\w.]*)|(?<space>\s+)|(?<mark>--|\/\*|#|.)/suy

function tokenize(text: string): Token[] | undefined {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  for (let at = 0; at < text.length; ) {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    if (!match) return undefined
    const end = at + match[0].length
    const { word, space, mark } = match.groups ?? {}
    // Comments, and quotes that are never closed.
    if (mark !== undefined && /^(?:--|\/\*|#|'|"|`)$/.test(mark)) return undefined
    if (space === undefined)
      tokens.push({
        ...{ text: match[0], start: at, end },
        type: word !== undefined ? 'word' : mark !== undefined ? 'mark' : 'opaque',
      })
    at = end
  }
  return tokens
}

/** One SELECT with the tables of its FROM; `parent` is the one it stands in. */
type Scope = { parent?: Scope; tables: Map<string, string>; aliases: Set<string>; unclear: Set<string> }

/** The scope of each token. */
function scopesOf(tokens: readonly Token[]): Scope[] {
  const open = (parent?: Scope): Scope => ({
    ...(parent ? { parent } : {}),
    tables: new Map(),
    aliases: new Set(),
    unclear: new Set(),
  })
  let scope = open()
  const stack: Scope[] = []
  const scopes: Scope[] = []
  for (const [at, { text }] of tokens.entries()) {
    if (text === '(') {
      stack.push(scope)
      if (/^(?:SELECT|WITH)$/i.test(tokens[at + 1]?.text ?? '')) scope = open(scope)
    }
    scopes.push(scope)
    if (text === ')') scope = stack.pop() ?? scope
    // What follows a set operation sees its own tables only.
    if (/^(?:UNION|INTERSECT|EXCEPT)$/i.test(text)) scope = open(scope.parent)
  }
  return scopes
}

function namesIn(tokens: readonly Token[], scopes: readonly Scope[]): SqlName[] {
  const roles = new Map<number, SqlName['role']>()
  for (let at = 0; at < tokens.length; at++) {
    const word = tokens[at]?.text.toUpperCase() ?? ''
    if (word === 'FROM' || word === 'JOIN') at = readTables(tokens, at + 1, scopes, roles) - 1
    else if (word === 'AS' && isName(tokens[at + 1])) {
      roles.set(at + 1, 'other')
      scopes[at]?.aliases.add((tokens[at + 1] as Token).text)
    }
  }
  return tokens.flatMap((token, at): SqlName[] => {
    if (!isName(token) || tokens[at + 1]?.text === '(') return []
    const role = roles.get(at) ?? roleOf(tokens, at)
    const scope = scopes[at] as Scope
    const name = { text: token.text, start: token.start, end: token.end, role }
    if (
      role === 'other' ||
      (role === 'column' && scope.aliases.has(token.text) && tokens[at - 1]?.text !== '.')
    )
      return [{ ...name, role: 'other' }]
    const table = role === 'table' ? token.text : tableOf(tokens, at, role, scope)
    if (table !== undefined) return [{ ...name, table }]
    const [nearest] = scope.tables.values()
    const isBare = role === 'column' && tokens[at - 1]?.text !== '.'
    return [isBare && nearest !== undefined && scope.tables.size === 1 ? { ...name, nearest } : name]
  })
}

function isName(token: Token | undefined): token is Token {
  return token?.type === 'word' && !KEYWORDS.has(token.text.toUpperCase())
}

function roleOf(tokens: readonly Token[], at: number): SqlName['role'] {
  return tokens[at + 1]?.text === '.' ? 'qualifier' : 'column'
}

/** Reads `a x, b AS y` after FROM or JOIN into the scope; returns where the reading stopped. */
function readTables(
  tokens: readonly Token[],
  from: number,
  scopes: readonly Scope[],
  roles: Map<number, SqlName['role']>,
): number {
  let at = from
  for (;;) {
    while (tokens[at + 1]?.text === '.') {
      roles.set(at, 'other')
      at += 2
    }
    const table = tokens[at]
    if (!isName(table) || tokens[at + 1]?.text === '(') return at
    const scope = scopes[at] as Scope
    roles.set(at, 'table')
    let alias = table.text
    at++
    if (tokens[at]?.text.toUpperCase() === 'AS') at++
    if (isName(tokens[at])) {
      alias = (tokens[at] as Token).text
      roles.set(at, 'other')
      at++
    }
    const known = scope.tables.get(alias)
    if (known !== undefined && known !== table.text) scope.unclear.add(alias)
    scope.tables.set(alias, table.text)
    if (tokens[at]?.text !== ',') return at
    at++
  }
}

function tableOf(
  tokens: readonly Token[],
  at: number,
  role: SqlName['role'],
  scope: Scope,
): string | undefined {
  const qualifier =
    role === 'qualifier' ? tokens[at] : tokens[at - 1]?.text === '.' ? tokens[at - 2] : undefined
  if (qualifier) {
    for (let inner: Scope | undefined = scope; inner; inner = inner.parent) {
      if (inner.unclear.has(qualifier.text)) return undefined
      const table = inner.tables.get(qualifier.text)
      if (table !== undefined) return table
    }
    return undefined
  }
  const visible = new Set<string>()
  for (let inner: Scope | undefined = scope; inner; inner = inner.parent)
    for (const table of inner.tables.values()) visible.add(table)
  const [only] = visible
  return visible.size === 1 ? only : undefined
}
