import { provocations, type Source } from '../provocation.ts'
import { pythonSession } from '../python-session.ts'

const PRELUDE = `
os.environ["HOME"] = os.getcwd()
import git
repo = git.Repo.init("shop", initial_branch="main")
with repo.config_writer() as config:
    config.set_value("user", "name", "Ada")
    config.set_value("user", "email", "ada@example.test")
with open("shop/kept.txt", "w") as file: file.write("text")
repo.index.add(["kept.txt"])
repo.index.commit("first")
repo.create_tag("v1")
def open_repository(path): git.Repo(path)
def commit(revision): repo.commit(revision)
def delete_branch(name): repo.delete_head(name)
def checkout(branch): repo.git.checkout(branch)
def head(name): repo.heads[name]
def tag(name): repo.create_tag(name)
def remote(name): repo.remote(name).url
def fetch(name): repo.remote(name).fetch()
def new_remote(name, url): repo.create_remote(name, url)
def add(path): repo.index.add([path])
def remove(path): repo.index.remove([path])
def move(path, to): repo.index.move([path, to])
def setting(section, option): repo.config_reader("repository").get_value(section, option)
def clone(url, to): git.Repo.clone_from(url, to)
def tree(path): repo.head.commit.tree[path]
def diff(a, b): repo.git.diff(a, b)
def run(command): repo.git.execute(["git", *command.split()])
def merge(branch): repo.git.merge(branch)
def init(path): git.Repo.init(path)
def told(error): return f"{type(error).__name__}: {error}"
repo.create_remote("origin", "http://127.0.0.1:9/shop.git")
`

/** Repositories by GitPython. */
export const gitPython: Source = {
  tool: 'git-python',
  languages: ['en'],
  async open({ dir }) {
    const { provoke, close } = await pythonSession(dir, { modules: 'git', prelude: PRELUDE })
    return {
      close,
      provocations: provocations(provoke, [
        ['path', 'state.not_found', (v) => ({ tool: 'open_repository', path: v.path() })],
        ['revision', 'state.not_found', (v) => ({ tool: 'commit', revision: `${v.word()}-${v.word()}` })],
        ['branch-absent', 'state.not_found', (v) => ({ tool: 'delete_branch', name: v.word() })],
        ['branch-current', 'state.precondition', () => ({ tool: 'delete_branch', name: 'main' })],
        ['head-absent', 'state.not_found', (v) => ({ tool: 'head', name: v.word() })],
        [
          'checkout-absent',
          'state.not_found',
          (v) => ({ tool: 'checkout', branch: `${v.word()}-${v.word()}` }),
        ],
        ['tag-exists', 'state.conflict', () => ({ tool: 'tag', name: 'v1' })],
        ['tag-name', 'contract.value', (v) => ({ tool: 'tag', name: `${v.word()} ${v.word()}` })],
        ['remote-absent', 'state.not_found', (v) => ({ tool: 'remote', name: v.word() })],
        [
          'remote-exists',
          'state.conflict',
          (v) => ({ tool: 'new_remote', name: 'origin', url: `http://${v.word()}.test/` }),
        ],
        ['fetch', 'exec.unavailable', () => ({ tool: 'fetch', name: 'origin' })],
        ['add-absent', 'state.not_found', (v) => ({ tool: 'add', path: v.file() })],
        ['remove-absent', 'state.not_found', (v) => ({ tool: 'remove', path: v.file() })],
        ['setting', 'state.not_found', (v) => ({ tool: 'setting', section: v.word(), option: v.word() })],
        [
          'clone-resolve',
          'exec.unavailable',
          (v) => ({ tool: 'clone', url: `http://${v.word()}-${v.word()}.invalid/a.git`, to: v.word() }),
        ],
        [
          'clone-absent',
          'state.not_found',
          (v) => ({ tool: 'clone', url: `/srv/${v.word()}.git`, to: v.word() }),
        ],
        ['tree', 'state.not_found', (v) => ({ tool: 'tree', path: v.file() })],
        ['command', 'exec.dependency', (v) => ({ tool: 'run', command: `${v.word()}s --all` })],
        ['option', 'exec.dependency', (v) => ({ tool: 'run', command: `log --${v.word()}s` })],
        ['merge', 'state.not_found', (v) => ({ tool: 'merge', branch: v.word() })],
        ['init-denied', 'auth.denied', (v) => ({ tool: 'init', path: `/etc/${v.word()}` })],
        ['argument', 'contract.missing_param', (v) => ({ tool: 'clone', url: v.path() })],
        [
          'argument-extra',
          'contract.misnamed_param',
          (v) => ({ tool: 'commit', revision: 'main', [`${v.word()}_x`]: 1 }),
        ],
      ]),
    }
  },
}
