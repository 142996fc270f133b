import { readFile, stat } from 'node:fs/promises'
import type { JsonObject } from '@lifeharness/core'
import type { EnvironmentTool } from '../environment.ts'
import type { Sandbox } from './sandbox.ts'

const text = { type: 'string' }
const cwd = {
  type: 'string',
  description: 'Folder to run in, from the work folder; default: the work folder',
}
const timeout_s = { type: 'integer', minimum: 1, maximum: 20, description: 'Seconds, default 20' }

/** Tools as coding agents have them. Each command runs in a shell of its own: a `cd` lasts as long as its command. */
export function terminalTools({ work, inside, write, run }: Sandbox): EnvironmentTool[] {
  const folderOf = async (given: unknown): Promise<string> => {
    const folder = given === undefined ? work : inside(String(given))
    const found = await stat(folder).catch(() => undefined)
    if (!found?.isDirectory()) throw new Error(`cwd: no such directory: ${given}`)
    return folder
  }
  const limit = ({ timeout_s: seconds }: JsonObject) =>
    typeof seconds === 'number' ? { timeoutMs: seconds * 1000 } : {}
  return [
    {
      ...contract(
        'bash',
        'Runs a command with bash and returns stdout, stderr and the exit code.',
        ['command'],
        {
          command: text,
          cwd,
          timeout_s,
        },
      ),
      execute: async (input) =>
        run('bash', ['--norc', '--noprofile', '-c', String(input.command)], {
          cwd: await folderOf(input.cwd),
          ...limit(input),
        }),
    },
    {
      ...contract(
        'read_file',
        'Returns lines of a text file, at most `limit` of them from line `offset` (from 0).',
        ['path'],
        {
          path: text,
          offset: { type: 'integer', minimum: 0 },
          limit: { type: 'integer', minimum: 1, maximum: 400 },
        },
      ),
      async execute({ path, offset = 0, limit: lines = 200 }) {
        const content = await readFile(inside(String(path)), 'utf8')
        return content
          .split('\n')
          .slice(Number(offset), Number(offset) + Number(lines))
          .join('\n')
      },
    },
    {
      ...contract(
        'write_file',
        'Writes a text file; its folders are made where they are missing.',
        ['path', 'content'],
        {
          path: text,
          content: text,
          append: { type: 'boolean', description: 'Adds to the file instead of replacing it' },
        },
      ),
      async execute({ path, content, append }) {
        write(String(path), String(content), append === true ? 'a' : 'w')
        return `wrote ${String(content).length} characters to ${path}`
      },
    },
    {
      ...contract(
        'run_python',
        'Runs Python 3 code and returns stdout, stderr and the exit code.',
        ['code'],
        {
          code: text,
          cwd,
          timeout_s,
        },
      ),
      execute: async (input) =>
        run('python3', ['-'], { cwd: await folderOf(input.cwd), input: String(input.code), ...limit(input) }),
    },
    {
      ...contract('run_tests', 'Runs the unit tests (test_*.py) of a project.', ['cwd'], { cwd, timeout_s }),
      execute: async (input) =>
        run('python3', ['-m', 'unittest', 'discover', '-b'], {
          cwd: await folderOf(input.cwd),
          ...limit(input),
        }),
    },
  ]
}

function contract(
  name: string,
  description: string,
  required: string[],
  properties: JsonObject,
): Omit<EnvironmentTool, 'execute'> {
  return {
    name,
    description,
    inputSchema: { type: 'object', properties, required, additionalProperties: false },
  }
}
