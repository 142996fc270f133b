import { provocations, type Source } from '../provocation.ts'
import { pythonCommand } from '../python-command.ts'

const MAIN = `
import logging
from compose.cli.main import main as compose
def main(args, printed):
    logging.getLogger().handlers.clear()
    sys.argv = ["docker-compose", *args]
    compose()
`

/** Services described for Docker Compose, where no Docker answers. */
export const dockerCompose: Source = {
  tool: 'docker-compose',
  languages: ['en'],
  async open({ dir }) {
    const { provoke, close } = await pythonCommand(dir, { modules: 'compose', main: MAIN })
    const compose = (args: string, ...lines: string[]) => ({
      command: `docker-compose -f - ${args}`,
      input: ['version: "3.8"', 'services:', '  web:', '    image: shop', ...lines].join('\n'),
    })
    const config = (...lines: string[]) => compose('config', ...lines)
    return {
      close,
      provocations: provocations(provoke, [
        ['file', 'state.not_found', (v) => `docker-compose -f ${v.path()} config`],
        ['no-file', 'state.not_found', () => 'docker-compose config'],
        ['yaml', 'contract.value', (v) => config(`    ports: [${v.word()}`)],
        ['option', 'contract.misnamed_param', (v) => config(`    ${v.word()}s: 1`)],
        ['top-key', 'contract.misnamed_param', (v) => config(`${v.word()}s:`, '  a: 1')],
        ['type-list', 'contract.type', (v) => config(`    ports: ${v.word()}`)],
        ['volume', 'state.not_found', (v) => config(`    volumes: ["${v.word()}:/data"]`)],
        ['depends', 'state.not_found', (v) => config(`    depends_on: [${v.word()}s]`)],
        ['image', 'contract.missing_param', (v) => config(`  ${v.word()}:`, '    hostname: a')],
        [
          'variable',
          'contract.missing_param',
          (v) => config(`    hostname: "\${${v.word().toUpperCase()}_X:?not set}"`),
        ],
        ['interpolation', 'contract.value', (v) => config(`    hostname: "\${${v.word()}"`)],
        ['env-file', 'state.not_found', (v) => config(`    env_file: ${v.path()}`)],
        [
          'version',
          'contract.value',
          (v) => ({
            command: 'docker-compose -f - config',
            input: `version: "${v.integer(10, 99)}"\nservices: {}`,
          }),
        ],
        [
          'circle',
          'contract.value',
          (v) => config('    depends_on: [b]', '  b:', `    image: ${v.word()}`, '    depends_on: [web]'),
        ],
        ['command', 'exec.dependency', (v) => compose(`${v.word()}s`)],
        [
          'daemon',
          'exec.unavailable',
          (v) => ({
            ...compose('ps'),
            command: `docker-compose -H tcp://127.0.0.1:${v.integer(2, 9)} -f - ps`,
          }),
        ],
      ]),
    }
  },
}
