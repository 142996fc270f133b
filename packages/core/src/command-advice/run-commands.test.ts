import { expect, it } from 'vitest'
import { runCommands } from './run-commands.ts'

/** Programs with their words, the files they write to behind a mark, and what they read from. */
function run(text: string): string[] {
  return runCommands(text).map(({ program, words, writes, source }) =>
    [program, ...words, ...writes.map((file) => `>${file}`), ...(source ? [`<${source.program}`] : [])].join(
      ' ',
    ),
  )
}

it.each<[string, string[]]>([
  ['a -b "c d" # e', ['a -b c d']],
  ['/bin/a; b && c', ['a', 'b', 'c']],
  ['a | b 2>&1 | c', ['a', 'b >1 <a', 'c <b']],
  ['> x', [' >x']],
  ['{ a; } >> x', [' >x', 'a']],
  ['if a; then b; else c; fi', ['a', 'b', 'c']],
  ['for x in a; do b $x; done', ['b $x']],
  ['a "$(b)"', ['a $(b)', 'b']],
  ["a '$(b)'", ['a \\$(b)']],
  ['x=(a b)', ['']],
  ['cat <<E\n$(a)\nE', ['cat', 'a']],
  ["cat <<'E'\n$(a)\nE", ['cat']],
  ['f() { a; }', []],
  ['f() { a; }; f', ['a', 'f']],
  ["sh -c 'a; b'", ['sh -c a; b', 'a', 'b']],
  ['bash <<E\na b\nE', ['bash', 'a b']],
  ['bash <<< "a b"', ['bash', 'a b']],
  ['echo "a b" | sh', ['echo a b', 'sh <echo', 'a b']],
  ['sh a.sh <<E\nb\nE', ['sh a.sh']],
  ['bash <(a)', ['bash', 'bash <a', 'a']],
  ["eval 'a b'", ['eval a b', 'a b']],
  ["ssh -p 22 host 'a b'", ['ssh -p 22 host a b', 'a b']],
  ["su -c 'a' me", ['su -c a me', 'a']],
  ['a | xargs -n 1 b -c', ['a', 'xargs -n 1 b -c <a', 'b -c']],
  ['echo x | xargs b', ['echo x', 'xargs b <echo', 'b x']],
  ['find d | xargs b', ['find d', 'xargs b <find', 'b -r d']],
  ['find d -name x | xargs b', ['find d -name x', 'xargs b <find', 'b']],
  ['find d -delete', ['find d -delete', 'rm -r d']],
  ['find d -name x -delete', ['find d -name x -delete', 'rm']],
  ['find d -type f -delete', ['find d -type f -delete', 'rm -r d']],
  ['find d -type d -delete', ['find d -type d -delete', 'rm d']],
  ['find d -type l -delete', ['find d -type l -delete', 'rm']],
  ['find d -maxdepth 1 -delete', ['find d -maxdepth 1 -delete', 'rm d']],
  ['bash -nc a', ['bash -nc a']],
  ['bash -n <<E\na\nE', ['bash -n']],
  ['find d -exec b {} \\;', ['find d -exec b {} ;', 'b -r d']],
  ['a {b,c}/d', ['a b/d c/d']],
  ["a $'b'", ['a b']],
  ['a "b', []],
  ['if a', []],
])('%j runs %j', (text, expected) => expect(run(text)).toEqual(expected))

it.each([
  ['read x', false],
  ['read x < f', true],
  ['a | read x', true],
  ['while read x; do read y; done < f', true],
  ['a | while read x; do b; done', true],
  ['{ read x; } <<< y', true],
  ['for x in a; do read y; done', false],
])('what %j reads is given to it: %s', (text, given) => {
  const reads = runCommands(text).filter(({ program }) => program === 'read')
  expect(reads.map(({ hasInput }) => hasInput)).toEqual(reads.map(() => given))
  expect(reads.length).toBeGreaterThan(0)
})

it('ends in scripts within scripts', () => {
  const nested = (depth: number): string => (depth === 0 ? 'a' : `eval ${JSON.stringify(nested(depth - 1))}`)
  expect(runCommands(nested(9)).length).toBeLessThan(9)
  expect(runCommands('$('.repeat(5_000)).length).toBe(0)
  expect(runCommands('a;'.repeat(20_000))).toEqual([])
})

it.each([
  ['substitutions', `${'<('.repeat(6_000)}a${')'.repeat(6_000)}`],
  ['operators', `echo $((${'1+'.repeat(9_900)}1))`],
  ['substitutions in a text', `cat <<A\n${'$('.repeat(6_000)}a${')'.repeat(6_000)}\nA`],
])('reads nothing where %s are nested deeper than anyone writes', (_, text) =>
  expect(runCommands(text)).toEqual([]),
)

it('does not multiply a long word by its braces', () => {
  const [command] = runCommands(`a ${'b'.repeat(9_000)}{${','.repeat(9_000)}}`)
  expect(command?.words.length).toBe(1)
})
