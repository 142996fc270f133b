import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Erlang and Elixir. */
export const beam: Source = {
  tool: 'beam',
  languages: ['en'],
  async open({ dir, language }) {
    for (const name of ['elixir', 'erlc', 'escript']) program(name)
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['function', 'contract.value', (v) => `elixir -e '${v.name()}_x(1)'`],
        ['module', 'contract.value', (v) => `elixir -e 'Xx${v.word()}.run(1)'`],
        ['arithmetic', 'contract.value', (v) => `elixir -e 'IO.puts(1 + "${v.word()}")'`],
        ['match', 'contract.value', (v) => `elixir -e '{:ok, _} = {:error, "${v.word()}"}'`],
        ['syntax', 'contract.value', (v) => `elixir -e 'if ${v.word()} do'`],
        ['key', 'contract.value', (v) => `elixir -e 'Map.fetch!(%{a: 1}, :${v.word()})'`],
        ['division', 'contract.value', (v) => `elixir -e 'IO.puts(div(${v.integer(2, 99)}, 0))'`],
        ['integer', 'contract.value', (v) => `elixir -e 'String.to_integer("${v.word()}")'`],
        ['file', 'state.not_found', (v) => `elixir ${v.path()}`],
        ['read', 'state.not_found', (v) => `elixir -e 'File.read!("${v.path()}")'`],
        ['write', 'auth.denied', (v) => `elixir -e 'File.write!("/etc/${v.file()}", "a")'`],
        ['erlc-missing', 'state.not_found', (v) => `erlc ${v.word()}.erl`],
        [
          'erlc-syntax',
          'contract.value',
          (v) => `${scratch} printf -- '-module(a).\nf() -> ${v.word()} +.\n' > a.erl; erlc a.erl`,
        ],
        [
          'erlc-undefined',
          'contract.value',
          (v) =>
            `${scratch} printf -- '-module(a).\n-export([g/0]).\nf() -> ${v.word()}.\n' > a.erl; erlc a.erl`,
        ],
        ['escript', 'state.not_found', (v) => `escript ${v.path()}`],
      ]),
    }
  },
}
