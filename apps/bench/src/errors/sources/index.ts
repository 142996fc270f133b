import type { Source } from '../provocation.ts'
import { aiSdk } from './ai-sdk.ts'
import { bash } from './bash.ts'
import { chromium } from './chromium.ts'
import { coreutils } from './coreutils.ts'
import { curl } from './curl.ts'
import { express } from './express.ts'
import { fastify } from './fastify.ts'
import { fetchTool } from './fetch.ts'
import { git } from './git.ts'
import { httpApi } from './http-api.ts'
import { langchain } from './langchain.ts'
import { mcpEverything } from './mcp-everything.ts'
import { mcpFilesystem } from './mcp-filesystem.ts'
import { mcpMemory } from './mcp-memory.ts'
import { nodeFs } from './node-fs.ts'
import { nodeRun } from './node-run.ts'
import { postgres } from './postgres.ts'
import { psql } from './psql.ts'
import { python } from './python.ts'
import { sqlite } from './sqlite.ts'
import { textutils } from './textutils.ts'

export type Half = 'tune' | 'final'

/**
 * The tools in the order of their names, every other one of each half: nobody chose. Masks and classifiers may be
 * improved by what goes wrong in the first half; the second is for measuring.
 */
export const SOURCES: Readonly<Record<Half, readonly Source[]>> = {
  tune: [
    ...[aiSdk, chromium, curl, fastify, git, langchain],
    ...[mcpFilesystem, nodeFs, postgres, python, textutils],
  ],
  final: [bash, coreutils, express, fetchTool, httpApi, mcpEverything, mcpMemory, nodeRun, psql, sqlite],
}
