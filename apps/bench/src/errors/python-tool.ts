import { toolResult } from '@lifeharness/core'
import { type Provoked, Unavailable } from './provocation.ts'
import { program, run, speaking } from './shell.ts'

/** Prints the text of what is raised, without a stack. */
export const TELL_RAISED = `
def tell(act):
    try:
        act()
    except Exception as error:
        print(error)
`

/**
 * A tool around Debian's Python whose argument is an expression. The prelude defines what it may call, and `tell`, which
 * prints what is wrong and nothing where all went well.
 * @throws Unavailable where Python or one of the modules is not there
 */
export async function pythonTool(
  dir: string,
  { modules, prelude }: { modules: string; prelude: string },
): Promise<(call: string) => Promise<Provoked>> {
  program('python3')
  const python = '/usr/bin/python3'
  const env = { ...speaking('en'), HOME: dir, PYTHONDONTWRITEBYTECODE: '1' }
  const there = await run(python, ['-c', `import ${modules}`], { cwd: dir, env })
  if (there.exitCode !== 0) throw new Unavailable(`no ${modules} for Python`)
  // The tool is there already; what the model gives it is the arguments.
  return async (call) => {
    const { stdout } = await run(python, ['-c', `${prelude}\ntell(lambda: ${call})`], { cwd: dir, env })
    const message = stdout.trim()
    const input = { call }
    return message === ''
      ? { input, result: toolResult('ok', '') }
      : { input, result: toolResult('error', message, { error: { message } }) }
  }
}
