import { Argument, Command, Option } from 'commander'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** A command line that Commander reads; what it prints is what it throws. */
export const commanderTool: Source = {
  tool: 'commander',
  languages: ['en'],
  async open() {
    const on = (...args: string[]) => ({
      input: { args },
      act: async () => {
        const quiet = { writeErr: () => {}, writeOut: () => {} }
        const order = new Command('order')
          .argument('<item>')
          .option('-p, --port <number>', 'a port')
          .addOption(new Option('-s, --size <size>').choices(['small', 'large']))
          .addOption(new Option('--fast').conflicts('slow'))
          .option('--slow')
        const ship = new Command('ship')
          .requiredOption('-t, --to <town>')
          .addArgument(new Argument('<kind>').choices(['air', 'sea']))
        for (const one of [order, ship])
          one
            .exitOverride()
            .configureOutput(quiet)
            .action(() => {})
        const shop = new Command('shop').exitOverride().configureOutput(quiet)
        shop.addCommand(order)
        shop.addCommand(ship)
        await shop.parseAsync(args, { from: 'user' })
      },
    })
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        [
          'argument-missing',
          'contract.missing_param',
          (v) => on('order', '--port', String(v.integer(2, 99))),
        ],
        ['option-missing', 'contract.missing_param', (v) => on('ship', v.pick(['air', 'sea']))],
        ['option-value-missing', 'contract.missing_param', (v) => on('order', v.word(), '--port')],
        ['option-unknown', 'exec.dependency', (v) => on('order', v.word(), `--${v.word()}s`)],
        ['command-unknown', 'exec.dependency', (v) => on(`${v.word()}x`)],
        ['too-many', 'contract.value', (v) => on('order', v.word(), v.word(), v.word())],
        ['choice', 'contract.value', (v) => on('order', v.word(), '--size', v.word())],
        ['argument-choice', 'contract.value', (v) => on('ship', v.word(), '--to', v.word())],
        ['conflict', 'contract.value', (v) => on('order', v.word(), '--fast', '--slow')],
      ]),
    }
  },
}
