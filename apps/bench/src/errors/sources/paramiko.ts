import { provocations, type Source } from '../provocation.ts'
import { pythonSession } from '../python-session.ts'

const PRELUDE = `
import logging, socket, threading
import paramiko
logging.getLogger("paramiko").addHandler(logging.NullHandler())
class Host(paramiko.ServerInterface):
    def get_allowed_auths(self, user): return "password"
    def check_auth_password(self, user, password):
        return paramiko.AUTH_SUCCESSFUL if password == "secret" else paramiko.AUTH_FAILED
    def check_channel_request(self, kind, channel):
        return paramiko.OPEN_SUCCEEDED if kind == "session" else paramiko.OPEN_FAILED_ADMINISTRATIVELY_PROHIBITED
    def check_channel_exec_request(self, channel, command): return True
class Files(paramiko.SFTPServerInterface):
    def open(self, path, flags, attributes):
        try: os.close(os.open(path, flags))
        except OSError as error: return paramiko.SFTPServer.convert_errno(error.errno)
        return paramiko.SFTP_OP_UNSUPPORTED
    def stat(self, path):
        try: return paramiko.SFTPAttributes.from_stat(os.stat(path))
        except OSError as error: return paramiko.SFTPServer.convert_errno(error.errno)
hostkey = paramiko.ECDSAKey.generate()
door = socket.socket()
door.bind(("127.0.0.1", 0))
door.listen()
def serve():
    while True:
        server = paramiko.Transport(door.accept()[0])
        server.add_server_key(hostkey)
        server.set_subsystem_handler("sftp", paramiko.SFTPServer, Files)
        server.start_server(server=Host())
threading.Thread(target=serve, daemon=True).start()
def connect(host="127.0.0.1", port=None, password="secret", **more):
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    client.connect(host, port or door.getsockname()[1], "ada", password, allow_agent=False, look_for_keys=False, **more)
    return client
open_client = connect()
files = open_client.open_sftp()
open("notes.txt", "w").write("a")
open("broken.pem", "w").write("-----BEGIN RSA PRIVATE KEY-----\\nabc\\n-----END RSA PRIVATE KEY-----\\n")
def run(command, timeout=0.2): open_client.exec_command(command, timeout=timeout)[1].read()
def download(path, to="copy"): files.get(path, to)
def upload(path, to): files.put(path, to)
def load_key(file): paramiko.RSAKey.from_private_key_file(file)
def forward(host, port): open_client.get_transport().open_channel("direct-tcpip", (host, port), ("127.0.0.1", 0))
def told(error):
    return f"{type(error).__name__}: {error}"
`

/** SSH and SFTP by paramiko, with its own server. */
export const paramiko: Source = {
  tool: 'paramiko',
  languages: ['en'],
  async open({ dir }) {
    const { provoke, close } = await pythonSession(dir, { modules: 'paramiko', prelude: PRELUDE })
    return {
      close,
      provocations: provocations(provoke, [
        ['refused', 'exec.unavailable', (v) => ({ tool: 'connect', port: v.integer(2, 9) })],
        ['host', 'exec.unavailable', (v) => ({ tool: 'connect', host: `${v.word()}.invalid` })],
        ['password', 'auth.denied', (v) => ({ tool: 'connect', password: v.word() })],
        ['option', 'contract.misnamed_param', (v) => ({ tool: 'connect', [`${v.word()}_x`]: v.word() })],
        ['key-file', 'state.not_found', (v) => ({ tool: 'load_key', file: v.path() })],
        [
          'key-text',
          'contract.value',
          (v) => ({ tool: 'load_key', file: v.pick(['notes.txt', '/etc/hostname']) }),
        ],
        ['key-broken', 'contract.value', () => ({ tool: 'load_key', file: 'broken.pem' })],
        ['key-denied', 'auth.denied', () => ({ tool: 'load_key', file: '/etc/shadow' })],
        ['late', 'exec.timeout', (v) => ({ tool: 'run', command: `cat ${v.file()}` })],
        ['no-command', 'contract.missing_param', () => ({ tool: 'run' })],
        [
          'forward',
          'auth.denied',
          (v) => ({ tool: 'forward', host: `${v.word()}.internal`, port: v.integer(2, 99) }),
        ],
        ['download', 'state.not_found', (v) => ({ tool: 'download', path: v.path() })],
        ['upload-none', 'state.not_found', (v) => ({ tool: 'upload', path: v.file(), to: '/tmp/a' })],
        [
          'upload-denied',
          'auth.denied',
          (v) => ({ tool: 'upload', path: 'notes.txt', to: `/etc/${v.file()}` }),
        ],
      ]),
    }
  },
}
