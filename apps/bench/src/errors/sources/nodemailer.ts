import { createServer } from 'node:net'
import mailer from 'nodemailer'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { functionProvocations } from '../function-tool.ts'
import { localServer } from '../local-server.ts'
import type { Source } from '../provocation.ts'

type Settings = Readonly<Record<string, unknown>>

/** Mail sent with Nodemailer to a server of its family. */
export const nodemailer: Source = {
  tool: 'nodemailer',
  languages: ['en'],
  async open() {
    const smtp = async (options: SMTPServerOptions) => {
      const server = new SMTPServer({
        size: 2_000,
        hideSTARTTLS: true,
        allowInsecureAuth: true,
        onData: (stream, _, done) => stream.on('end', done).resume(),
        ...options,
      })
      server.on('error', () => {})
      const { port } = await new Promise<{ port: number }>((resolve) => {
        const listening = server.listen(0, '127.0.0.1', () =>
          resolve(listening.address() as { port: number }),
        )
      })
      return { port, close: () => new Promise<void>((resolve) => server.close(() => resolve())) }
    }
    const opened = await smtp({ authOptional: true, disabledCommands: ['AUTH'] })
    const guarded = await smtp({ onAuth: (_, __, done) => done(null, {}) })
    const pages = await localServer((request, response) =>
      response.writeHead(Number(request.url?.slice(1, 4))).end('x'),
    )
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port: silentPort } = silent.address() as { port: number }
    const deliver = (settings: Settings, mail: Settings) =>
      mailer
        .createTransport({ host: '127.0.0.1', port: opened.port, ...settings })
        .sendMail({ from: 'a@b.test', to: 'c@d.test', text: 'x', ...mail })
    const functions = {
      send: (mail: Settings) => deliver({}, mail),
      sendTo: (port: number, subject: string) => deliver({ port }, { subject }),
      sendToHost: (host: string, subject: string) => deliver({ host }, { subject }),
      sendAs: (user: string, pass: string) => deliver({ port: guarded.port, auth: { user, pass } }, {}),
      sendBy: (method: string, user: string) =>
        deliver({ port: guarded.port, authMethod: method, auth: { user, pass: 'x' } }, {}),
      sendGuarded: (subject: string) => deliver({ port: guarded.port }, { subject }),
      sendWithin: (greetingTimeout: number, subject: string) =>
        deliver({ port: silentPort, greetingTimeout }, { subject }),
      sendThrough: (proxy: string, subject: string) => deliver({ proxy }, { subject }),
      sendNoFiles: (path: string) => deliver({}, { attachments: [{ path }], disableFileAccess: true }),
      attachPage: (status: number, name: string) =>
        deliver({}, { attachments: [{ href: `${pages.url}/${status}/${name}` }] }),
    }
    return {
      close: async () => {
        silent.close()
        await Promise.all([opened.close(), guarded.close(), pages.close()])
      },
      provocations: functionProvocations(functions, [
        ['no-recipients', 'contract.missing_param', (v) => ['send', { to: '', subject: v.phrase() }]],
        ['recipient', 'contract.value', (v) => ['send', { to: `${v.word()}@${v.word()}..test` }]],
        [
          'size',
          'result.oversize',
          (v) => ['send', { envelope: { from: 'a@b.test', to: 'c@d.test', size: v.integer(3_000, 90_000) } }],
        ],
        ['attachment', 'state.not_found', (v) => ['send', { attachments: [{ path: v.path() }] }]],
        [
          'attachment-folder',
          'contract.value',
          (v) => ['send', { attachments: [{ path: v.pick(['/etc', '/usr', '/var']) }] }],
        ],
        ['page', 'state.not_found', (v) => ['attachPage', 404, v.file()]],
        ['page-denied', 'auth.denied', (v) => ['attachPage', 403, v.file()]],
        ['file-access', 'auth.denied', (v) => ['sendNoFiles', v.path()]],
        ['password', 'auth.denied', (v) => ['sendAs', v.name(), v.id()]],
        ['no-login', 'auth.denied', (v) => ['sendGuarded', v.phrase()]],
        ['method', 'contract.value', (v) => ['sendBy', v.word().toUpperCase(), v.name()]],
        ['refused', 'exec.unavailable', (v) => ['sendTo', v.integer(2, 9), v.phrase()]],
        ['resolve', 'exec.unavailable', (v) => ['sendToHost', `${v.word()}.invalid`, v.phrase()]],
        ['silent', 'exec.timeout', (v) => ['sendWithin', v.integer(60, 150), v.phrase()]],
        ['proxy', 'exec.dependency', (v) => ['sendThrough', `socks5://${v.word()}.invalid:1080`, v.phrase()]],
      ]),
    }
  },
}
