import { provocations, type Source } from '../provocation.ts'
import { pythonSession } from '../python-session.ts'
import type { Vary } from '../vary.ts'

const PRELUDE = `
import warnings
warnings.simplefilter("ignore")
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plot
import networkx, numpy, sympy
from scipy import optimize
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
ready = LogisticRegression().fit([[1, 2], [3, 4]], [0, 1])
roads = networkx.Graph([("Turin", "Milan"), ("Milan", "Venice")])
def fit(rows, labels, **options): LogisticRegression(**options).fit(rows, labels)
def predict(rows, model="ready"): (ready if model == "ready" else LogisticRegression()).predict(rows)
def cluster(rows, count): KMeans(n_clusters=count, n_init=1).fit(rows)
def nearest(rows, labels, count): KNeighborsClassifier(n_neighbors=count).fit(rows, labels).predict(rows)
def set_option(**options): LogisticRegression().set_params(**options)
def chart(x, y, to="chart.png", **style):
    plot.close()
    plot.plot(x, y, **style)
    plot.savefig(to)
def heat_map(rows, colours): plot.imshow(rows, cmap=colours)
def solve(a, b): numpy.linalg.solve(a, b)
def root(expression, low, high):
    optimize.brentq(sympy.lambdify("x", sympy.sympify(expression)), low, high)
def simplify(expression): sympy.simplify(expression)
def neighbours(city): list(roads.neighbors(city))
def route(start, end): networkx.shortest_path(roads, start, end)
`

/** Models, charts and sums: scikit-learn, Matplotlib, NumPy, SciPy, SymPy and NetworkX. */
export const dataScience: Source = {
  tool: 'data-science',
  languages: ['en'],
  async open({ dir }) {
    const modules = 'matplotlib, networkx, numpy, scipy, sklearn, sympy'
    const { provoke, close } = await pythonSession(dir, { modules, prelude: PRELUDE })
    const row = (v: Vary, length: number) => Array.from({ length }, () => v.integer(1, 99))
    const pair = (v: Vary) => [row(v, 2), row(v, 2)]
    return {
      close,
      provocations: provocations(provoke, [
        [
          'lengths',
          'contract.value',
          (v) => ({ tool: 'fit', rows: pair(v), labels: row(v, v.integer(3, 9)) }),
        ],
        ['text', 'contract.type', (v) => ({ tool: 'fit', rows: [[v.word()], [v.word()]], labels: [0, 1] })],
        ['features', 'contract.value', (v) => ({ tool: 'predict', rows: [row(v, v.integer(3, 9))] })],
        ['not-fitted', 'state.precondition', (v) => ({ tool: 'predict', rows: pair(v), model: 'new' })],
        ['clusters', 'contract.value', (v) => ({ tool: 'cluster', rows: pair(v), count: v.integer(3, 99) })],
        [
          'option',
          'contract.misnamed_param',
          (v) => ({ tool: 'set_option', [`${v.word()}_x`]: v.integer(2, 9) }),
        ],
        [
          'option-value',
          'contract.value',
          (v) => ({ tool: 'fit', rows: pair(v), labels: [0, 1], penalty: v.word() }),
        ],
        ['no-labels', 'contract.missing_param', (v) => ({ tool: 'fit', rows: pair(v) })],
        [
          'chart-lengths',
          'contract.value',
          (v) => ({ tool: 'chart', x: row(v, 2), y: row(v, v.integer(3, 9)) }),
        ],
        [
          'chart-format',
          'contract.value',
          (v) => ({ tool: 'chart', x: row(v, 2), y: row(v, 2), to: `${v.word()}.${v.word()}` }),
        ],
        [
          'chart-folder',
          'state.not_found',
          (v) => ({ tool: 'chart', x: row(v, 2), y: row(v, 2), to: `/srv/${v.word()}/${v.word()}.png` }),
        ],
        [
          'chart-denied',
          'auth.denied',
          (v) => ({ tool: 'chart', x: row(v, 2), y: row(v, 2), to: `/etc/${v.word()}.png` }),
        ],
        [
          'chart-colour',
          'contract.value',
          (v) => ({ tool: 'chart', x: row(v, 2), y: row(v, 2), color: v.word() }),
        ],
        ['heat-map', 'contract.value', (v) => ({ tool: 'heat_map', rows: pair(v), colours: v.word() })],
        [
          'singular',
          'contract.value',
          (v) => {
            const one = row(v, 2)
            return { tool: 'solve', a: [one, one], b: [1, 2] }
          },
        ],
        [
          'root',
          'contract.value',
          (v) => ({ tool: 'root', expression: `x**2 + ${v.integer(2, 99)}`, low: 0, high: v.integer(2, 9) }),
        ],
        ['expression', 'contract.value', (v) => ({ tool: 'simplify', expression: `${v.word()} +* 2` })],
        ['city', 'state.not_found', (v) => ({ tool: 'neighbours', city: v.word() })],
        ['route', 'state.not_found', (v) => ({ tool: 'route', start: 'Turin', end: v.word() })],
      ]),
    }
  },
}
