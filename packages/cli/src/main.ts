#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// Starting takes half the time when the code needs no compiling; so the rest is loaded after this.
enableCompileCache()
const { run } = await import('./program.ts')
process.exitCode = await run(process.argv.slice(2))
