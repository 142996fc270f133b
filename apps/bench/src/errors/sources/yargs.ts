import yargs from 'yargs'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** A command line that yargs reads. */
export const yargsTool: Source = {
  tool: 'yargs',
  languages: ['en'],
  async open() {
    const on = (...args: string[]) => ({
      input: { args },
      act: async () => {
        await yargs(args)
          .exitProcess(false)
          .fail((message, error) => {
            throw error ?? new Error(message)
          })
          .command('order <item>', 'orders', (of) =>
            of
              .option('count', { type: 'number', requiresArg: true })
              .option('size', { choices: ['small', 'large'] as const })
              .option('town', { demandOption: true, type: 'string' })
              .option('fast', { type: 'boolean', conflicts: 'slow' })
              .option('slow', { type: 'boolean' })
              .option('street', { type: 'string', implies: 'number' }),
          )
          .demandCommand(1)
          .strict()
          .parseAsync()
      },
    })
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        ['command-missing', 'contract.missing_param', (v) => on(`--${v.pick(['fast', 'slow'])}`)],
        ['option-missing', 'contract.missing_param', (v) => on('order', v.word())],
        [
          'option-unknown',
          'contract.misnamed_param',
          (v) => on('order', v.word(), '--town', 'a', `--${v.name()}x`, v.word()),
        ],
        ['choice', 'contract.value', (v) => on('order', v.word(), '--town', 'a', '--size', v.word())],
        ['value-missing', 'contract.missing_param', (v) => on('order', v.word(), '--town', 'a', '--count')],
        ['conflict', 'contract.value', (v) => on('order', v.word(), '--town', 'a', '--fast', '--slow')],
        [
          'implied',
          'contract.missing_param',
          (v) => on('order', v.word(), '--town', 'a', '--street', v.word()),
        ],
      ]),
    }
  },
}
