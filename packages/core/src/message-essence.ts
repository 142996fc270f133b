import { withoutValues } from './values-in-messages.ts'

/** Longest message that is looked at, in characters. */
export const MAX_LENGTH = 16_384

/**
 * What a message says, without what only carries it: colours, stack frames, the source lines above a caret, the tags of
 * a page, and values in JSON or as Python writes them, of which the messages inside are kept. Works in any language.
 */
export function messageEssence(message: string): string {
  let text = message.slice(0, MAX_LENGTH)
  if (text.includes('\u001b')) text = text.replace(ANSI, '')
  text = withoutMarkup(text)
  if (text.includes('<') && PAGE_BELOW.test(text)) text = textOfPage(text)
  if (/[[{]/.test(text)) text = withoutValues(text)
  if (text.includes('s,')) text = text.replace(ELAPSED, '')
  if (text.includes('\n')) text = withoutFrames(/[╭┌]/.test(text) ? withoutBox(text) : text)
  return withoutProposals(text)
}

/** `,name resolution: 0.006s`: the steps that took time, which are not always the same. */
const ELAPSED = /,[A-Za-z][A-Za-z ]{1,30}: ?\d+(?:\.\d+)?m?s(?=,)/g

/** A box with a title around a text, which is wrapped where there is no more room; tables have no title. */
const BOX = /^[^\S\n]*[╭┌]─+ [^\n]*\S ─+[╮┐]\s*\n((?:[^\S\n]*│[^\n]*│\s*\n)+)[^\S\n]*[╰└]─+[╯┘]/gm

function withoutBox(text: string): string {
  return text.replace(BOX, (_, inside: string) =>
    inside
      .split('\n')
      .map((line) => line.trim().slice(1, -1).trim())
      .join(' ')
      .trim(),
  )
}

/** What is proposed depends on what is there. */
const PROPOSAL =
  /\b(?:(?:did|do) you mean|(?:perhaps|maybe) you (?:meant|want)|(?:an?|the most|some) similar \w+(?: with a similar name)? (?:exists?|is|are)|similar names? exists?|suggested fix:|possible alternatives?:|closest match(?:es)?:?|did you forget to import)\b[^\n]*/gi
const PROPOSING = ['mean', 'similar', 'uggested fix', 'alternative', 'losest match', 'you want', 'forget']
const BEFORE_PROPOSAL = /[;,.]?\s?\(?(?:(?:help|tip|hint|note): )?$/i

function withoutProposals(text: string): string {
  // Most propose nothing, and to look for one of these is quicker than for all that could be said.
  if (!PROPOSING.some((word) => text.includes(word))) return text
  const left = text
    .split(PROPOSAL)
    .map((part, at, parts) => (at < parts.length - 1 ? part.replace(BEFORE_PROPOSAL, '') : part))
    .join('')
  // A proposal and nothing else says more than nothing.
  return left.trim() ? left : text
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with a control character.
const ANSI = /\u001b\[[0-9;]*[A-Za-z]/g

const PAGE = /^\s*<(?:!doctype\b|html\b|\?xml\b)/i
/** Clients put the status in front. */
const PAGE_BELOW = /\n[^\S\n]*<(?:!doctype html|html)\b/i

/** The text of an HTML page, or the text itself. */
export function withoutMarkup(text: string): string {
  return text.includes('<') && PAGE.test(text) ? textOfPage(text.slice(0, MAX_LENGTH)) : text
}

function textOfPage(page: string): string {
  return page
    .replace(/<(script|style)\b[^>]*>[\s\S]{0,20000}?<\/\1>/gi, ' ')
    .replace(/<[^>]{0,2000}>/g, ' ')
    .replace(/&(?:nbsp|#160);/g, ' ')
    .replace(/&quot;|&#34;/g, '"')
    .replace(/&#39;|&apos;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/[^\S\n]+/g, ' ')
    .trim()
}

const CARET = /^[\s|│╵╷╰└─-]*[~^━][\s~^━─]*\w*$/
/** `12 | total = 0`: a line of the source with its number; `  |     ^^^^^ is not there`: what is said of it. */
const NUMBERED = /^\s*>?\s*\d+\s*[|│┃](?:\s|$)/
const BELOW = /^\s*[|│┃╵][\s|│┃╵~^━─-]*/
const JAVASCRIPT_FRAME = /^\s+at .*(?::\d+:\d+\)?|<anonymous>\)?|\(native\))(?: \{)?$/
const PYTHON_FRAME = /^\s*File "[^"]*", line \d+/
const HEADING =
  /^(?:Traceback \(most recent call last\):|Require stack:|During handling of the above exception.*|The above exception was the direct cause.*)$/

/** Instances of what the message speaks of, the frame around a line of the source, and help. */
const ITEM = /^\s+(?:\d{1,3}[.)]\s|[╷╵│|]$)/
/** How the program is called, and the list of its options: indented, under headings. */
const HELP =
  /^\s*usage:|^[A-Z][\w -]*(?:options|flags|commands|arguments|subcommands):\s*$|^(?:options|flags|commands|arguments|subcommands):\s*$/i
/** `2 × waiting for …`: how often depends on the time there was. */
const REPEATED = /^\s*(?:- )?\d+ × /

/** Lines that are drawn are as long as there is room. */
const DRAWN = /-{4,}|={4,}|~{4,}|\*{4,}|_{4,}|#{4,}|─{4,}|━{4,}|\.{4,}/g

/** What was raised counts, not the way there: frames vary with the course of the program and with its versions. */
function withoutFrames(text: string): string {
  const kept: string[] = []
  let inFrame = false
  let numbered = false
  let inHelp = false
  for (const line of text.split('\n')) {
    if (CARET.test(line)) {
      // The line above shows the source, if its number has not told that already.
      if (!inFrame && !numbered) kept.pop()
      continue
    }
    if (NUMBERED.test(line)) {
      numbered = true
      continue
    }
    if (numbered && BELOW.test(line)) {
      const said = line.replace(BELOW, '')
      if (!/^\w?$/.test(said)) kept.push(said)
      continue
    }
    numbered = false
    if (HELP.test(line)) {
      inHelp = true
      continue
    }
    if (inHelp && /^(?:\s|$)/.test(line)) continue
    inHelp = false
    if (ITEM.test(line)) continue
    const trimmed = line.trim()
    if (HEADING.test(trimmed)) inFrame = false
    else if (PYTHON_FRAME.test(line)) inFrame = true
    else if (JAVASCRIPT_FRAME.test(line)) inFrame = false
    else if (!inFrame || !/^\s{4}/.test(line)) {
      inFrame = false
      kept.push(line.replace(REPEATED, ''))
    }
  }
  // A stack and nothing else says more than nothing.
  return kept.some((line) => line.trim() !== '') ? kept.join('\n').replace(DRAWN, '---') : text
}
