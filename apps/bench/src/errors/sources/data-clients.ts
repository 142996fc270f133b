import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'
import { pythonSession } from '../python-session.ts'
import type { Vary } from '../vary.ts'

const PRELUDE = `
import elasticsearch, kafka, pika, pymongo
from bson import ObjectId
from googleapiclient.discovery import build_from_document
from googleapiclient.http import HttpMockSequence
files = build_from_document({"name": "files", "version": "v1", "rootUrl": "http://127.0.0.1:9/", "servicePath": "files/", "baseUrl": "http://127.0.0.1:9/files/",
    "schemas": {}, "resources": {"files": {"methods": {"get": {"id": "files.get", "path": "{fileId}", "httpMethod": "GET", "parameterOrder": ["fileId"], "parameters": {
    "fileId": {"type": "string", "required": True, "location": "path"}, "corpora": {"type": "string", "location": "query", "enum": ["user", "domain"], "enumDescriptions": ["", ""]},
    "space": {"type": "string", "location": "query", "pattern": "^[a-z]{3}$"}}}}}}}, http=HttpMockSequence([]))
mongo = pymongo.MongoClient("mongodb://127.0.0.1:9", serverSelectionTimeoutMS=50)
def mongo_find(filter, **options): list(mongo.shop.orders.find(filter, **options))
def mongo_update(filter, update): mongo.shop.orders.update_one(filter, update)
def mongo_id(id): ObjectId(id)
def mongo_connect(url): pymongo.MongoClient(url)
def publish(url): pika.BlockingConnection(pika.URLParameters(url))
def produce(servers, topic="a", value="b", **options):
    kafka.KafkaProducer(bootstrap_servers=servers, api_version_auto_timeout_ms=50, **options)
def elastic(host, index): elasticsearch.Elasticsearch(host, max_retries=0, timeout=0.2).search(index=index)
def files_get(**arguments): files.files().get(**arguments)
def told(error):
    return str(error) or repr(error)
`

/** Clients of MongoDB, RabbitMQ, Kafka, Elasticsearch and Google's services, none of which runs here. */
export const dataClients: Source = {
  tool: 'data-clients',
  languages: ['en'],
  async open({ dir }) {
    const modules = 'elasticsearch, kafka, pika, pymongo, googleapiclient'
    const { provoke, close } = await pythonSession(dir, { modules, prelude: PRELUDE })
    const port = (v: Vary) => v.integer(2, 8)
    const server = await localServer(() => {})
    return {
      close: async () => {
        close()
        await server.close()
      },
      provocations: provocations(provoke, [
        [
          'mongo-refused',
          'exec.unavailable',
          (v) => ({ tool: 'mongo_find', filter: { total: v.integer(2, 99) } }),
        ],
        ['mongo-filter', 'contract.type', (v) => ({ tool: 'mongo_find', filter: v.word() })],
        [
          'mongo-update',
          'contract.value',
          (v) => ({ tool: 'mongo_update', filter: {}, update: { [v.word()]: 1 } }),
        ],
        ['mongo-id', 'contract.value', (v) => ({ tool: 'mongo_id', id: v.word() })],
        ['mongo-url', 'contract.value', (v) => ({ tool: 'mongo_connect', url: `${v.word()}://127.0.0.1` })],
        [
          'pika-refused',
          'exec.unavailable',
          (v) => ({
            tool: 'publish',
            url: `amqp://127.0.0.1:${port(v)}?retry_delay=0&connection_attempts=1`,
          }),
        ],
        ['kafka-refused', 'exec.unavailable', (v) => ({ tool: 'produce', servers: `127.0.0.1:${port(v)}` })],
        [
          'kafka-option',
          'contract.misnamed_param',
          (v) => ({ tool: 'produce', servers: '127.0.0.1:9', [`${v.word()}_x`]: 1 }),
        ],
        [
          'elastic-refused',
          'exec.unavailable',
          (v) => ({ tool: 'elastic', host: `http://127.0.0.1:${port(v)}`, index: v.word() }),
        ],
        ['elastic-late', 'exec.timeout', (v) => ({ tool: 'elastic', host: server.url, index: v.word() })],
        ['google-missing', 'contract.missing_param', () => ({ tool: 'files_get' })],
        [
          'google-unknown',
          'contract.misnamed_param',
          (v) => ({ tool: 'files_get', fileId: 'a', [`${v.word()}X`]: 1 }),
        ],
        ['google-choice', 'contract.value', (v) => ({ tool: 'files_get', fileId: 'a', corpora: v.word() })],
        ['google-pattern', 'contract.value', (v) => ({ tool: 'files_get', fileId: 'a', space: v.word() })],
      ]),
    }
  },
}
