/**
 * A word as the shell would read it: without quotes, and what they keep the shell from expanding behind a backslash, so
 * that `"$HOME"` is `~`, the home, and `'$HOME'` is not.
 */
export function shellForm(word: string): string {
  let form = ''
  let quote = ''
  for (let at = 0; at < word.length; at++) {
    const char = word[at] as string
    if (char === quote) quote = ''
    else if (quote === '' && (char === '"' || char === "'")) quote = char
    else if (char === '\\' && quote !== "'") {
      at++
      if (word[at] !== '\n') form += literal(word[at] ?? '')
    } else if (quote === "'" || (quote === '"' && char !== '$')) form += literal(char)
    else form += char
  }
  return form.replace(/^\$(?:HOME|\{HOME\})(?=\/|$)/, '~')
}

function literal(char: string): string {
  return /[~$*?[\]]/.test(char) ? `\\${char}` : char
}

/** A path without what names no other place: doubled slashes, `.`, a slash at the end, a folder that is left again. */
export function plainPath(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || (part === '.' && path !== '.')) continue
    const last = parts.at(-1)
    if (part === '..' && path.startsWith('/')) parts.pop()
    else if (part === '..' && last !== undefined && /^[\w.-]+$/.test(last) && last !== '..') parts.pop()
    else parts.push(part)
  }
  const plain = parts.join('/')
  return path.startsWith('/') ? `/${plain}` : plain || '.'
}
