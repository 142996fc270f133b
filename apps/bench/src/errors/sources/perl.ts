import { toolResult } from '@lifeharness/core'
import { type Provoked, provocations, type Source } from '../provocation.ts'
import { program, run, speaking } from '../shell.ts'

/** A tool `perl{code}` that answers with what the interpreter printed, as an error text. */
export const perl: Source = {
  tool: 'perl',
  languages: ['en'],
  async open({ dir }) {
    const executable = program('perl')
    const env = { ...speaking('en'), HOME: dir }
    const provoke = async (code: string): Promise<Provoked> => {
      const { stderr, stdout, exitCode } = await run(executable, ['-Mstrict', '-w', '-e', code], {
        cwd: dir,
        env,
      })
      if (exitCode === 0) return { input: { code }, result: toolResult('ok', stdout) }
      const message = stderr.trim() || `exit ${exitCode}`
      return { input: { code }, result: toolResult('error', message, { error: { message } }) }
    }
    return {
      close: () => {},
      provocations: provocations(provoke, [
        ['global', 'contract.value', (v) => `print $${v.name()};`],
        ['subroutine', 'contract.value', (v) => `${v.name()}_of(${v.integer(1, 9)});`],
        ['method', 'contract.value', (v) => `my $x = bless {}, "${v.word()}"; $x->${v.name()}();`],
        ['method-undefined', 'contract.value', (v) => `my $x; $x->${v.name()}();`],
        ['module', 'exec.dependency', (v) => `use ${v.word()}::${v.word()};`],
        ['syntax', 'contract.value', (v) => `my $${v.name()} = = ${v.integer(1, 9)};`],
        ['zero', 'contract.value', (v) => `my $n = 0; print ${v.integer(1, 99)} / $n;`],
        ['reference', 'contract.value', (v) => `my $x = "${v.word()}"; print @$x;`],
        ['not-array', 'contract.value', (v) => `my $x = { ${v.word()} => 1 }; print @$x;`],
        ['file', 'state.not_found', (v) => `open(my $f, "<", "${v.file()}") or die "open: $!";`],
        ['denied', 'auth.denied', (v) => `open(my $f, ">", "/etc/${v.word()}") or die "open: $!";`],
        ['unclosed', 'contract.value', (v) => `print "${v.phrase()};`],
        ['bracket', 'contract.value', (v) => `if (1) { print ${v.integer(1, 99)};`],
        ['regular-expression', 'contract.value', (v) => `my $p = "(${v.word()}"; "a" =~ /$p/;`],
        ['json', 'parse.malformed_json', (v) => `use JSON::PP; decode_json('{"a": x${v.word()}}');`],
        ['require', 'exec.dependency', (v) => `require "${v.word()}.pl";`],
      ]),
    }
  },
}
