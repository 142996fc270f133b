import { parse as parseCsv } from 'csv-parse/sync'
import { XMLParser } from 'fast-xml-parser'
import { parse as parseToml } from 'smol-toml'
import { parse as parseYaml } from 'yaml'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** Tools that read YAML, TOML, CSV and XML which the model wrote. What is wrong in a text is wrong in the value. */
export const dataFormats: Source = {
  tool: 'data-formats',
  languages: ['en'],
  async open() {
    const on = (text: string, act: (text: string) => unknown) => ({
      input: { text },
      act: async () => act(text),
    })
    const xml = new XMLParser()
    const readXml = (text: string) => xml.parse(text, true)
    const readCsv = (text: string) => parseCsv(text, { columns: true })
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        [
          'yaml-duplicate',
          'contract.value',
          (v) => {
            const n = v.name()
            return on(`${n}: 1\n${n}: ${v.integer(2, 9)}\n`, parseYaml)
          },
        ],
        ['yaml-list-end', 'contract.value', (v) => on(`${v.name()}: [${v.word()}, ${v.word()}\n`, parseYaml)],
        ['yaml-quote-end', 'contract.value', (v) => on(`${v.name()}: "${v.phrase()}\n`, parseYaml)],
        ['yaml-nested', 'contract.value', (v) => on(`${v.name()}: ${v.word()}: ${v.word()}\n`, parseYaml)],
        ['yaml-tab', 'contract.value', (v) => on(`${v.word()}:\n\t${v.word()}: 1\n`, parseYaml)],
        ['yaml-alias', 'contract.value', (v) => on(`${v.name()}: *${v.word()}\n`, parseYaml)],
        [
          'toml-duplicate',
          'contract.value',
          (v) => {
            const n = v.name()
            return on(`${n} = 1\n${n} = ${v.integer(2, 9)}\n`, parseToml)
          },
        ],
        ['toml-value', 'contract.value', (v) => on(`${v.name()} = ${v.word()}\n`, parseToml)],
        ['toml-no-equals', 'contract.value', (v) => on(`${v.name()}: 1\n`, parseToml)],
        ['toml-string-end', 'contract.value', (v) => on(`${v.name()} = "${v.phrase()}\n`, parseToml)],
        ['toml-date', 'contract.value', (v) => on(`${v.name()} = 2024-${v.integer(13, 60)}-10\n`, parseToml)],
        [
          'csv-columns',
          'contract.value',
          (v) => on(`a,b\n${v.word()},${v.word()},${v.integer(1, 9)}\n`, readCsv),
        ],
        ['csv-quote-end', 'contract.value', (v) => on(`a,b\n"${v.word()},${v.word()}\n`, readCsv)],
        ['csv-quote', 'contract.value', (v) => on(`a,b\n${v.word()}"${v.word()}",1\n`, readCsv)],
        ['xml-tag-mismatch', 'contract.value', (v) => on(`<${v.word()}x><a>1</b></${v.word()}y>`, readXml)],
        ['xml-tag-end', 'contract.value', (v) => on(`<a><${v.word()}>`, readXml)],
        ['xml-attribute', 'contract.value', (v) => on(`<a ${v.word()}=${v.integer(1, 9)}></a>`, readXml)],
        ['xml-text', 'contract.value', (v) => on(v.phrase(), readXml)],
      ]),
    }
  },
}
