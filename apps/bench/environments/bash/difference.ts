export type Difference = {
  recorded: string
  found: string
  late: boolean
  /** What of these, changed, changes what is printed. */
  varied: Readonly<Record<string, boolean>>
}

/** Why an output is not the recorded one. */
export function why({ recorded, found, late, varied }: Difference): string {
  if (late) return 'do not end in time'
  if (absent(recorded) !== absent(found)) return 'need a program that is not in both'
  if (sorted(recorded) === sorted(found)) return 'list a folder in its order'
  if (sorted(undated(recorded)) === sorted(undated(found))) return 'show dates'
  if (unworded(recorded) === unworded(found)) return 'are worded by another version'
  if (varied.plain) return 'come out differently each time'
  if (varied.contents || varied.alike) return 'depend on files that are not recorded'
  if (varied['file system']) return 'depend on the file system'
  if (varied.machine) return 'depend on the rest of the machine'
  return 'are unexplained'
}

function absent(text: string): string | undefined {
  return /bash: line \d+: (\S+): (?:command not found|No such file or directory)$/m.exec(text)?.[1]
}

function sorted(text: string): string {
  return text.split('\n').sort().join('\n')
}

function undated(text: string): string {
  return text.replace(
    /[A-Z][a-z]{2} [ \d]\d (?: \d{4}|\d\d:\d\d)|\d{4}-\d\d-\d\d \d\d:\d\d(?::[\d.]+)?/g,
    '@',
  )
}

/** Bash 5.1 counts the lines of what it reads otherwise than 5.2, and says once more that it ends too early; grep 3.8 warns. */
function unworded(text: string): string {
  return text
    .replace(/^grep: warning: .*\n/gm, '')

    .replace(/^.*-c: line \d+: syntax error: unexpected end of file\n/gm, '')
    .replace(/: line \d+:/g, ': line:')
}
