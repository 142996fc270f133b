import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'
import { pythonSession } from '../python-session.ts'
import type { Vary } from '../vary.ts'

const PRELUDE = `
import docker
from kubernetes import client, config
def docker_list(host): docker.DockerClient(base_url=host, version="auto", timeout=0.2).containers.list()
def docker_get(host, id): docker.DockerClient(base_url=host, version="1.41", timeout=1).containers.get(id)
def docker_create(host, name): docker.DockerClient(base_url=host, version="1.41", timeout=1).containers.create("alpine", name=name)
def docker_run(image, **options): docker.DockerClient(base_url="unix:///run/none.sock", version="1.41").containers.run(image, **options)
def kube_list(server, namespace):
    made = client.Configuration()
    made.host, made.retries = server, False
    client.CoreV1Api(client.ApiClient(made)).list_namespaced_pod(namespace, _request_timeout=(0.2, 0.2))
def kube_read(method, **arguments): getattr(client.CoreV1Api(), method)(**arguments)
open("kube", "w").write("apiVersion: v1\\nclusters: [{name: a, cluster: {server: http://a}}]\\nusers: [{name: a, user: {}}]\\ncontexts: [{name: a, context: {cluster: a, user: a}}]\\ncurrent-context: a\\n")
def kube_context(context): config.load_kube_config("kube", context)
def told(error):
    return str(error) or repr(error)
`

/** Docker and Kubernetes by their Python clients: what these refuse, and what they say of a server's refusal or silence. */
export const containers: Source = {
  tool: 'containers',
  languages: ['en'],
  async open({ dir }) {
    const modules = 'docker, kubernetes'
    const { provoke, close } = await pythonSession(dir, { modules, prelude: PRELUDE })
    const port = (v: Vary) => v.integer(2, 8)
    // An address says with which status all is refused; where it says none, nothing is answered.
    const server = await localServer((request, response) => {
      const status = Number((request.url ?? '').split('/')[1])
      if (status) response.writeHead(status).end()
    })
    const kube = (at: string, namespace: string) => ({ tool: 'kube_list', server: at, namespace })
    return {
      close: async () => {
        close()
        await server.close()
      },
      provocations: provocations(provoke, [
        [
          'docker-socket',
          'exec.unavailable',
          (v) => ({ tool: 'docker_list', host: `unix:///run/${v.word()}.sock` }),
        ],
        [
          'docker-refused',
          'exec.unavailable',
          (v) => ({ tool: 'docker_list', host: `tcp://127.0.0.1:${port(v)}` }),
        ],
        [
          'docker-option',
          'contract.misnamed_param',
          (v) => ({ tool: 'docker_run', image: 'alpine', [`${v.word()}_x`]: v.word() }),
        ],
        [
          'docker-memory',
          'contract.value',
          (v) => ({ tool: 'docker_run', image: 'alpine', mem_limit: v.word() }),
        ],
        [
          'docker-late',
          'exec.timeout',
          () => ({ tool: 'docker_list', host: server.url.replace('http', 'tcp') }),
        ],
        [
          'docker-404',
          'state.not_found',
          (v) => ({ tool: 'docker_get', host: `${server.url}/404`, id: v.id() }),
        ],
        [
          'docker-409',
          'state.conflict',
          (v) => ({ tool: 'docker_create', host: `${server.url}/409`, name: v.name() }),
        ],
        ['kube-refused', 'exec.unavailable', (v) => kube(`http://127.0.0.1:${port(v)}`, v.word())],
        ['kube-late', 'exec.timeout', (v) => kube(server.url, v.word())],
        ['kube-404', 'state.not_found', (v) => kube(`${server.url}/404`, v.word())],
        ['kube-403', 'auth.denied', (v) => kube(`${server.url}/403`, v.word())],
        ['kube-429', 'exec.rate_limited', (v) => kube(`${server.url}/429`, v.word())],
        ['kube-503', 'exec.unavailable', (v) => kube(`${server.url}/503`, v.word())],
        [
          'kube-missing',
          'contract.missing_param',
          (v) => ({ tool: 'kube_read', method: 'read_namespaced_pod', name: v.word(), namespace: null }),
        ],
        [
          'kube-unknown',
          'contract.misnamed_param',
          (v) => ({
            tool: 'kube_read',
            method: 'read_namespaced_pod',
            name: 'a',
            namespace: 'b',
            [`${v.word()}_x`]: 1,
          }),
        ],
        ['kube-context', 'state.not_found', (v) => ({ tool: 'kube_context', context: v.word() })],
      ]),
    }
  },
}
