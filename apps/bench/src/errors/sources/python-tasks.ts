import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { provocations, type Source } from '../provocation.ts'
import { pythonCommand } from '../python-command.ts'

const MAIN = `
import invoke.main, nox.__main__
def main(args, printed):
    sys.argv = args
    if args[0] == "nox": nox.__main__.main()
    else: invoke.main.program.run(args)
`
const TASKS = `
from invoke import task
@task
def report(c, month, copies=1): pass
@task
def run(c, command): c.run(command, hide="out", in_stream=False)
`
const SESSIONS = `
import nox
@nox.session(venv_backend="none")
def tests(session): session.run(*session.posargs, external=True)
`

/** Tasks of a project by Invoke and Nox. */
export const pythonTasks: Source = {
  tool: 'python-tasks',
  languages: ['en'],
  async open({ dir }) {
    await writeFile(join(dir, 'tasks.py'), TASKS)
    await writeFile(join(dir, 'noxfile.py'), SESSIONS)
    const { provoke, close } = await pythonCommand(dir, { modules: 'invoke, nox', main: MAIN })
    return {
      close,
      provocations: provocations(
        (args: string) => provoke(`sh ${args}`),
        [
          ['task', 'exec.dependency', (v) => `invoke ${v.word()}s`],
          ['argument', 'contract.missing_param', () => 'invoke report'],
          ['no-value', 'contract.missing_param', () => 'invoke report --month may --copies'],
          ['integer', 'contract.value', (v) => `invoke report --month may --copies ${v.word()}`],
          ['collection', 'state.not_found', (v) => `invoke -c ${v.word()}s report`],
          ['command', 'exec.dependency', (v) => `invoke run "${v.word()}ctl --all"`],
          ['command-file', 'state.not_found', (v) => `invoke run "cat ${v.path()}"`],
          ['command-denied', 'auth.denied', (v) => `invoke run "touch /etc/${v.word()}"`],
          ['nox-session', 'state.not_found', (v) => `nox -s ${v.word()}s`],
          ['nox-file', 'state.not_found', (v) => `nox -f ${v.path()}`],
          ['nox-option', 'exec.dependency', (v) => `nox --${v.word()}s`],
          ['nox-program', 'exec.dependency', (v) => `nox -s tests -- ${v.word()}ctl`],
          ['nox-keyword', 'contract.value', (v) => `nox -k "${v.word()} and"`],
          ['nox-no-value', 'contract.missing_param', () => 'nox -f'],
          ['nox-backend', 'contract.value', (v) => `nox -db ${v.word()}`],
        ],
      ),
    }
  },
}
