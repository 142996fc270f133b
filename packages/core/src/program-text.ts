import type { Category } from './failure.ts'
import { anyMatch } from './pattern-filter.ts'
import { FEW, remembering } from './remember.ts'

/**
 * The shapes in which compilers and interpreters point at a place of a program, in any language: `a.c:1:25: error:` (GCC,
 * Clang, esbuild), `A.java:1: error:`, `./a.go:3:30: `, `a.ts(1,18): error TS2304:` (TypeScript), an arrow to the place
 * (Rust, Terraform), `… at -e line 1.` (Perl), `… in a.php on line 3`, `(file "a.tcl" line 3)`,
 * `jq: error (at <stdin>:1):`, `CMake Error at a.txt:3 (call):`; and what a linker misses.
 */
const isPlaced = anyMatch(
  /^[^\s:()]+(?::\d+[.:]\d+(?:-[\d.]+)?|\(\d+,\d+\)): (?:[\p{L} ]+ ){0,2}\p{L}+(?: TS\d{4,5})?\s?:/mu,
  /^[\w./-]+:(?:stdin|<\w+>):\d+: \S|^[a-z]+: (?:cmd\. )?line:? ?\d+: {2,}\^ |\S \(\d+:\d+\)(?:$|: )/m,
  /^\s*\d+ [│|] .*\n(?:\s*[│|])?[ \t]*(?:[│|] *)?[\^~━─]/m,
  /^(?:from )?(?:-e|[\w./-]+\.rb):\d+:in /m,
  /^[\w./-]+\.\w{1,5}:\d+: error:/m,
  /^(?:[a-z]+: )?[\w./-]+\.\w{1,5}:\d+:(?:\d+:)? \S/m,
  /^(?:[\w-]+: )?(?:error|warning)(?:\[\w+\])?: [^\n]*\n\s*-->\s\S+:\d+/m,
  /^\W*Error: [^\n]+[\s\S]{0,80}?\bon \S+ line \d+/,
  / at (?:-e|\S+\.(?:pl|pm|t)) line \d+[.,]/,
  /\bin (?:\S+\.php|Command line code)(?:\(\d+\))?(?: on line |:)\d+/,
  /^jq: error (?:\(at [^)\n]*\)|: [^\n]* at <top-level>, line \d+):/m,
  /^jq: error: (?:.*<top-level>, line \d+|module not found)/m,
  /^CMake Error at \S+:\d+ \(/m,
  /^\s+\(file "[^"\n]+" line \d+\)/m,
  /\bundefined reference to\b|^\S*ld: cannot find -l/m,
)

/** What the program asks for is not there: a header, a module, a package, a library, a crate. */
const isAbsent = anyMatch(
  /\bTS(?:2307|2792|7016)\b|^[^\s:]+:\d+:\d+: [^\n]*\.(?:h|hpp|hh)\s?:|\bCan't locate \S+ in @INC|\bNo module named\b|\bCould not resolve "(?![./])[^"\n]+"|\bmodule not found\b/m,
  /\bunresolved import\b|\bcan't find crate for\b|\bunlinked crate\b|\bundeclared crate or module\b|\bpackage \S+ (?:does not exist|is not in)\b|\bno required module provides\b|\bcannot find package\b|\bld: cannot find -l/,
  /\bcannot load such file\b|\bmodule '[^'\n]+' not found\b|\bcan't find package\b|\bno such module\b|\b[Cc]ould not find module\b|\b[\d.]+ or (?:higher|newer|later|above) is required\b|\bto find a package configuration file\b|\bCould NOT find \w+/,
)
/** What the operating system said to a program is told by its words. */
const BY_SYSTEM =
  /: (?:no such file or directory|permission denied)(?: at | in |$)|\((?:no such file or directory|permission denied)\)|\[Errno \d+\]|\baccess denied for\b|\((?:Errno::[A-Z]+|SystemExit|Tmeout::Error)\)|\bUncaught (?:PDO|mysqli_sql_|\w+\\)\w*Exception\b/im
/** A place in what is installed is no place in what was given. */
const INSTALLED = /^\S*[\\/](?:node_modules|site-packages|dist-packages)[\\/]\S*:\d+:\d+: /m
/** Who builds says so of what it did not find outside of the description, or could not take: `meson.build:2:0: ERROR: …`. */
const BUILD =
  /^(?:\S*\/)?(?:meson\.(?:build|options)|meson_options\.txt|SConstruct|wscript|(?:BUILD|WORKSPACE|MODULE)(?:\.bazel)?):\d+:\d+: /m
const UNREAD_JSON = /\bmalformed JSON\b/
/** A file of the program's own that is not there. */
const LOST =
  /\bcould not find requested file\b|\bCould not resolve "\.{0,2}\/[^"\n]+"|\bCan't find \w+ to import\b/
const MAY_BE_PLACED =
  /line:? ?\d|\d[.:,]\d|:\d+: |:\d+:in |\d [│|]|jq: error|-->|undefined reference|cannot find -l|CMake Error|\.php|code:\d/

/** What a compiler or an interpreter found wrong with the program it was given; undefined where none points at one. */
export const programFault: (message: string) => Category | undefined = remembering((message) => {
  const head = message.slice(0, 2_000)
  if (!MAY_BE_PLACED.test(head) || INSTALLED.test(head) || BUILD.test(head) || !isPlaced(head))
    return undefined
  if (isAbsent(head)) return 'exec.dependency'
  if (BY_SYSTEM.test(head)) return undefined
  if (LOST.test(head)) return 'state.not_found'
  if (UNREAD_JSON.test(head)) return 'parse.malformed_json'
  return 'contract.value'
}, FEW)
