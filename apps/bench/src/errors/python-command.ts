import type { Provoked } from './provocation.ts'
import { pythonSession } from './python-session.ts'

const PRELUDE = `
import contextlib, io, shlex
def act(command, input=""):
    printed = io.StringIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(input.encode()))
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(printed):
        try:
            code = main(shlex.split(command)[1:], printed)
        except SystemExit as end:
            code = end.code
            if isinstance(code, str): print(code, file=printed)
    if code: raise Exception(printed.getvalue())
`

/**
 * A tool `bash{command}` for a command line that is written in Python and takes longer to start than to fail: its
 * `main(args, printed)` is called in one process, and what it prints as errors is kept.
 * @throws Unavailable where Python or one of the modules is not there
 */
export async function pythonCommand(
  dir: string,
  { modules, main }: { modules: string; main: string },
): Promise<{ provoke(call: string | { command: string; input: string }): Promise<Provoked>; close(): void }> {
  const { provoke, close } = await pythonSession(dir, { modules, prelude: main + PRELUDE })
  return { provoke: (call) => provoke(typeof call === 'string' ? { command: call } : call), close }
}
