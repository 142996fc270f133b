import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'
import { program, shellTool } from '../shell.ts'

/** The npm command line, against a registry of this machine that has nothing. */
export const npm: Source = {
  tool: 'npm',
  languages: ['en'],
  async open({ dir, language }) {
    program('npm')
    const registry = await localServer((request, response) => {
      const status = request.url?.includes('locked') ? 401 : 404
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"error":"not found"}')
    })
    const flags = `--registry=${registry.url} --no-audit --no-fund --no-update-notifier --fetch-retries=0 --cache=${dir}/cache`
    const manifest = (json: string) => `cd "$(mktemp -d)"; echo '${json}' > package.json;`
    return {
      close: registry.close,
      provocations: provocations(shellTool(dir, language), [
        [
          'not-found',
          'state.not_found',
          (v) => `${manifest('{}')} npm install ${v.word()}-${v.word()} ${flags}`,
        ],
        ['unauthorized', 'auth.denied', (v) => `${manifest('{}')} npm install locked-${v.word()} ${flags}`],
        [
          'script-missing',
          'state.not_found',
          (v) => `${manifest('{"name":"a","scripts":{"lint":"true"}}')} npm run ${v.word()} ${flags}`,
        ],
        ['no-manifest', 'state.not_found', (v) => `cd "$(mktemp -d)"; npm run ${v.word()} ${flags}`],
        [
          'manifest-json',
          'parse.malformed_json',
          (v) => `${manifest(`{"name": ${v.word()}}`)} npm install ${flags}`,
        ],
        ['command', 'exec.dependency', (v) => `npm ${v.word()}s ${flags}`],
        [
          'version',
          'contract.value',
          (v) => `${manifest(`{"name":"a","version":"1.0.0"}`)} npm version ${v.word()} ${flags}`,
        ],
        [
          'refused',
          'exec.unavailable',
          (v) =>
            `${manifest('{}')} npm install ${v.word()} ${flags} --registry=http://127.0.0.1:${v.integer(2, 6)}`,
        ],
        [
          'lock-missing',
          'state.precondition',
          (v) => `${manifest(`{"name":"${v.word()}"}`)} npm ci ${flags}`,
        ],
        ['folder-missing', 'state.not_found', (v) => `${manifest('{}')} npm install ./${v.word()} ${flags}`],
      ]),
    }
  },
}
