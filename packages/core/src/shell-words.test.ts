import { describe, expect, it } from 'vitest'
import { shellWords } from './shell-words.ts'

const texts = (line: string) => shellWords(line)?.map(({ text }) => text)
const commands = (line: string) => shellWords(line)?.flatMap((word) => (word.isCommand ? [word.text] : []))

describe('shell words', () => {
  it.each<[string, string[]]>([
    ['ls -l', ['ls', '-l']],
    ['find . -name "*.txt" 2>/dev/null', ['find', '.', '-name', '"*.txt"', '2>/dev/null']],
    ['a 2>&1 | b', ['a', '2>&1', 'b']],
    ['a &>/dev/null; b', ['a', '&>/dev/null', 'b']],
    ["grep 'a b' c", ['grep', "'a b'", 'c']],
    ['a>out b', ['a', '>out', 'b']],
    ['a\\ b c', ['a\\ b', 'c']],
    ['cd x&&ls', ['cd', 'x', 'ls']],
  ])('are told apart in %j', (line, words) => expect(texts(line)).toEqual(words))

  it.each<[string, string[]]>([
    ['cd a && python3 b.py | head -3', ['cd', 'python3', 'head']],
    ['FOO=1 make all', ['make']],
    ['>out ls', ['ls']],
    ['(cd a; ls) || true', ['cd', 'ls', 'true']],
    ['echo python3', ['echo']],
  ])('know the programs in %j', (line, names) => expect(commands(line)).toEqual(names))

  it.each([
    'echo "a',
    "echo 'a",
    'cat <<EOF',
    'echo $(ls)',
    'echo `ls`',
    'diff <(a) b',
    'ls # all',
    'x'.repeat(30_000),
  ])('are not guessed in %j', (line) => expect(shellWords(line)).toBeUndefined())
})
