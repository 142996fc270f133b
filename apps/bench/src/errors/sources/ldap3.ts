import { provocations, type Source } from '../provocation.ts'
import { pythonSession } from '../python-session.ts'

const PRELUDE = `
import ldap3
directory = ldap3.Server("directory", get_info=ldap3.OFFLINE_SLAPD_2_4)
def connection(user, password):
    one = ldap3.Connection(directory, user=user, password=password, client_strategy=ldap3.MOCK_SYNC, raise_exceptions=True)
    one.strategy.add_entry("cn=admin,dc=example", {"userPassword": "secret", "sn": "a", "objectClass": "person"})
    one.strategy.add_entry("ou=staff,dc=example", {"ou": "staff", "objectClass": "organizationalUnit"})
    one.strategy.add_entry("cn=ada,ou=staff,dc=example", {"cn": "ada", "sn": "Byron", "objectClass": "person", "mail": "ada@example"})
    return one
bound = connection("cn=admin,dc=example", "secret")
bound.bind()
def bind(user, password): connection(user, password).bind()
def open(host, port):
    ldap3.Connection(ldap3.Server(host, port=port, connect_timeout=1)).bind()
def search(base, filter, scope="SUBTREE", attributes=["cn"]): bound.search(base, filter, scope, attributes=attributes)
def add(dn, attributes): bound.add(dn, ["person"], attributes)
def delete(dn): bound.delete(dn)
def modify(dn, attribute, operation, values): bound.modify(dn, {attribute: [(operation, values)]})
`

/** A directory by ldap3, which answers from memory as an LDAP server does. */
export const ldap3: Source = {
  tool: 'ldap3',
  languages: ['en'],
  async open({ dir }) {
    const { provoke, close } = await pythonSession(dir, { modules: 'ldap3', prelude: PRELUDE })
    const person = (v: { word(): string }) => `cn=${v.word()},ou=staff,dc=example`
    const ada = 'cn=ada,ou=staff,dc=example'
    const search = (filter: string, more = {}) => ({ tool: 'search', base: 'dc=example', filter, ...more })
    return {
      close,
      provocations: provocations(provoke, [
        [
          'password',
          'auth.denied',
          (v) => ({ tool: 'bind', user: 'cn=admin,dc=example', password: v.word() }),
        ],
        [
          'no-password',
          'contract.missing_param',
          () => ({ tool: 'bind', user: 'cn=admin,dc=example', password: null }),
        ],
        ['refused', 'exec.unavailable', (v) => ({ tool: 'open', host: '127.0.0.1', port: v.integer(2, 9) })],
        ['delete-none', 'state.not_found', (v) => ({ tool: 'delete', dn: person(v) })],
        [
          'modify-none',
          'state.not_found',
          (v) => ({
            tool: 'modify',
            dn: person(v),
            attribute: 'sn',
            operation: 'MODIFY_REPLACE',
            values: ['a'],
          }),
        ],
        ['add-twice', 'state.conflict', (v) => ({ tool: 'add', dn: ada, attributes: { sn: v.word() } })],
        ['filter', 'contract.value', (v) => search(`(cn=${v.word()}`)],
        ['scope', 'contract.value', (v) => search('(cn=*)', { scope: v.word().toUpperCase() })],
      ]),
    }
  },
}
