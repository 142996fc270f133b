import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ownedFolder } from '../owned-folder.ts'
import { provocations, type Source, Unavailable } from '../provocation.ts'
import { nobody, program, shellTool } from '../shell.ts'

const SERVER = '/usr/sbin/slapd'

const ENTRIES = `dn: dc=shop
objectClass: dcObject
objectClass: organization
o: shop
dc: shop

dn: ou=staff,dc=shop
objectClass: organizationalUnit
ou: staff

dn: cn=ada,ou=staff,dc=shop
objectClass: person
cn: ada
sn: lovelace
userPassword: secret

dn: cn=alan,ou=staff,dc=shop
objectClass: person
cn: alan
sn: turing
`

/** OpenLDAP's clients, with a directory of their own. */
export const ldap: Source = {
  tool: 'ldap',
  languages: ['en'],
  async open({ dir, language }) {
    if (!existsSync(SERVER)) throw new Unavailable('no slapd')
    program('ldapsearch')
    const data = await ownedFolder(dir, 'data', nobody)
    const socket = `ldapi://${encodeURIComponent(join(data, 'socket'))}`
    const settings = `include /etc/ldap/schema/core.schema
modulepath /usr/lib/ldap
moduleload back_mdb
database mdb
maxsize 10485760
suffix dc=shop
rootdn cn=admin,dc=shop
rootpw x
directory ${data}
access to attrs=userPassword by anonymous auth by * none
access to * by * read
`
    await writeFile(join(dir, 'slapd.conf'), settings)
    await writeFile(join(dir, 'entries.ldif'), ENTRIES)
    const server = spawn(SERVER, ['-f', join(dir, 'slapd.conf'), '-h', socket, '-d', 'stats'], {
      ...nobody,
      cwd: dir,
    })
    await new Promise<void>((resolve, reject) => {
      server.stderr.on('data', (text) => String(text).includes('slapd starting') && resolve())
      server.on('close', () => reject(new Error('slapd')))
    })
    const admin = `-H ${socket} -x -D cn=admin,dc=shop -w x`
    const ada = `-H ${socket} -x -D cn=ada,ou=staff,dc=shop -w secret`
    const tool = shellTool(dir, language)
    await tool(`ldapadd ${admin} -f entries.ldif`)
    const add = (who: string, ...lines: string[]) => `printf '${lines.join('\\n')}\\n' | ldapadd ${who}`
    const modify = (...lines: string[]) =>
      `printf 'dn: cn=ada,ou=staff,dc=shop\\nchangetype: modify\\n${lines.join('\\n')}\\n' | ldapmodify ${admin}`
    const person = (who: string, name: string, ...lines: string[]) =>
      add(who, `dn: cn=${name},ou=staff,dc=shop`, 'objectClass: person', `cn: ${name}`, ...lines)
    return {
      close: () =>
        new Promise((resolve) => {
          server.once('close', () => resolve())
          server.kill('SIGTERM')
        }),
      provocations: provocations(tool, [
        ['search-base', 'state.not_found', (v) => `ldapsearch -LLL ${ada} -b ou=${v.word()},dc=shop cn=a`],
        ['search-filter', 'contract.value', (v) => `ldapsearch -LLL ${ada} -b dc=shop '(cn=${v.word()}'`],
        [
          'search-scope',
          'contract.value',
          (v) => `ldapsearch ${ada} -b dc=shop -s ${v.word()} cn=a 2>&1 | head -1; exit 1`,
        ],
        [
          'search-size',
          'result.oversize',
          (v) => `ldapsearch -LLL ${ada} -b dc=shop -z ${v.integer(1, 3)} '(objectClass=*)' dn`,
        ],
        ['option', 'exec.dependency', (v) => `ldapsearch -K${v.word()} 2>&1 | head -2; exit 1`],
        [
          'password',
          'auth.denied',
          (v) => `ldapsearch -H ${socket} -x -D cn=ada,ou=staff,dc=shop -w ${v.word()} -b dc=shop`,
        ],
        [
          'refused',
          'exec.unavailable',
          (v) => `ldapsearch -H ldap://127.0.0.1:${v.integer(2, 9)} -x -b dc=shop`,
        ],
        [
          'parent',
          'state.not_found',
          (v) => add(admin, `dn: cn=a,ou=${v.word()},dc=shop`, 'objectClass: person', 'cn: a', 'sn: b'),
        ],
        [
          'dn',
          'contract.value',
          (v) => add(admin, `dn: ${v.word()}`, 'objectClass: person', 'cn: a', 'sn: b'),
        ],
        [
          'value-exists',
          'state.conflict',
          (v) => modify('add: sn', v.pick(['sn: lovelace', 'sn: Lovelace'])),
        ],
        [
          'value-missing',
          'state.not_found',
          (v) => modify('delete: description', `description: ${v.phrase()}`),
        ],
        [
          'value-syntax',
          'contract.value',
          (v) => modify('replace: telephoneNumber', `telephoneNumber: ü${v.word()}`),
        ],
        ['delete-missing', 'state.not_found', (v) => `ldapdelete ${admin} cn=${v.word()}x,ou=staff,dc=shop`],
        ['delete-parent', 'state.precondition', () => `ldapdelete ${admin} ou=staff,dc=shop`],
        ['file-missing', 'state.not_found', (v) => `ldapadd ${admin} -f ${v.path()}`],
        ['exists', 'state.conflict', (v) => person(admin, 'alan', `sn: ${v.word()}`)],
        ['required', 'contract.missing_param', (v) => person(admin, v.word())],
        ['denied', 'auth.denied', (v) => person(ada, v.word(), 'sn: b')],
      ]),
    }
  },
}
