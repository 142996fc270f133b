import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** The tools of translators. */
export const gettext: Source = {
  tool: 'gettext',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    for (const name of ['msgfmt', 'msgmerge', 'xgettext', 'msginit', 'msgconv']) program(name)
    await requireLocale(language, dir)
    const compile = (po: string, options = '') =>
      `cd "$(mktemp -d)"; printf '%b' '${po}' > main.po; msgfmt -o /dev/null ${options} main.po`
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['missing', 'state.not_found', (v) => `msgfmt ${v.word()}.po`],
        ['keyword', 'contract.value', (v) => compile(`${v.name()} "a"\\n`)],
        [
          'duplicate',
          'contract.value',
          (v) => {
            const e = `msgid "${v.word()}"\\nmsgstr "x"\\n`
            return compile(e + e)
          },
        ],
        ['string-end', 'contract.value', (v) => compile(`msgid "${v.word()}\\nmsgstr "x"\\n`)],
        ['no-translation', 'contract.value', (v) => compile(`msgid "${v.word()}"\\n`)],
        ['nothing', 'contract.missing_param', (v) => `msgfmt -o /tmp/${v.word()}.mo`],
        ['option', 'exec.dependency', (v) => `msgfmt --${v.word()}s a.po 2>&1 | head -1 >&2; exit 1`],
        ['merge-nothing', 'contract.missing_param', (v) => `msgmerge -o /tmp/${v.word()}.po`],
        ['merge-missing', 'state.not_found', (v) => `msgmerge -q ${v.path()} /dev/null`],
        ['language', 'contract.value', (v) => `cd "$(mktemp -d)"; echo > a.c; xgettext -L ${v.word()} a.c`],
        ['source-missing', 'state.not_found', (v) => `xgettext ${v.word()}.c`],
        [
          'encoding',
          'contract.value',
          (v) => `cd "$(mktemp -d)"; printf 'msgid "a"\\nmsgstr "b"\\n' > a.po; msgconv -t ${v.word()} a.po`,
        ],
        [
          'template-none',
          'state.not_found',
          (v) => `cd "$(mktemp -d)"; msginit --no-translator -l ${v.pick(['de', 'fr', 'it', 'es', 'pl'])}`,
        ],
        [
          'output-denied',
          'auth.denied',
          (v) =>
            `cd "$(mktemp -d)"; printf 'msgid "a"\\nmsgstr "b"\\n' > a.po; msgfmt -o /etc/${v.word()}.mo a.po`,
        ],
      ]),
    }
  },
}
