import { provocations, type Source } from '../provocation.ts'
import { pythonTool, TELL_RAISED } from '../python-tool.ts'

const PRELUDE = `
import ast, base64, binascii, colorsys, configparser, csv, decimal, fractions, ipaddress, json, plistlib, shutil, sqlite3, statistics, struct, tomllib, uuid, xml.etree.ElementTree as tree, zipfile, zoneinfo
import pathlib, os, socket, urllib.request, http.client, email.utils, unicodedata
from datetime import date, datetime
from dateutil import parser, rrule
def ini(text):
    one = configparser.ConfigParser()
    one.read_string(text)
    return one
${TELL_RAISED}`

/** A tool around what Python has for data: the text of the exception without a stack. */
export const pythonData: Source = {
  tool: 'python-data',
  languages: ['en'],
  async open({ dir }) {
    const provoke = await pythonTool(dir, { modules: 'dateutil, yaml', prelude: PRELUDE })
    return {
      close: () => {},
      provocations: provocations(provoke, [
        ['toml', 'contract.value', (v) => `tomllib.loads("${v.word()} = ${v.word()}")`],
        ['toml-twice', 'contract.value', (v) => `tomllib.loads("${v.word()}x = 1\\n[a]\\nb = 1\\n[a]")`],
        ['xml', 'contract.value', (v) => `tree.fromstring("<a><${v.word()}></a>")`],
        ['xml-empty', 'contract.value', (v) => `tree.fromstring("${v.phrase()}")`],
        ['json', 'parse.malformed_json', (v) => `json.loads("{${v.word()}}")`],
        ['ini-header', 'contract.value', (v) => `ini("${v.word()} = 1")`],
        ['ini-section', 'state.not_found', (v) => `ini("[a]\\nb = 1").get("${v.word()}", "b")`],
        ['ini-option', 'state.not_found', (v) => `ini("[a]\\nb = 1").get("a", "${v.word()}")`],
        ['ini-integer', 'contract.value', (v) => `ini("[a]\\nb = ${v.word()}").getint("a", "b")`],
        ['date-format', 'contract.value', (v) => `datetime.strptime("${v.word()}", "%Y-%m-%d")`],
        ['date-rest', 'contract.value', (v) => `datetime.strptime("2024-01-02 ${v.word()}", "%Y-%m-%d")`],
        ['date-range', 'contract.value', (v) => `date(2024, ${v.integer(13, 99)}, 1)`],
        ['date-day', 'contract.value', (v) => `date(2023, 2, ${v.integer(29, 31)})`],
        ['date-parser', 'contract.value', (v) => `parser.parse("${v.phrase()}")`],
        ['rule', 'contract.value', (v) => `rrule.rrulestr("FREQ=${v.word()}")`],
        ['time-zone', 'state.not_found', (v) => `zoneinfo.ZoneInfo("${v.word()}/${v.word()}")`],
        ['address', 'contract.value', (v) => `ipaddress.ip_address("${v.word()}")`],
        ['network', 'contract.value', (v) => `ipaddress.ip_network("10.0.0.${v.integer(2, 9)}/8")`],
        ['uuid', 'contract.value', (v) => `uuid.UUID("${v.word()}")`],
        ['base64', 'contract.value', (v) => `base64.b64decode("${v.word()}a=b", validate=True)`],
        ['hex', 'contract.value', (v) => `bytes.fromhex("${v.word()}")`],
        ['zip', 'contract.value', (v) => `zipfile.ZipFile("/etc/hostname").namelist()[${v.integer(2, 9)}]`],
        ['file-missing', 'state.not_found', (v) => `open("${v.path()}")`],
        ['file-denied', 'auth.denied', (v) => `open("/etc/${v.file()}", "w")`],
        ['folder-exists', 'state.conflict', (v) => `os.mkdir(${v.pick(["'/usr'", "'/etc'", "'/var'"])})`],
        [
          'copy-same',
          'state.conflict',
          (v) => `shutil.copy(${v.pick(["'/etc/group', '/etc/group'", "'/etc/hostname', '/etc/hostname'"])})`,
        ],
        ['decimal', 'contract.value', (v) => `fractions.Fraction("${v.word()}")`],
        ['mean', 'contract.value', (v) => `statistics.mean([][:${v.integer(2, 9)}])`],
        ['host', 'exec.unavailable', (v) => `socket.create_connection(("127.0.0.1", ${v.integer(2, 9)}))`],
        ['url-scheme', 'contract.value', (v) => `urllib.request.urlopen("${v.word()}://a/b")`],
        [
          'url-refused',
          'exec.unavailable',
          (v) => `urllib.request.urlopen("http://127.0.0.1:${v.integer(2, 9)}/${v.word()}")`,
        ],
        ['literal', 'contract.value', (v) => `ast.literal_eval("${v.word()}()")`],
        [
          'sql-table',
          'state.not_found',
          (v) => `sqlite3.connect(":memory:").execute("SELECT * FROM ${v.word()}s")`,
        ],
        [
          'sql-syntax',
          'contract.value',
          (v) => `sqlite3.connect(":memory:").execute("SELECT FROM ${v.word()}")`,
        ],
        ['codec', 'contract.value', (v) => `"a".encode("${v.word()}")`],
        ['character', 'contract.value', (v) => `unicodedata.lookup("${v.word()}")`],
      ]),
    }
  },
}
