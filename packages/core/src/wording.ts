/**
 * What a message says without what it says it of: words, with a mark in place of each value (a name in quotes, a path, a
 * number, an option), and an error's name read word by word.
 */
export function wordsOf(message: string): string[] {
  const words: string[] = ['^']
  for (let at = 0; at < message.length && words.length < MAX_WORDS; ) {
    const end = endOfPlainWord(message, at)
    if (end > at) {
      pushWord(message.slice(at, end).toLowerCase(), words)
      at = end
    } else if (isSpace(message.charCodeAt(at))) at++
    else {
      TOKEN.lastIndex = at
      const token = TOKEN.exec(message)?.[0]
      if (token === undefined) break
      pushToken(token, words)
      at = TOKEN.lastIndex
    }
  }
  return words
}

/** Most words are letters between spaces, and need no pattern. */
function endOfPlainWord(message: string, start: number): number {
  let end = start
  while (isLatin(message.charCodeAt(end))) {
    if (end > start && isCapital(message.charCodeAt(end)) && !isCapital(message.charCodeAt(end - 1)))
      return start
    end++
  }
  const after = end + (STOPS.includes(message[end] ?? '') ? 1 : 0)
  return after >= message.length || isSpace(message.charCodeAt(after)) ? end : start
}

const STOPS = [':', ',', ';', '.']
const isSpace = (code: number) => code <= 32
const isCapital = (code: number) => code >= 65 && code <= 90
const isLatin = (code: number) => (code >= 97 && code <= 122) || isCapital(code)

/** Words that are read: what failed stands in front. */
const MAX_WORDS = 48

const TOKEN = new RegExp(
  [
    // In quotes.
    /(?<![\w'"])(?:"[^"\n]{0,120}"|'[^'\n]{0,120}'(?!\w)|`[^`\n]{0,120}[`']|‘[^’\n]{0,120}’|“[^”\n]{0,120}”|«[^»\n]{0,120}»)/,
    // An address, an option, a path.
    /\b[a-z][a-z+.]*:\/\/[^\s"'`]+/,
    /(?<![\w-])--?[A-Za-z][\w-]*/,
    /(?:[\w.~@-]+)?\/[\w.~@/-]+/,
    // A name, a word, a number.
    /\b[A-Za-z]\w*(?:[._][A-Za-z_]\w*)+\b|\b[A-Za-z]*[a-z][A-Z]\w*/,
    /[A-Za-z\u00c0-\u00d6\u00d8-\u1fff\u3040-\uffdc]+(?:'(?:t|s|re|ve|ll|d|m)\b)?(?!\w)/,
    /[-+]?\d[\w.,:%-]*/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)
const NAME = /[._]|[a-z][A-Z]/

function pushToken(token: string, words: string[]): void {
  const first = token.charCodeAt(0)
  if (isLetter(first) && !token.includes('/')) {
    if (NAME.test(token)) pushName(token, words)
    else pushWord(token.toLowerCase(), words)
  } else if (QUOTES.includes(token[0] as string)) words.push(markOf(token.slice(1, -1)))
  else if (token.includes('/')) words.push('/')
  else words.push(token[0] === '-' && !/^-\d/.test(token) ? '-o' : '#')
}

const QUOTES = '"\'`‘“«'
const isLetter = (code: number) => isLatin(code) || (code >= 0xc0 && code !== 0x2018 && code !== 0x201c)

/** `can't` is `can not`: one way to say it. */
function pushWord(word: string, words: string[]): void {
  if (word === 'cannot' || word === "can't") words.push('can', 'not')
  else if (word === "won't") words.push('will', 'not')
  else if (word.endsWith("n't")) words.push(word.slice(0, -3), 'not')
  else words.push(word)
}

function markOf(quoted: string): string {
  if (quoted === '') return '""'
  if (/^-{1,2}[A-Za-z]/.test(quoted)) return '"-o"'
  if (/^[-+]?\d[\d.,]*$/.test(quoted)) return '"#"'
  if (/^[~.]?\.?\/|^\w+:\/\//.test(quoted)) return '"/"'
  return quoted.includes(' ') ? '"…"' : '"'
}

/** `FileNotFoundError`, `ERR_OUT_OF_RANGE`; names of anything else say nothing. */
function pushName(name: string, words: string[]): void {
  words.push('@')
  if (!ERROR_NAME.test(name) && !CODE.test(name)) return
  for (const part of name.split(/_|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|\./))
    words.push(part.toLowerCase())
}

const ERROR_NAME = /(?:Error|Exception|Warning|Fault|Failure|Denied|Timeout|Exceeded|NotFound)$/
const CODE = /^[A-Z]+(?:_[A-Z]+)+$/
