import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

const SCHEMA = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:element name="order"><xs:complexType>
<xs:sequence><xs:element name="item"/><xs:element name="size" minOccurs="0"><xs:simpleType>
<xs:restriction base="xs:string"><xs:enumeration value="S"/><xs:enumeration value="L"/></xs:restriction>
</xs:simpleType></xs:element></xs:sequence>
<xs:attribute name="number" use="required"/>
</xs:complexType></xs:element></xs:schema>`

const SHEET = `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:template match="/"><out/></xsl:template></xsl:stylesheet>`

/** XML read, checked, asked and transformed: xmllint, xsltproc and XMLStarlet. */
export const xml: Source = {
  tool: 'xml',
  languages: ['en'],
  async open({ dir, language }) {
    for (const name of ['xmllint', 'xsltproc', 'xmlstarlet']) program(name)
    await requireLocale(language, dir)
    await writeFile(join(dir, 'order.xsd'), SCHEMA)
    await writeFile(join(dir, 'sheet.xsl'), SHEET)
    await writeFile(join(dir, 'order.xml'), '<order number="1"><item/></order>')
    const checked = (text: string) => `echo '${text}' | xmllint --noout --schema order.xsd -`
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['lint-missing', 'state.not_found', (v) => `xmllint --noout ${v.path()}`],
        [
          'lint-end-tag',
          'contract.value',
          (v) => `echo '<${v.word()}><${v.word()}x></a>' | xmllint --noout -`,
        ],
        ['lint-text', 'contract.value', (v) => `echo '${v.phrase()}' | xmllint --noout -`],
        ['lint-quote', 'contract.value', (v) => `echo '<a ${v.word()}=${v.word()}/>' | xmllint --noout -`],
        ['lint-option', 'exec.dependency', (v) => `xmllint --${v.word()}s order.xml 2>&1 | head -1; exit 1`],
        ['xpath-syntax', 'contract.value', (v) => `xmllint --xpath '//${v.word()}[' order.xml`],
        ['xpath-nothing', 'result.empty', (v) => `xmllint --xpath '//${v.word()}' order.xml`],
        ['schema-child', 'contract.missing_param', (v) => checked(`<order number="${v.integer(2, 99)}"/>`)],
        [
          'schema-attribute',
          'contract.missing_param',
          (v) => checked(`<order><item>${v.word()}</item></order>`),
        ],
        [
          'schema-extra',
          'contract.misnamed_param',
          (v) => checked(`<order number="1" ${v.word()}="1"><item/></order>`),
        ],
        [
          'schema-enum',
          'contract.value',
          (v) => checked(`<order number="1"><item/><size>${v.word()}</size></order>`),
        ],
        ['schema-missing', 'state.not_found', (v) => `xmllint --noout --schema ${v.path()} order.xml`],
        ['sheet-missing', 'state.not_found', (v) => `xsltproc ${v.path()} order.xml`],
        ['sheet-denied', 'auth.denied', (v) => `xsltproc -o /etc/${v.file()} sheet.xsl order.xml; false`],
        ['select-xpath', 'contract.value', (v) => `xmlstarlet sel -t -v '//${v.word()}[[' order.xml`],
        ['xpath-function', 'contract.value', (v) => `xmlstarlet sel -t -v '${v.word()}x(1)' order.xml`],
      ]),
    }
  },
}
