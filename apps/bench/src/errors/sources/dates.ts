import { CronExpressionParser } from 'cron-parser'
import { DateTime, Duration, Settings } from 'luxon'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** A calendar: dates with Luxon, recurrences with cron-parser. */
export const dates: Source = {
  tool: 'dates',
  languages: ['en'],
  async open() {
    Settings.throwOnInvalid = true
    const on = (text: string, act: (text: string) => unknown) => ({
      input: { text },
      act: async () => act(text),
    })
    const cron = (text: string) => CronExpressionParser.parse(text)
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        ['unparsable', 'contract.value', (v) => on(v.phrase(), (text) => DateTime.fromISO(text))],
        [
          'unit-range',
          'contract.value',
          (v) => on(`2024-${v.integer(13, 60)}-10`, (text) => DateTime.fromISO(text)),
        ],
        [
          'unit-range',
          'contract.value',
          (v) => on(`2024-10-${v.integer(32, 60)}`, (text) => DateTime.fromISO(text)),
        ],
        ['format', 'contract.value', (v) => on(v.word(), (text) => DateTime.fromFormat(text, 'yyyy-MM-dd'))],
        [
          'zone',
          'contract.value',
          (v) => on(`${v.word()}/${v.word()}`, (zone) => DateTime.fromISO('2024-01-01', { zone })),
        ],
        ['unit', 'contract.value', (v) => on(`${v.word()}s`, (unit) => DateTime.now().plus({ [unit]: 1 }))],
        ['duration', 'contract.value', (v) => on(v.phrase(), (text) => Duration.fromISO(text))],
        [
          'week',
          'contract.value',
          (v) => on(`2024-W${v.integer(60, 99)}-1`, (text) => DateTime.fromISO(text)),
        ],
        ['cron-characters', 'contract.value', (v) => on(`${v.integer(1, 9)} ${v.word()} * * *`, cron)],
        ['cron-range', 'contract.value', (v) => on(`${v.integer(61, 99)} * * * *`, cron)],
        ['cron-many', 'contract.value', (v) => on(`* * * * * * ${v.integer(1, 9)} *`, cron)],
        ['cron-step', 'contract.value', (v) => on(`*/-${v.integer(1, 9)} * * * *`, cron)],
      ]),
    }
  },
}
