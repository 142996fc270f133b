import {
  byCodePoint,
  copy,
  memberName,
  type PyObject,
  type PyValue,
  plainName,
} from '../recorded/python-json.ts'
import { type ApiFactory, error, member, typed } from './api.ts'

type Input = {
  a?: boolean
  folder: string
  dir_name: string
  file_name: string
  file_name1: string
  file_name2: string
  content: string
  source: string
  destination: string
  path?: string
  name?: string
  pattern: string
  mode?: string
  lines?: number
  human_readable?: boolean
}
type File = PyObject & { type: 'file'; content: string }
type Directory = PyObject & { type: 'directory'; contents: Record<string, File | Directory> }
const UNITS = ['B', 'KB', 'MB', 'GB', 'TB']
const COUNTS: Readonly<Record<string, [string, (content: string) => number]>> = {
  l: ['lines', (content) => linesOf(content).length],
  w: ['words', (content) => content.split(/\s+/).filter((word) => word !== '').length],
  c: ['characters', (content) => [...content].length],
}

/** A small file system; each tool works on what lies in the directory that one stands in. */
export const gorillaFileSystem: ApiFactory = ({ root: config = {} }) => {
  // The one member of the configured root is the directory that one begins in.
  const [[rootName, given] = ['workspace', undefined]] = Object.entries(config as Record<string, Directory>)
  const root: Directory = given ?? { type: 'directory', contents: {} }
  const path: { name: string; directory: Directory }[] = [{ name: plainName(rootName), directory: root }]
  const here = () => (path.at(-1) as { directory: Directory }).directory
  const entry = (name: string): File | Directory | undefined => member(here().contents, name)
  const file = (name: string): File | undefined => {
    const found = entry(name)
    return found?.type === 'file' ? (found as File) : undefined
  }
  const missing = (command: string, name: string) => error(`${command}: ${name}: No such file or directory`)
  const withFile = (command: string, name: string, answer: (content: string) => PyValue): PyValue => {
    const found = file(name)
    if (found) return answer(found.content)
    return entry(name) ? error(`${command}: ${name}: Is a directory`) : missing(command, name)
  }
  /** Where an entry goes to: into a directory of that name, else under that name. */
  const transfer = (verb: 'copied' | 'moved', source: string, destination: string): PyObject => {
    const command = verb === 'copied' ? 'cp' : 'mv'
    const from = entry(source)
    if (!from) return missing(command, source)
    if (destination.includes('/')) return error(`${command}: ${destination}: No path is allowed`)
    const into = entry(destination)
    if (into === from) return error(`${command}: ${source}: Cannot be ${verb} into itself`)
    if (into?.type === 'file') return error(`${command}: ${destination}: File exists`)
    const target = into ? (into as Directory).contents : here().contents
    const name = into ? source : destination
    if (member(target, name)) return error(`${command}: ${destination}/${name}: File exists`)
    if (verb === 'moved') delete here().contents[memberName(source)]
    target[memberName(name)] = verb === 'copied' ? copy(from) : from
    return { result: `'${source}' ${verb} to '${into ? `${destination}/${source}` : destination}'` }
  }
  const tools = typed<Input>({
    pwd: () => ({ current_working_directory: `/${path.map(({ name }) => name).join('/')}` }),
    ls: ({ a = false }) => ({
      current_directory_content: Object.keys(here().contents)
        .map(plainName)
        .filter((name) => a || !name.startsWith('.')),
    }),
    cd({ folder }) {
      if (folder === '..') {
        if (path.length === 1) return error('cd: ..: Already in the root directory')
        path.pop()
        return {}
      }
      const found = entry(folder)
      if (found?.type !== 'directory') return error(`cd: ${folder}: No such directory`)
      path.push({ name: folder, directory: found as Directory })
      return { current_working_directory: folder }
    },
    mkdir({ dir_name }) {
      if (dir_name.includes('/')) return error(`mkdir: ${dir_name}: No path is allowed`)
      if (entry(dir_name)) return error(`mkdir: ${dir_name}: File exists`)
      here().contents[memberName(dir_name)] = { type: 'directory', contents: {} }
      return null
    },
    touch({ file_name }) {
      if (file_name.includes('/')) return error(`touch: ${file_name}: No path is allowed`)
      if (entry(file_name)) return error(`touch: ${file_name}: File exists`)
      here().contents[memberName(file_name)] = { type: 'file', content: '' }
      return null
    },
    echo({ content, file_name }) {
      if (file_name === undefined) return { terminal_output: content }
      if (file_name.includes('/')) return error(`echo: ${file_name}: No path is allowed`)
      if (entry(file_name)?.type === 'directory') return error(`echo: ${file_name}: Is a directory`)
      here().contents[memberName(file_name)] = { type: 'file', content }
      return null
    },
    cat: ({ file_name }) => withFile('cat', file_name, (content) => ({ file_content: content })),
    sort: ({ file_name }) =>
      withFile('sort', file_name, (content) => ({
        sorted_content: linesOf(content).sort(byCodePoint).join('\n'),
      })),
    tail: ({ file_name, lines = 10 }) =>
      withFile('tail', file_name, (content) => ({
        last_lines: lines > 0 ? linesOf(content).slice(-lines).join('\n') : '',
      })),
    grep: ({ file_name, pattern }) =>
      withFile('grep', file_name, (content) => ({
        matching_lines: linesOf(content).filter((line) => line.includes(pattern)),
      })),
    wc: ({ file_name, mode = 'l' }) =>
      withFile('wc', file_name, (content) => {
        const [type, count] = member(COUNTS, mode) ?? []
        return type && count ? { count: count(content), type } : error(`wc: ${mode}: Invalid mode`)
      }),
    diff: ({ file_name1, file_name2 }) =>
      withFile('diff', file_name1, (first) =>
        withFile('diff', file_name2, (second) => ({
          diff_lines: differences(linesOf(first), linesOf(second)),
        })),
      ),
    cp: ({ source, destination }) => transfer('copied', source, destination),
    mv: ({ source, destination }) => transfer('moved', source, destination),
    rm({ file_name }) {
      if (!entry(file_name)) return missing('rm', file_name)
      delete here().contents[memberName(file_name)]
      return { result: `'${file_name}' removed` }
    },
    rmdir({ dir_name }) {
      const found = entry(dir_name)
      if (found?.type !== 'directory') return error(`rmdir: ${dir_name}: No such directory`)
      if (Object.keys((found as Directory).contents).length > 0)
        return error(`rmdir: ${dir_name}: Directory not empty`)
      delete here().contents[memberName(dir_name)]
      return { result: `'${dir_name}' removed` }
    },
    find({ path: start = '.', name }) {
      let from: File | Directory | undefined = here()
      for (const part of start.split('/').filter((part) => part !== '' && part !== '.'))
        from = from?.type === 'directory' ? member((from as Directory).contents, part) : undefined
      if (from?.type !== 'directory') return error(`find: ${start}: No such directory`)
      const all = pathsBelow(from as Directory, start)
      return {
        matches: all.filter((path) => name === undefined || path.slice(path.lastIndexOf('/')).includes(name)),
      }
    },
    du({ human_readable = false }) {
      const bytes = sizeOf(here())
      return { disk_usage: human_readable ? humanSize(bytes) : `${bytes} bytes` }
    },
  })
  return { state: { root: { [rootName]: root } }, tools }
}

/** `text.splitlines()`. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/)
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

/** Lines are compared by their place; what only the longer file has is not compared. */
function differences(first: string[], second: string[]): string {
  const pairs = first.slice(0, second.length).map((line, at) => [line, second[at] as string] as const)
  return pairs
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => `- ${a}\n+ ${b}`)
    .join('\n')
}

function pathsBelow(directory: Directory, at: string): string[] {
  return Object.entries(directory.contents).flatMap(([name, child]) => {
    const path = `${at}/${plainName(name)}`
    return child.type === 'directory' ? [path, ...pathsBelow(child as Directory, path)] : [path]
  })
}

function sizeOf(entry: File | Directory): number {
  if (entry.type === 'file') return Buffer.byteLength((entry as File).content)
  return Object.values((entry as Directory).contents).reduce((total, child) => total + sizeOf(child), 0)
}

function humanSize(bytes: number): string {
  let [size, unit] = [bytes, 0]
  for (; size >= 1024 && unit < UNITS.length - 1; unit++) size /= 1024
  return `${size.toFixed(2)} ${UNITS[unit]}`
}
