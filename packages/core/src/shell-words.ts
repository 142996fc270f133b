/** One word of a shell command line, at `[start, end)` of the text. */
export type ShellWord = {
  text: string
  start: number
  end: number
  /** It stands where a command's name stands: first, or after `|`, `;`, `&&`, `||`, `(`. */
  isCommand: boolean
  /** Nothing in it is quoted, escaped or substituted, so the shell reads it as it is written. */
  isPlain: boolean
}

const MAX_LENGTH = 20_000

/**
 * The words of a command line, as far as they can be told without running a shell: quotes keep a word together, and
 * redirections are words of their own (`2>/dev/null`, `>out.txt`). Undefined for what is beyond that: unbalanced quotes,
 * here-documents, command and process substitution, comments. One pass.
 */
export function shellWords(text: string): ShellWord[] | undefined {
  if (text.length > MAX_LENGTH || /<<|`|\$\(|[<>]\(|(?:^|\s)#/.test(text)) return undefined
  const words: ShellWord[] = []
  let at = 0
  let isCommand = true
  while (at < text.length) {
    const char = text[at] as string
    if (/\s/.test(char)) {
      if (char === '\n') isCommand = true
      at++
    } else if (/[;|()]/.test(char) || (char === '&' && text[at + 1] !== '>')) {
      isCommand = char !== ')'
      at++
    } else {
      let end = wordEnd(text, at)
      // `2> file` is one redirection.
      if (end !== undefined && /^(?:\d*|&)[<>]>?$/.test(text.slice(at, end)))
        end = wordEnd(text, end + (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0))
      if (end === undefined) return undefined
      const word = text.slice(at, end)
      const isRedirection = /^(?:\d*|&)[<>]/.test(word)
      // `FOO=1 make`: the name comes after the assignment.
      const isAssignment = isCommand && /^[A-Za-z_]\w*=/.test(word)
      const isName = isCommand && !isRedirection && !isAssignment
      words.push({ text: word, start: at, end, isCommand: isName, isPlain: !/["'\\$*?[\]{}]/.test(word) })
      if (isName) isCommand = false
      at = end
    }
  }
  return words
}

/** Where the word that begins here ends; undefined where a quote is never closed. */
function wordEnd(text: string, start: number): number | undefined {
  let at = start
  while (at < text.length) {
    const char = text[at] as string
    if (char === '\\') at += 2
    else if (char === "'" || char === '"') {
      const close = closing(text, at)
      if (close === undefined) return undefined
      at = close + 1
    } else if (/[\s;|()]/.test(char)) break
    else if (char === '&') {
      // `2>&1` and `&>file` are redirections; any other & ends a command.
      const isRedirection = text[at - 1] === '>' || text[at + 1] === '>'
      if (!isRedirection) break
      at++
    } else if (/[<>]/.test(char) && at > start && !/^(?:\d*|&)>?$/.test(text.slice(start, at))) break
    else at++
  }
  return Math.min(at, text.length)
}

function closing(text: string, open: number): number | undefined {
  const quote = text[open]
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === quote) return at
    if (text[at] === '\\' && quote === '"') at++
  }
  return undefined
}
