import { FEW, remembering } from './remember.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with a control character.
const COLOUR = /\u001b\[[0-9;?]*[A-Za-z]/g
/** What stands before what a line says: frames of boxes, the name of a package manager, the head of a log line. */
const BEFORE =
  /^[│╷╵╭╰┌└┃▪✖×✘❌\s]*(?:(?:npm|pnpm|yarn) (?:error|ERR!)\s?|\[(?:error|fatal)\]\s*|[EF]\d{4} [\d:.]+\s+\d+ [\w.-]+:\d+\] |(?:\d{4}[-/]\d\d[-/]\d\d[T ])?\d\d:\d\d:\d\d(?:[.,]\d+)?Z? +)?/i
/** Lines that tell of something else than what failed. */
const ASIDE =
  /^(?:[\w./+-]+: )?(?:warn(?:ing)?\b(?! as error)|note\b:?|notice\b|hint\b|help\b:|info\b|debug\b|tip\b:|trace\b|example|deprecat\w+|try (?:['"`‘]|running|using)|see (?:['"`‘]|also|https?:)|for more|run ['"`‘]|to (?:see|get) (?:all|a list|more)|did you mean|available \w+:|a complete log|setlocale)/i
const USAGE = /^(?:usage|synopsis|verwendung|aufruf|utilisation|用法)\s?[:：]/i
/** How programs mark the line that says what failed. */
const MARKED =
  /^(?:[\w./\\+-]+(?: \(\d+\))?: ){0,2}(?:(?:\w+ )?error\b(?! handling| code)|fatal\b|panic\b|\*\*\*|exception\b|e:|failed\b|cmake error)/i

/** What says that something was refused, and not what: the message itself follows. */
const CARRIER =
  /^(?:error: )?(?:bad request|unprocessable entity|invalid (?:request|input|arguments?|form body)|validation (?:failed|errors?))(?:[:.!](?=\s|$)\s*|\s*$)/i

export type ErrorLines = {
  /** The line that says what failed. */
  headline: string
  /** What is left without asides; never empty for a text that is not. */
  text: string
}

/**
 * A message of several lines as what it says of the failure: without colours, frames, warnings, hints and usage, and the
 * line in front that its program marks as the error, or the first one.
 */
export const errorLines: (message: string) => ErrorLines = remembering((message) => {
  const clean = (message.includes('\u001b') ? message.replace(COLOUR, '') : message).trim()
  if (!clean.includes('\n')) {
    const line = withoutCarrier(clean.replace(BEFORE, '')) || clean
    return { headline: line, text: line }
  }
  const kept: string[] = []
  let inUsage = false
  for (const raw of clean.split('\n', MAX_LINES)) {
    const line = raw.replace(BEFORE, '').trim()
    if (line === '') continue
    if (USAGE.test(line)) inUsage = true
    else if (inUsage && /^[\s│]/.test(raw)) continue
    else {
      inUsage = false
      if (!ASIDE.test(line)) kept.push(line)
    }
  }
  if (kept.length === 0) return { headline: clean.split('\n', 1)[0] as string, text: clean }
  while (kept.length > 1 && withoutCarrier(kept[0] as string) === '') kept.shift()
  const marked = kept.slice(0, MAX_BEFORE_MARK).findIndex((line) => MARKED.test(line))
  const at = Math.max(0, marked)
  const first = kept[at] as string
  // `CMake Error at CMakeLists.txt:3 (foo):` goes on below.
  const headline = /[:：]$/.test(first) && kept[at + 1] ? `${first} ${kept[at + 1]}` : first
  // What stands before a marked line is of the way there.
  return { headline, text: (marked > 0 ? [...kept.slice(at), ...kept.slice(0, at)] : kept).join('\n') }
}, FEW)

const withoutCarrier = (line: string) => line.replace(CARRIER, '')

/** Lines that are read, and those that may stand before the marked one. */
const MAX_LINES = 200
const MAX_BEFORE_MARK = 40
