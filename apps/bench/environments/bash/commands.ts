/** What may change files. */
export const MAY_WRITE =
  /[>]|\b(?:cp|mv|rm|ln|tar|tee|touch|mkdir|gzip|gunzip|compress|uncompress|chmod|sed -i|zip|split|rename|rsync|truncate|dd)\b|-delete/

export const NEEDS_NETWORK = /(?:^|[|;&(`]\s*)(?:curl|dig|host|nslookup|ping|ssh|wget|whois)\s/

/** From the root downwards: the programs of the machine, and whatever runs. */
export const SEARCHES_ALL =
  /\bfind (?:-[LHP] )*(?:[^-|;&\s]\S* )*?["']?(?:\/(?:usr\S*)?|\$\{?\w+\}?|\$\(pwd\)|\.\/?|~)["']? |\bfind -(?![LHP] )|\bgrep (?:-\S+ )*-\w*[rR]\w* .*\s(?:\*|\/(?:usr\S*)?|\.\/?)(?:\s|$|\|)/

/** The programs of a command, in their order. */
export function programsOf(command: string): string {
  const unquoted = command.replace(/'[^']*'|"[^"]*"/g, '_')
  const found = unquoted.matchAll(
    /(?:^|[|;&`(]|(?<=\bxargs(?: -\S+)*) |-exec)\s*(?:\w+=\$\(\s*)?([a-z][\w+-]*|\/[\w/+-]+)(?=\s|\)|$)/g,
  )
  return [...new Set([...found].map(([, program = '']) => program.replace(/^.*\//, '')))].join(' | ')
}
