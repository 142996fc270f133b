import type { Source } from '../provocation.ts'
import { accounts } from './accounts.ts'
import { acornTool } from './acorn.ts'
import { aiSdk } from './ai-sdk.ts'
import { ajv } from './ajv.ts'
import { arktype } from './arktype.ts'
import { axios } from './axios.ts'
import { bash } from './bash.ts'
import { beam } from './beam.ts'
import { binutils } from './binutils.ts'
import { bison } from './bison.ts'
import { calculators } from './calculators.ts'
import { chromium } from './chromium.ts'
import { cmake } from './cmake.ts'
import { commanderTool } from './commander.ts'
import { compressors } from './compressors.ts'
import { coreutils } from './coreutils.ts'
import { cpio } from './cpio.ts'
import { curl } from './curl.ts'
import { dash } from './dash.ts'
import { dataFormats } from './data-formats.ts'
import { dates } from './dates.ts'
import { duckdb } from './duckdb.ts'
import { esbuild } from './esbuild.ts'
import { execa } from './execa.ts'
import { express } from './express.ts'
import { fastify } from './fastify.ts'
import { fetchTool } from './fetch.ts'
import { fish } from './fish.ts'
import { flask } from './flask.ts'
import { gawk } from './gawk.ts'
import { gcc } from './gcc.ts'
import { gdb } from './gdb.ts'
import { gettext } from './gettext.ts'
import { gh } from './gh.ts'
import { gio } from './gio.ts'
import { git } from './git.ts'
import { got } from './got.ts'
import { gpg } from './gpg.ts'
import { graphql } from './graphql.ts'
import { handlebars } from './handlebars.ts'
import { hapi } from './hapi.ts'
import { hono } from './hono.ts'
import { httpApi } from './http-api.ts'
import { imagemagick } from './imagemagick.ts'
import { iproute } from './iproute.ts'
import { isomorphicGitTool } from './isomorphic-git.ts'
import { java } from './java.ts'
import { joi } from './joi.ts'
import { jose } from './jose.ts'
import { jq } from './jq.ts'
import { jsonata } from './jsonata.ts'
import { koa } from './koa.ts'
import { kubectl } from './kubectl.ts'
import { langchain } from './langchain.ts'
import { lessTool } from './less.ts'
import { libcTools } from './libc-tools.ts'
import { liquidTool } from './liquid.ts'
import { lua } from './lua.ts'
import { make } from './make.ts'
import { mariadb } from './mariadb.ts'
import { mastra } from './mastra.ts'
import { mathjs } from './mathjs.ts'
import { mcpEverything } from './mcp-everything.ts'
import { mcpFilesystem } from './mcp-filesystem.ts'
import { mcpMemory } from './mcp-memory.ts'
import { mcpPlaywright } from './mcp-playwright.ts'
import { mcpPostgres } from './mcp-postgres.ts'
import { mcpSequentialThinking } from './mcp-sequential-thinking.ts'
import { mercurial } from './mercurial.ts'
import { nodeFs } from './node-fs.ts'
import { nodeRun } from './node-run.ts'
import { npm } from './npm.ts'
import { openai } from './openai.ts'
import { openssl } from './openssl.ts'
import { packages } from './packages.ts'
import { patches } from './patches.ts'
import { perl } from './perl.ts'
import { php } from './php.ts'
import { postgres } from './postgres.ts'
import { processes } from './processes.ts'
import { psql } from './psql.ts'
import { puppeteer } from './puppeteer.ts'
import { pydantic } from './pydantic.ts'
import { python } from './python.ts'
import { pythonData } from './python-data.ts'
import { pythonLibraries } from './python-libraries.ts'
import { r } from './r.ts'
import { redis } from './redis.ts'
import { ripgrep } from './ripgrep.ts'
import { rollup } from './rollup.ts'
import { ruby } from './ruby.ts'
import { rust } from './rust.ts'
import { sass } from './sass.ts'
import { sqlite } from './sqlite.ts'
import { sqliteCli } from './sqlite-cli.ts'
import { ssh } from './ssh.ts'
import { subversion } from './subversion.ts'
import { superstructTool } from './superstruct.ts'
import { systemd } from './systemd.ts'
import { tcl } from './tcl.ts'
import { textutils } from './textutils.ts'
import { tmux } from './tmux.ts'
import { tokens } from './tokens.ts'
import { tsc } from './tsc.ts'
import { utilLinux } from './util-linux.ts'
import { valibot } from './valibot.ts'
import { wget } from './wget.ts'
import { yargsTool } from './yargs.ts'
import { yq } from './yq.ts'
import { yup } from './yup.ts'
import { zip } from './zip.ts'
import { zsh } from './zsh.ts'

export type Half = 'tune' | 'final'

/**
 * Masks and classifiers may be improved by what goes wrong in the first half. The second is for measuring: its tools were
 * written with their labels after the first half's, before any classifier saw a message of theirs, and no rule was made
 * from what they say. A half that has been looked at joins the first, and another is written.
 */
export const SOURCES: Readonly<Record<Half, readonly Source[]>> = {
  tune: [
    ...[aiSdk, bash, chromium, coreutils, curl, express, fastify, fetchTool, git, httpApi, langchain],
    ...[mcpEverything, mcpFilesystem, mcpMemory, nodeFs, nodeRun, postgres, psql, python, sqlite, textutils],
    ...[accounts, ajv, axios, esbuild, gcc, gpg, graphql, hono, jq, mariadb, mastra, mathjs, mcpPlaywright],
    ...[npm, openssl, packages, perl, redis, sqliteCli, ssh, tsc, valibot, wget, zip],
    ...[
      arktype,
      binutils,
      bison,
      cpio,
      dataFormats,
      dates,
      duckdb,
      execa,
      gawk,
      gettext,
      gio,
      got,
      handlebars,
      hapi,
      joi,
      jose,
      jsonata,
      koa,
      mcpPostgres,
      mcpSequentialThinking,
      mercurial,
      openai,
      php,
      puppeteer,
      pythonLibraries,
      ripgrep,
      rollup,
      ruby,
      sass,
      subversion,
      utilLinux,
      yup,
    ],
  ],
  final: [
    ...[
      zsh,
      fish,
      dash,
      tcl,
      lua,
      make,
      cmake,
      java,
      rust,
      imagemagick,
      kubectl,
      gh,
      systemd,
      iproute,
      tmux,
      patches,
      calculators,
      beam,
      r,
      processes,
      compressors,
      libcTools,
      gdb,
      yq,
      commanderTool,
      yargsTool,
      superstructTool,
      liquidTool,
      acornTool,
      lessTool,
      isomorphicGitTool,
      pydantic,
      pythonData,
      tokens,
      flask,
    ],
  ],
}
