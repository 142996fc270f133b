import { provocations, type Source } from '../provocation.ts'
import { pythonSession } from '../python-session.ts'

const PRELUDE = `
import jinja2, soupsieve
from bs4 import BeautifulSoup
from lxml import cssselect, etree
os.mkdir("templates")
templates = jinja2.Environment(loader=jinja2.FileSystemLoader("templates"))
schema = etree.XMLSchema(etree.XML("""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="order"><xs:complexType><xs:sequence>
<xs:element name="item" type="xs:string"/><xs:element name="size"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="small"/>
<xs:enumeration value="large"/></xs:restriction></xs:simpleType></xs:element></xs:sequence><xs:attribute name="id" use="required"/></xs:complexType></xs:element></xs:schema>"""))
page = etree.HTML("<p class='a'>b</p>")
def read_xml(text): etree.fromstring(text)
def open_xml(file): etree.parse(file)
def xpath(expression): page.xpath(expression)
def css(selector): page.cssselect(selector)
def select(selector): soupsieve.select(selector, BeautifulSoup("<p>a</p>", "html.parser"))
def check_order(xml): schema.assertValid(etree.fromstring(xml))
def make_element(tag, text=""): etree.Element(tag).text = text
def render_file(template, values): templates.get_template(template).render(values)
def render(template): templates.from_string(template)
def parse_html(text, parser): BeautifulSoup(text, parser)
def told(error):
    return f"{type(error).__module__}.{type(error).__name__}: {error}"
`

/** XML, HTML and templates: lxml, Beautiful Soup and Jinja. */
export const markup: Source = {
  tool: 'markup',
  languages: ['en'],
  async open({ dir }) {
    const modules = 'bs4, cssselect, jinja2, lxml, soupsieve'
    const { provoke, close } = await pythonSession(dir, { modules, prelude: PRELUDE })
    const xml = (text: string) => ({ tool: 'read_xml', text })
    const order = (id: string, ...parts: string[]) => ({
      tool: 'check_order',
      xml: `<order${id}>${parts.join('')}</order>`,
    })
    const [item, size] = ['<item>a</item>', '<size>small</size>']
    const render = (template: string) => ({ tool: 'render', template })
    return {
      close,
      provocations: provocations(provoke, [
        ['xml-tag', 'contract.value', (v) => xml(`<${v.word()}><item></${v.word()}>`)],
        ['xml-text', 'contract.value', (v) => xml(v.phrase())],
        ['xml-entity', 'contract.value', (v) => xml(`<a>&${v.word()};</a>`)],
        ['file', 'state.not_found', (v) => ({ tool: 'open_xml', file: v.path() })],
        ['xpath', 'contract.value', (v) => ({ tool: 'xpath', expression: `//${v.word()}[` })],
        ['css', 'contract.value', (v) => ({ tool: 'css', selector: `${v.word()}[[` })],
        ['select', 'contract.value', (v) => ({ tool: 'select', selector: `${v.word()} > ` })],
        ['order-attribute', 'contract.missing_param', () => order('', item, size)],
        ['order-child', 'contract.missing_param', () => order(' id="1"', item)],
        ['order-extra', 'contract.misnamed_param', (v) => order(` id="1" ${v.word()}="a"`, item, size)],
        ['order-size', 'contract.value', (v) => order(' id="1"', item, `<size>${v.word()}</size>`)],
        ['tag', 'contract.value', (v) => ({ tool: 'make_element', tag: v.phrase() })],
        ['text', 'contract.type', (v) => ({ tool: 'make_element', tag: 'a', text: v.integer(2, 99) })],
        [
          'template',
          'state.not_found',
          (v) => ({ tool: 'render_file', template: `${v.word()}.html`, values: {} }),
        ],
        ['template-end', 'contract.value', (v) => render(`{% if ${v.word()} %}a`)],
        ['template-tag', 'contract.value', (v) => render(`{% ${v.word()} %}`)],
        [
          'parser',
          'exec.dependency',
          (v) => ({ tool: 'parse_html', text: '<p>', parser: v.pick(['html5lib', 'html5']) }),
        ],
      ]),
    }
  },
}
