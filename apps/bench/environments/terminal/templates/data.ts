import { isDeepStrictEqual } from 'node:util'
import { bash, look, pickOf, readFile, runPython, type TerminalTemplate } from '../template.ts'

const csvPrice: TerminalTemplate = {
  name: 'price in a CSV file',
  split: 'train',
  make(variant) {
    const item = pickOf(['Lamp, tall', 'Chair', 'Desk, "oak"'], variant)
    const price = pickOf([49, 120, 310], variant)
    const rows = [
      ['Chair', 80],
      ['Lamp, tall', 35],
      ['Desk, "oak"', 290],
      ['Shelf', 60],
    ] as const
    const quoted = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
    const csv = (own: (name: string, old: number) => number) =>
      `item,price\n${rows.map(([name, old]) => `${quoted(name)},${own(name, old)}`).join('\n')}\n`
    const code = `import csv
rows = list(csv.reader(open("prices.csv", newline="")))
for row in rows:
    if row[0] == ${JSON.stringify(item)}:
        row[1] = "${price}"
csv.writer(open("prices.csv", "w", newline=""), lineterminator="\\n").writerows(rows)
`
    return {
      request: `In prices.csv, set the price of ${item} to ${price}; all else stays.`,
      files: { 'prices.csv': csv((_, old) => old) },
      solution: [readFile('prices.csv', 20), runPython(code), look(bash('cat prices.csv'))],
      isDone: ({ read }) => read('prices.csv') === csv((name, old) => (name === item ? price : old)),
    }
  },
}

const jsonSetting: TerminalTemplate = {
  name: 'setting in a JSON file',
  split: 'test',
  make(variant) {
    const port = pickOf([8081, 9090, 4430], variant)
    const host = pickOf(['alpha.test', 'beta.test', 'gamma.test'], variant)
    const start = { server: { host, port: 8000, tls: false }, tags: ['a', 'b'], retries: variant }
    const wanted = { ...start, server: { ...start.server, port, tls: true } }
    const code = `import json
config = json.load(open("etc/config.json"))
config["server"].update(port=${port}, tls=True)
json.dump(config, open("etc/config.json", "w"), indent=2)
`
    return {
      request: `In etc/config.json, set the server's port to ${port} and turn tls on; all else stays.`,
      files: { 'etc/config.json': `${JSON.stringify(start, null, 2)}\n` },
      solution: [readFile('etc/config.json', 40), runPython(code), look(bash('cat etc/config.json'))],
      isDone: ({ read }) => isDeepStrictEqual(jsonOf(read('etc/config.json')), wanted),
    }
  },
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

/** Far more lines than a result shows. */
function logOf(variant: number): { text: string; timeouts: number; last: string } {
  const lines: string[] = []
  let timeouts = 0
  let last = ''
  for (let index = 0; index < 900; index++) {
    const id = `req-${1000 + index * 7 + variant}`
    const kind =
      (index * (variant + 3)) % 17 === 5 ? 'timeout' : (index * 5 + variant) % 23 === 0 ? 'refused' : 'ok'
    if (kind === 'timeout') timeouts++
    if (kind === 'refused') last = id
    lines.push(`2026-02-0${1 + (index % 9)} ${id} ${kind} ${(index * 31) % 500}ms`)
  }
  return { text: `${lines.join('\n')}\n`, timeouts, last }
}

const countInLog: TerminalTemplate = {
  name: 'count in a long log',
  split: 'train',
  make(variant) {
    const { text, timeouts } = logOf(variant)
    const name = pickOf(['gateway', 'worker', 'mailer'], variant)
    return {
      request: `How many requests timed out, according to logs/${name}.log? Write the number to count.txt.`,
      files: { [`logs/${name}.log`]: text },
      solution: [
        readFile(`logs/${name}.log`, 50),
        bash(`grep -c timeout logs/${name}.log > count.txt`),
        look(bash('cat count.txt')),
      ],
      isDone: ({ read }) => read('count.txt')?.trim() === String(timeouts),
    }
  },
}

const lastInLog: TerminalTemplate = {
  name: 'last of its kind in a long log',
  split: 'test',
  make(variant) {
    const { text, last } = logOf(variant + 1)
    return {
      request: 'Which request of access.log was the last one refused? Write its id (req-…) to id.txt.',
      files: { 'access.log': text },
      solution: [
        readFile('access.log', 50),
        bash("grep refused access.log | tail -n 1 | cut -d ' ' -f 2 > id.txt"),
        look(bash('cat id.txt')),
      ],
      isDone: ({ read }) => read('id.txt')?.trim() === last,
    }
  },
}

export const dataTemplates: readonly TerminalTemplate[] = [csvPrice, jsonSetting, countInLog, lastInLog]
