import { describe, expect, test } from 'vitest'
import { gate } from '../interventions/gate.ts'
import { renameArgument } from '../interventions/rename-argument.ts'
import { rewriteCommand } from '../interventions/rewrite-command.ts'
import { withPaths } from './option-paths.ts'

const below = (path: string) => `/params${path}`

describe('paths that are replaced', () => {
  test('in options, where the kind says that a path stands', () => {
    expect(
      withPaths({ options: { path: '/command', remove: '2>/dev/null' } }, rewriteCommand, below).options,
    ).toEqual({ path: '/params/command', remove: '2>/dev/null' })
    expect(withPaths({ options: { from: '/a', to: '/b' } }, renameArgument, below).options).toEqual({
      from: '/params/a',
      to: '/params/b',
    })
  })

  test('as names of members', () => {
    expect(withPaths({ options: { needs: 'login', same: { '/a': '/b' } } }, gate, below).options).toEqual({
      needs: 'login',
      same: { '/params/a': '/params/b' },
    })
  })

  test('in every part of a guard', () => {
    const when = {
      all: [
        { path: '/a', test: 'present' as const },
        { any: [{ not: { path: '/b', test: 'prefix' as const, text: '/c' } }] },
      ],
    }
    expect(withPaths({ options: {}, when }, rewriteCommand, below).when).toEqual({
      all: [
        { path: '/params/a', test: 'present' },
        { any: [{ not: { path: '/params/b', test: 'prefix', text: '/c' } }] },
      ],
    })
  })
})

describe('what stays', () => {
  test('texts that only look like paths, and the path of the whole', () => {
    const options = { path: '', command: '/bin/sh', by: '/bin/bash' }
    expect(withPaths({ options }, rewriteCommand, below)).toEqual({ options })
  })
})
