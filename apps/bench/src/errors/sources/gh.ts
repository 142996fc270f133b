import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** GitHub from the command line, with nobody logged in. */
export const gh: Source = {
  tool: 'gh',
  languages: ['en'],
  async open({ dir, language }) {
    program('gh')
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['login', 'auth.denied', (v) => `gh repo view ${v.word()}/${v.word()}`],
        ['command', 'exec.dependency', (v) => `gh ${v.word()}x 2>&1 | head -1 >&2; exit 1`],
        ['flag', 'exec.dependency', (v) => `gh issue list --${v.word()}s 2>&1 | head -1 >&2; exit 1`],
        [
          'repository',
          'contract.value',
          (v) => `GH_TOKEN=x gh issue list -R ${v.word()} 2>&1 | head -1 >&2; exit 1`,
        ],
        ['no-repository', 'state.precondition', () => `${scratch} GH_TOKEN=x gh issue list`],
        [
          'limit',
          'contract.value',
          (v) => `GH_TOKEN=x gh issue list -R a/b --limit ${v.word()} 2>&1 | head -1 >&2; exit 1`,
        ],
        [
          'limit-negative',
          'contract.value',
          (v) => `GH_TOKEN=x gh issue list -R a/b --limit ${v.integer(-9, -1)} 2>&1 | head -1 >&2; exit 1`,
        ],
        [
          'state',
          'contract.value',
          (v) => `GH_TOKEN=x gh issue list -R a/b --state ${v.word()} 2>&1 | head -1 >&2; exit 1`,
        ],
        [
          'field',
          'contract.value',
          (v) => `GH_TOKEN=x gh issue list -R a/b --json ${v.word()} 2>&1 | head -1 >&2; exit 1`,
        ],
        ['extension', 'exec.dependency', (v) => `GH_TOKEN=x gh extension exec ${v.word()}`],
        ['alias', 'state.not_found', (v) => `gh alias delete ${v.word()}`],
        ['config', 'state.not_found', (v) => `gh config get ${v.name()}`],
        [
          'no-number',
          'contract.missing_param',
          () => `GH_TOKEN=x gh issue view -R a/b 2>&1 | head -1 >&2; exit 1`,
        ],
      ]),
    }
  },
}
