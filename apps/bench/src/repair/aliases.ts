import type { Random } from './random.ts'

/** Words that models exchange in names of arguments; some keep the meaning, and only history can tell which. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  query: ['q', 'search_query', 'text'],
  id: ['identifier', 'key'],
  name: ['title', 'label'],
  location: ['place', 'city'],
  city: ['location', 'town'],
  path: ['file', 'target'],
  file: ['document', 'path'],
  date: ['day', 'when'],
  start: ['begin', 'first'],
  end: ['stop', 'last'],
  limit: ['max', 'count'],
  num: ['count', 'n'],
  number: ['amount', 'no'],
  user: ['customer', 'account'],
  message: ['text', 'body'],
  content: ['text', 'body'],
  url: ['link', 'address'],
  type: ['kind', 'category'],
  language: ['lang', 'locale'],
  format: ['style', 'output'],
  time: ['when', 'hour'],
  value: ['amount', 'data'],
  symbol: ['ticker', 'code'],
  category: ['type', 'group'],
}

/** Another word for an argument, none of the tool's own: `start_date` → `begin_date`, else `param_start_date`. */
export function aliasFor(name: string, taken: readonly string[], random: Random): string | undefined {
  const parts = name.split('_')
  const swaps = parts.flatMap((part, at) =>
    (WORDS[part.toLowerCase()] ?? []).map((word) =>
      parts.map((own, index) => (index === at ? word : own)).join('_'),
    ),
  )
  const shorter = parts.length > 1 ? [parts.slice(1).join('_'), parts.slice(0, -1).join('_')] : []
  const forms = [...swaps, ...swaps, ...shorter, `${name}_value`, `input_${name}`]
  return random
    .shuffled(forms)
    .find(
      (form) =>
        form !== '' && plain(form) !== plain(name) && !taken.some((own) => plain(own) === plain(form)),
    )
}

/** The same name in another spelling: `start_date` → `startDate`. */
export function respelled(name: string, taken: readonly string[], random: Random): string | undefined {
  const camel = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  const snake = name.replace(/(?<=[a-z\d])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const forms = [
    camel,
    snake,
    camel.replace(/^./, (first) => first.toUpperCase()),
    name.replaceAll('_', '-'),
    name.toUpperCase(),
  ]
  const rivals = taken.filter((own) => plain(own) === plain(name))
  return rivals.length > 1 ? undefined : random.shuffled(forms).find((form) => form !== name)
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[_\-. ]/g, '')
}
