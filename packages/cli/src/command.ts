import type { Command as Program } from 'commander'
import type { Terminal } from './terminal.ts'

/** Open: one file each. A command parses, calls core, and prints; decisions live in core. */
export type Command = {
  name: string
  /** Declares arguments and options, and what runs. */
  define(program: Program, terminal: Terminal): void
}
