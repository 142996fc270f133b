/** What may change files. */
export const MAY_WRITE =
  /[>]|\b(?:cp|mv|rm|ln|tar|tee|touch|mkdir|gzip|gunzip|compress|uncompress|chmod|sed -i|zip|split|rename|rsync|truncate|dd)\b|-delete/

export const NEEDS_NETWORK = /(?:^|[|;&(`]\s*)(?:curl|dig|host|nslookup|ping|ssh|wget|whois)\s/

const FIND = String.raw`\bfind (?:-[LHP] )*(?:[^-|;&\s]\S* )*?["']?`
const GREP = String.raw`\bgrep (?:-\S+ )*-\w*[rR]\w* .*\s`
/** From the root downwards: the programs of the machine, and whatever runs. */
const SEARCHES_ROOT = new RegExp(`${FIND}/(?:usr\\S*)?["']? |${GREP}/(?:usr\\S*)?(?:\\s|$|\\|)`)
/** The folder that it runs in, by name or for want of one. */
const SEARCHES_FOLDER = new RegExp(
  `${FIND}(?:\\$\\{?\\w+\\}?|\\$\\(pwd\\)|\\./?)["']? |\\bfind -(?![LHP] )|${GREP}(?:\\*|\\./?)(?:\\s|$|\\|)`,
)

/** Whether it reads all files of the machine when it is run in a folder. */
export function searchesAll(command: string, folder: string): boolean {
  return SEARCHES_ROOT.test(command) || (folder === '/' && SEARCHES_FOLDER.test(command))
}

/** The programs of a command, in their order. */
export function programsOf(command: string): string {
  const bare = command
    .replace(/(?:^|(?<=\s))#.*$/gm, '')
    .replace(/'[^']*'|"[^"]*"/g, (quoted) => (/^"\$\((?!\()/.test(quoted) ? quoted.slice(1, -1) : '_'))
    .replace(/\(\(.*?\)\)/g, '_')
    .replace(/(?:^|(?<=[\s;]))(?:do|else|elif|if|then|until|while|!)\s/g, '; ')
    .replace(/(?:^|(?<=[\s;]))(?:for\b[^;\n]*|(?:done|fi)\b)/g, '')
  const found = bare.matchAll(
    /(?:^|[\n|;&`(]|(?<=\bxargs(?: -\S+)*) |-exec)\s*(?:\w+=\$\(\s*)?([a-z][\w+-]*|\/[\w/+-]+)(?=[\s);|]|$)/g,
  )
  return [...new Set([...found].map(([, program = '']) => program.replace(/^.*\//, '')))].join(' | ')
}
