import type { Source } from '../provocation.ts'
import { accounts } from './accounts.ts'
import { aiSdk } from './ai-sdk.ts'
import { ajv } from './ajv.ts'
import { axios } from './axios.ts'
import { bash } from './bash.ts'
import { chromium } from './chromium.ts'
import { coreutils } from './coreutils.ts'
import { curl } from './curl.ts'
import { esbuild } from './esbuild.ts'
import { express } from './express.ts'
import { fastify } from './fastify.ts'
import { fetchTool } from './fetch.ts'
import { gcc } from './gcc.ts'
import { git } from './git.ts'
import { gpg } from './gpg.ts'
import { graphql } from './graphql.ts'
import { hono } from './hono.ts'
import { httpApi } from './http-api.ts'
import { jq } from './jq.ts'
import { langchain } from './langchain.ts'
import { mariadb } from './mariadb.ts'
import { mastra } from './mastra.ts'
import { mathjs } from './mathjs.ts'
import { mcpEverything } from './mcp-everything.ts'
import { mcpFilesystem } from './mcp-filesystem.ts'
import { mcpMemory } from './mcp-memory.ts'
import { mcpPlaywright } from './mcp-playwright.ts'
import { nodeFs } from './node-fs.ts'
import { nodeRun } from './node-run.ts'
import { npm } from './npm.ts'
import { openssl } from './openssl.ts'
import { packages } from './packages.ts'
import { perl } from './perl.ts'
import { postgres } from './postgres.ts'
import { psql } from './psql.ts'
import { python } from './python.ts'
import { redis } from './redis.ts'
import { sqlite } from './sqlite.ts'
import { sqliteCli } from './sqlite-cli.ts'
import { ssh } from './ssh.ts'
import { textutils } from './textutils.ts'
import { tsc } from './tsc.ts'
import { valibot } from './valibot.ts'
import { wget } from './wget.ts'
import { zip } from './zip.ts'

export type Half = 'tune' | 'final'

/**
 * Masks and classifiers may be improved by what goes wrong in the first half. The second is for measuring: its tools were
 * written with their labels after the first half's, and no rule was made from what they say.
 */
export const SOURCES: Readonly<Record<Half, readonly Source[]>> = {
  tune: [
    ...[aiSdk, bash, chromium, coreutils, curl, express, fastify, fetchTool, git, httpApi, langchain],
    ...[mcpEverything, mcpFilesystem, mcpMemory, nodeFs, nodeRun, postgres, psql, python, sqlite, textutils],
  ],
  final: [
    ...[accounts, ajv, axios, esbuild, gcc, gpg, graphql, hono, jq, mariadb, mastra, mathjs, mcpPlaywright],
    ...[npm, openssl, packages, perl, redis, sqliteCli, ssh, tsc, valibot, wget, zip],
  ],
}
