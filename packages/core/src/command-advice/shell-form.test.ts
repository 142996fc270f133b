import { expect, it } from 'vitest'
import { plainPath, shellForm } from './shell-form.ts'

it.each([
  ['"a b"', 'a b'],
  ["'/'*", '/*'],
  ["'*'", '\\*'],
  ['\\~', '\\~'],
  ['"$HOME"/x', '~/x'],
  ['$HOMES', '$HOMES'],
  ["'$HOME'", '\\$HOME'],
])('the shell reads %s as %s', (word, form) => expect(shellForm(word)).toBe(form))

it.each([
  ['//', '/'],
  ['/tmp/../', '/'],
  ['/..', '/'],
  ['./a/./b/', 'a/b'],
  ['./', '.'],
  ['../..', '../..'],
  ['a/../..', '..'],
  ['*/..', '*/..'],
])('%s is the path %s', (path, plain) => expect(plainPath(path)).toBe(plain))
