import { describe, expect, it } from 'vitest'
import { programFault } from './program-text.ts'

describe('programFault', () => {
  it.each([
    ['# pkg\n./a.go:3:30: cannot use 5 as string value', 'contract.value'],
    ['error[E0308]: mismatched types\n --> a.rs:1:26\n  |', 'contract.value'],
    ['A.java:1: error: cannot find symbol', 'contract.value'],
    ['CMake Error at CMakeLists.txt:3 (foo):\n  Unknown CMake command "foo".', 'contract.value'],
    ['PHP Parse error: syntax error in /srv/a.php on line 3', 'contract.value'],
    ["main.c:(.text+0xf): undefined reference to `f'", 'contract.value'],
    ['error[E0432]: unresolved import `serde`\n --> a.rs:1:5', 'exec.dependency'],
    ['A.java:1: error: package org.a does not exist', 'exec.dependency'],
    ['a.go:2:8: package a/b is not in std', 'exec.dependency'],
    ['/usr/bin/ld: cannot find -la: No such file or directory', 'exec.dependency'],
    ['<stdin>:1:14: ERROR: Could not resolve "./a/b"', 'state.not_found'],
    ['malformed JSON string, at character offset 6 at -e line 1.', 'parse.malformed_json'],
  ])('%j: %s', (message, category) => {
    expect(programFault(message)).toBe(category)
  })

  it.each([
    'order 5:30: not found',
    'connect ECONNREFUSED 127.0.0.1:5432',
    'cat: a.txt: No such file or directory',
    'Error: table is not there',
    '/srv/node_modules/esbuild/lib/main.js:5:12: ERROR: Invalid option in build() call: "a"',
    'meson.build:2:0: ERROR: Program "a" not found or not executable',
    "a.py:0:1: E902 FileNotFoundError: [Errno 2] No such file or directory: 'a.py'",
    'Cannot open a: No such file or directory at a.pl line 3.',
  ])('says nothing of %s', (message) => {
    expect(programFault(message)).toBeUndefined()
  })
})
