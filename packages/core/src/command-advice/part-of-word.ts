import type { WordLists } from './advice-rule.ts'

/** A part of a word that is named by its role, or the word written as it was meant. Undefined where it has none. */
export function partOfWord(word: string, part: string, lists: WordLists): string | undefined {
  switch (part) {
    case 'dir': {
      const cut = word.lastIndexOf('/')
      return cut > 0 ? word.slice(0, cut) : undefined
    }
    case 'stem': {
      const dot = word.lastIndexOf('.')
      return dot > word.lastIndexOf('/') + 1 ? word.slice(0, dot) : undefined
    }
    case 'extension': {
      const ending = word.slice(word.lastIndexOf('.') + 1)
      return ending !== word && lists.extensions?.includes(ending) ? ending : undefined
    }
    case 'bare':
      return word.replace(/^\.\//, '')
    case 'host':
      return /^(?:\w+:\/\/)?([\w.-]+)/.exec(word)?.[1]
    case 'closed':
      return closedScript(word)
    case 'parted':
      return partedWord(word, lists)
    default:
      return undefined
  }
}

/** `'s/a/b'` lacks its last mark. */
function closedScript(word: string): string | undefined {
  const script = /^(["']?)(s([^\w\s"'\\]).*)\1$/.exec(word)
  if (!script) return undefined
  const [, quote, body, mark] = script
  return `${quote}${body}${mark}${quote}`
}

/** `gitstatus`, `ls-la`, `cd..`: a program and what follows it, without the blank between them. */
function partedWord(word: string, { programs = [], subcommands = [] }: WordLists): string | undefined {
  for (let at = word.length - 1; at > 1; at--) {
    const [program, rest] = [word.slice(0, at), word.slice(at)]
    if (!programs.includes(program)) continue
    if (/^-(?:[a-z]{1,3}|-[a-z][\w-]*)$/i.test(rest) && !subcommands.includes(rest.slice(1)))
      return `${program} ${rest}`
    if (rest === '..' || subcommands.includes(rest)) return `${program} ${rest}`
    if (rest.startsWith('-') && subcommands.includes(rest.slice(1))) return `${program} ${rest.slice(1)}`
  }
  return undefined
}
