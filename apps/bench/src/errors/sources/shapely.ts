import { provocations, type Source } from '../provocation.ts'
import { pythonSession } from '../python-session.ts'

const PRELUDE = `
from shapely import affinity, geometry, ops, wkt
def from_text(text): wkt.loads(text)
def from_json(**value): geometry.shape(value).wkt
def point(*values, **more): geometry.Point(*more.get("at", values)).wkt
def polygon(corners, **more): geometry.Polygon(corners, **more).wkt
def buffer(**options): geometry.Point(0, 0).buffer(**options)
def intersection(a, b): wkt.loads(a).intersection(wkt.loads(b))
def rotate(text, **options): affinity.rotate(wkt.loads(text), **options)
def transform(text, matrix): affinity.affine_transform(wkt.loads(text), matrix)
def merge(text): ops.linemerge(wkt.loads(text))
def split(a, b): ops.split(wkt.loads(a), wkt.loads(b))
def told(error): return f"{type(error).__name__}: {error}"
`

/** Shapes on a map by Shapely. */
export const shapely: Source = {
  tool: 'shapely',
  languages: ['en'],
  async open({ dir }) {
    const { provoke, close } = await pythonSession(dir, { modules: 'shapely', prelude: PRELUDE })
    const square = 'POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))'
    return {
      close,
      provocations: provocations(provoke, [
        [
          'text-word',
          'contract.value',
          (v) => ({ tool: 'from_text', text: `${v.word().toUpperCase()} (1 2)` }),
        ],
        ['text-type', 'contract.type', (v) => ({ tool: 'from_text', text: v.integer(2, 99) })],
        ['json-type', 'contract.value', (v) => ({ tool: 'from_json', type: v.word(), coordinates: [1, 2] })],
        ['point-text', 'contract.type', (v) => ({ tool: 'point', at: [v.word(), v.integer(2, 9)] })],
        [
          'few-corners',
          'contract.value',
          (v) => ({
            tool: 'polygon',
            corners: [
              [0, 0],
              [v.integer(2, 9), 1],
            ],
          }),
        ],
        ['no-argument', 'contract.missing_param', () => ({ tool: 'polygon' })],
        ['option', 'contract.misnamed_param', (v) => ({ tool: 'buffer', distance: 1, [`${v.word()}_x`]: 1 })],
        [
          'crossed',
          'contract.value',
          (v) => ({
            tool: 'intersection',
            a: `POLYGON ((0 0, ${v.integer(2, 9)} 2, 2 0, 0 2, 0 0))`,
            b: square,
          }),
        ],
        ['origin', 'contract.value', (v) => ({ tool: 'rotate', text: square, angle: 9, origin: v.word() })],
        [
          'matrix',
          'contract.value',
          (v) => ({ tool: 'transform', text: square, matrix: [1, v.integer(2, 9)] }),
        ],
        ['merge', 'contract.value', (v) => ({ tool: 'merge', text: `POINT (${v.integer(2, 9)} 2)` })],
        ['split', 'contract.value', (v) => ({ tool: 'split', a: `POINT (${v.integer(2, 9)} 2)`, b: square })],
      ]),
    }
  },
}
