import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** The JDK: compiler, launcher, archives and keys. */
export const java: Source = {
  tool: 'java',
  languages: ['en'],
  async open({ dir, language }) {
    for (const name of ['javac', 'java', 'jar', 'keytool']) program(name)
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        [
          'symbol',
          'contract.value',
          (v) => `${scratch} echo 'class A { int b = ${v.name()}x; }' > A.java; javac A.java`,
        ],
        [
          'types',
          'contract.value',
          (v) => `${scratch} echo 'class A { int b = "${v.word()}"; }' > A.java; javac A.java`,
        ],
        [
          'semicolon',
          'contract.value',
          (v) => `${scratch} echo 'class A { int b = ${v.integer(2, 99)} }' > A.java; javac A.java`,
        ],
        [
          'package',
          'exec.dependency',
          (v) => `${scratch} echo 'import ${v.word()}.${v.word()}x.B; class A { }' > A.java; javac A.java`,
        ],
        ['file-missing', 'state.not_found', (v) => `javac ${v.word()}/A.java 2>&1 | head -1 >&2; exit 2`],
        ['flag', 'exec.dependency', (v) => `javac --${v.word()}s A.java 2>&1 | head -1 >&2; exit 2`],
        ['class-missing', 'state.not_found', (v) => `${scratch} java ${v.word()}.Main`],
        ['jar-missing', 'state.not_found', (v) => `java -jar ${v.word()}.jar`],
        ['jvm-option', 'exec.dependency', (v) => `java -XX:+${v.word()}x -version`],
        ['heap', 'contract.value', (v) => `java -Xmx${v.word()} -version`],
        ['memory', 'contract.value', (v) => `java -Xms2g -Xmx${v.integer(2, 9)}m -version`],
        ['jar-file', 'state.not_found', (v) => `jar tf ${v.path()}`],
        ['jar-mode', 'contract.missing_param', (v) => `jar -f ${v.word()}.jar 2>&1 | head -1 >&2; exit 1`],
        ['keystore', 'state.not_found', (v) => `keytool -list -keystore ${v.path()} -storepass changeit`],
        [
          'key-alias',
          'state.not_found',
          (v) =>
            `${scratch} keytool -genkeypair -alias a -dname CN=a -keyalg RSA -keystore k -storepass changeit 2> /dev/null; keytool -delete -alias ${v.word()} -keystore k -storepass changeit`,
        ],
        [
          'key-password',
          'auth.denied',
          (v) =>
            `${scratch} keytool -genkeypair -alias a -dname CN=a -keyalg EC -keystore k -storepass changeit 2> /dev/null; keytool -list -keystore k -storepass ${v.word()}1`,
        ],
        [
          'key-again',
          'state.conflict',
          (v) =>
            `${scratch} keytool -genkeypair -alias a -dname CN=a -keyalg EC -keystore k -storepass changeit 2> /dev/null; keytool -genkeypair -alias a -dname CN=${v.word()} -keyalg EC -keystore k -storepass changeit`,
        ],
      ]),
    }
  },
}
