import { ownedFolder } from '../owned-folder.ts'
import { provocations, type Source } from '../provocation.ts'
import { nobody, program, setUp, shellTool } from '../shell.ts'

/** Firebird on the command line, its engine inside the program. */
export const firebird: Source = {
  tool: 'firebird',
  languages: ['en'],
  async open({ dir, language }) {
    program('isql-fb')
    const place = await ownedFolder(dir, 'place', nobody)
    const own = `export FIREBIRD_LOCK=${place} FIREBIRD_TMP=${place}`
    const sql = (statement: string) =>
      `printf '%s;\\n' "${statement}" | isql-fb -q -b -u SYSDBA ${place}/shop.fdb`
    await setUp(
      `printf '%s;\\n' "CREATE DATABASE 'shop.fdb'" "CREATE TABLE orders (id INTEGER PRIMARY KEY, code VARCHAR(9) UNIQUE, total NUMERIC(6, 2) NOT NULL CHECK (total >= 0), due DATE)" "CREATE TABLE notes (id INTEGER REFERENCES orders, text VARCHAR(9))" "COMMIT" "INSERT INTO orders VALUES (1, 'A1', 5, NULL)" "INSERT INTO notes VALUES (1, 'a')" "COMMIT" | ${own.replace('export ', '')} isql-fb -q -b -u SYSDBA`,
      place,
    )
    const tool = shellTool(place, language)
    return {
      close: () => {},
      provocations: provocations(
        async (command: string) => ({ ...(await tool(`${own}; ${command}`)), input: { command } }),
        [
          ['no-table', 'state.not_found', (v) => sql(`SELECT * FROM ${v.name()}_s`)],
          ['no-column', 'state.not_found', (v) => sql(`SELECT ${v.name()}_c FROM orders`)],
          ['no-function', 'state.not_found', (v) => sql(`SELECT ${v.name()}_of(total) FROM orders`)],
          ['no-procedure', 'state.not_found', (v) => sql(`EXECUTE PROCEDURE ${v.name()}_p`)],
          [
            'no-database',
            'state.not_found',
            (v) => `echo 'SELECT 1 FROM orders;' | isql-fb -q -b -u SYSDBA ${place}/${v.word()}.fdb`,
          ],
          ['no-file', 'state.not_found', (v) => `isql-fb -q -b -i ${v.path()} ${place}/shop.fdb`],
          ['drop-table', 'state.not_found', (v) => sql(`DROP TABLE ${v.name()}_s`)],
          [
            'same-id',
            'state.conflict',
            (v) => sql(`INSERT INTO orders VALUES (1, '${v.word().slice(0, 8)}', 5, NULL)`),
          ],
          ['table-exists', 'state.conflict', (v) => sql(`CREATE TABLE orders (${v.word()}_x INTEGER)`)],
          [
            'null',
            'contract.missing_param',
            (v) => sql(`INSERT INTO orders (id) VALUES (${v.integer(50, 999)})`),
          ],
          [
            'check',
            'contract.value',
            (v) => sql(`INSERT INTO orders VALUES (${v.integer(50, 999)}, NULL, -${v.integer(2, 99)}, NULL)`),
          ],
          [
            'too-long',
            'contract.value',
            (v) => sql(`INSERT INTO orders VALUES (${v.integer(50, 999)}, '${v.path()}', 5, NULL)`),
          ],
          [
            'range',
            'contract.value',
            (v) =>
              sql(
                `INSERT INTO orders VALUES (${v.integer(50, 999)}, NULL, ${v.integer(2, 9)}0000000000, NULL)`,
              ),
          ],
          ['syntax', 'contract.value', (v) => sql(`SELECT FROM WHERE ${v.word()}`)],
          ['end', 'contract.value', (v) => sql(`SELECT * FROM orders WHERE ${v.word()} =`)],
          [
            'group',
            'contract.value',
            (v) =>
              sql(`SELECT code, SUM(total) FROM orders GROUP BY id HAVING SUM(total) > ${v.integer(2, 99)}`),
          ],
          ['option', 'exec.dependency', (v) => `isql-fb -${v.pick(['w', 'y', 'j'])}${v.word()} shop.fdb`],
          [
            'refused',
            'exec.unavailable',
            (v) =>
              `echo 'SELECT 1 FROM orders;' | isql-fb -q -b -u SYSDBA -p a 127.0.0.1/${v.integer(2, 9)}:${v.word()}.fdb`,
          ],
          [
            'resolve',
            'exec.unavailable',
            (v) => `echo 'SELECT 1 FROM orders;' | isql-fb -q -b -u SYSDBA -p a ${v.word()}.invalid:shop.fdb`,
          ],
        ],
      ),
    }
  },
}
