import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

export const coreutils: Source = {
  tool: 'coreutils',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    program('stat')
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['ls-missing', 'state.not_found', (v) => `ls -l ${v.path()}`],
        ['ls-denied', 'auth.denied', (v) => `${scratch} d=${v.word()}; mkdir $d; chmod 0 $d; ls $d`],
        ['cat-missing', 'state.not_found', (v) => `cat ${v.pick([v.path(), v.file(), v.name()])}`],
        ['cat-directory', 'contract.value', (v) => `${scratch} mkdir ${v.word()}; cat *`],
        ['cat-denied', 'auth.denied', (v) => `${scratch} f=${v.file()}; touch $f; chmod 0 $f; cat $f`],
        ['cp-missing', 'state.not_found', (v) => `cp ${v.file()} /tmp`],
        ['cp-omits-directory', 'contract.value', (v) => `${scratch} mkdir ${v.word()}; cp * other`],
        ['cp-no-destination', 'contract.missing_param', (v) => `cp ${v.file()}`],
        ['cp-target-missing', 'state.not_found', (v) => `${scratch} touch a b; cp a b ${v.word()}/`],
        ['cp-same-file', 'state.conflict', (v) => `${scratch} f=${v.file()}; touch $f; cp $f $f`],
        ['mv-missing', 'state.not_found', (v) => `mv ${v.file()} ${v.file()}`],
        ['mkdir-exists', 'state.conflict', (v) => `${scratch} mkdir ${v.name()}; mkdir *`],
        ['mkdir-no-parent', 'state.not_found', (v) => `mkdir ${v.path()}/${v.word()}`],
        ['mkdir-denied', 'auth.denied', (v) => `mkdir /usr/${v.name()}`],
        [
          'mkdir-no-operand',
          'contract.missing_param',
          (v) => `mkdir -m 7${v.integer(0, 7)}${v.integer(0, 7)}`,
        ],
        ['rmdir-not-empty', 'state.conflict', (v) => `${scratch} d=${v.name()}; mkdir -p $d/x; rmdir $d`],
        ['rm-missing', 'state.not_found', (v) => `rm ${v.pick([v.path(), v.file()])}`],
        ['rm-directory', 'contract.value', (v) => `${scratch} mkdir ${v.word()}; rm *`],
        [
          'rm-denied',
          'auth.denied',
          (v) => `rm -f /etc/${v.pick(['hostname', 'fstab', 'passwd', 'group', 'profile', 'shells'])}`,
        ],
        ['touch-no-parent', 'state.not_found', (v) => `touch ${v.path()}`],
        [
          'chmod-denied',
          'auth.denied',
          (v) =>
            `chmod 7${v.integer(0, 7)}7 ${v.pick(['/etc/passwd', '/etc/group', '/usr/bin', '/etc/fstab'])}`,
        ],
        ['chmod-mode', 'contract.value', (v) => `chmod ${v.word()} /tmp`],
        ['chown-user', 'contract.value', (v) => `chown ${v.name()} /tmp`],
        [
          'ln-exists',
          'state.conflict',
          (v) => `${scratch} touch a ${v.file()}; ln -s a ${'$(ls | tail -1)'}`,
        ],
        ['head-number', 'contract.value', (v) => `head -n ${v.word()} /etc/passwd`],
        ['head-missing', 'state.not_found', (v) => `head ${v.file()}`],
        ['tail-missing', 'state.not_found', (v) => `tail -n 3 ${v.path()}`],
        ['stat-missing', 'state.not_found', (v) => `stat ${v.file()}`],
        ['wc-missing', 'state.not_found', (v) => `wc -l ${v.file()}`],
        ['date-invalid', 'contract.value', (v) => `date -d '${v.word()} ${v.integer(13, 90)}'`],
        ['seq-argument', 'contract.value', (v) => `seq ${v.word()}`],
        ['sleep-interval', 'contract.value', (v) => `sleep ${v.word()}`],
        ['unknown-option', 'exec.dependency', (v) => `${v.pick(['ls', 'ls -l'])} --${v.word()}s`],
        ['sort-key', 'contract.value', (v) => `sort -k ${v.word()} /etc/passwd`],
        ['basename-extra', 'contract.value', (v) => `basename ${v.word()} ${v.word()} ${v.file()}`],
        ['id-user', 'state.not_found', (v) => `id ${v.name()}`],
        ['expr-zero', 'contract.value', (v) => `expr ${v.integer(2, 99)} / 0`],
        ['numfmt-number', 'contract.value', (v) => `numfmt ${v.word()}`],
      ]),
    }
  },
}
