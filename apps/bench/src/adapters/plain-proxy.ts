// An HTTP proxy that reads nothing: what one more hop costs with Node alone, whatever is done there.
// usage: node plain-proxy.ts <port> <origin of the server>
import { Agent, createServer, request } from 'node:http'

const [port, server = ''] = process.argv.slice(2)
const { hostname, port: serverPort } = new URL(server)
const agent = new Agent({ keepAlive: true })

createServer((asked, answer) => {
  const { method, url, headers } = asked
  const passedOn = request({ hostname, port: serverPort, path: url, method, headers, agent }, (answered) => {
    answer.writeHead(answered.statusCode ?? 502, answered.headers)
    answered.pipe(answer)
  })
  passedOn.on('error', () => answer.destroy())
  asked.pipe(passedOn)
}).listen(Number(port), '127.0.0.1')
