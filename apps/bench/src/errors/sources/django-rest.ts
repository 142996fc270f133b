import { provocations, type Source } from '../provocation.ts'
import { pythonSession } from '../python-session.ts'

const PRELUDE = `
import types, urllib.parse
import django
from django.conf import settings
urls = types.ModuleType("urls")
sys.modules["urls"] = urls
settings.configure(ALLOWED_HOSTS=["testserver"], ROOT_URLCONF="urls", SECRET_KEY="a", LOGGING_CONFIG=None, USE_TZ=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"], DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    REST_FRAMEWORK={"DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.BasicAuthentication"], "DEFAULT_PERMISSION_CLASSES": [],
        "UNAUTHENTICATED_USER": None, "PAGE_SIZE": 2, "DEFAULT_THROTTLE_RATES": {"anon": "1/day"},
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"], "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"]})
django.setup()
from django.core.management import call_command
from django.contrib.auth.models import Group
from django.db import connection, models
from django.urls import include, path
from rest_framework import generics, pagination, permissions, routers, serializers, throttling, viewsets
from rest_framework.test import APIClient
class Order(models.Model):
    code = models.CharField(max_length=9, unique=True)
    item = models.CharField(max_length=9)
    count = models.IntegerField(default=1)
    size = models.CharField(max_length=5, default="small", choices=[("small", "Small"), ("large", "Large")])
    due = models.DateField(null=True)
    paid = models.BooleanField(default=False)
    total = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    email = models.EmailField(null=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    tags = models.JSONField(null=True)
    class Meta: app_label = "rest_framework"
call_command("migrate", verbosity=0)
with connection.schema_editor() as editor: editor.create_model(Order)
Order.objects.create(code="A1", item="a")
class OrderSerializer(serializers.ModelSerializer):
    tags = serializers.ListField(child=serializers.CharField(), required=False)
    count = serializers.IntegerField(min_value=1, required=False)
    class Meta: model, fields = Order, "__all__"
class Orders(viewsets.ModelViewSet):
    queryset, serializer_class, pagination_class = Order.objects.order_by("id"), OrderSerializer, pagination.PageNumberPagination
class Members(Orders):
    permission_classes = [permissions.IsAuthenticated]
class Refused(permissions.BasePermission):
    def has_permission(self, request, view): return False
class Throttled(Orders):
    throttle_classes = [throttling.AnonRateThrottle]
class Closed(Orders):
    permission_classes, authentication_classes = [Refused], []
router = routers.SimpleRouter()
for name, view in {"orders": Orders, "members": Members, "throttled": Throttled, "closed": Closed}.items(): router.register(name, view, basename=name)
urls.urlpatterns = router.urls
client = APIClient()
client.get("/throttled/")
def request(method, path, body=None, type="application/json", password=None):
    headers = {} if password is None else {"HTTP_AUTHORIZATION": password}
    answer = client.generic(method, path, body if isinstance(body, str) else json.dumps(body) if body is not None else "", content_type=type, **headers)
    return {"status": answer.status_code, "body": answer.json() if answer["content-type"] == "application/json" else answer.content.decode()}
def act(**arguments): return request(**arguments)
`

/** What Django REST framework answers by its serializers, parsers, permissions and throttles. */
export const djangoRest: Source = {
  tool: 'django-rest',
  languages: ['en'],
  async open({ dir }) {
    const { provoke, close } = await pythonSession(dir, {
      modules: 'django, rest_framework',
      prelude: PRELUDE,
    })
    const order = (body: object) => ({
      method: 'POST',
      path: '/orders/',
      body: { code: 'B1', item: 'b', ...body },
    })
    return {
      close,
      provocations: provocations(provoke, [
        ['no-order', 'state.not_found', (v) => ({ method: 'GET', path: `/orders/${v.integer(50, 999)}/` })],
        ['no-parent', 'state.not_found', (v) => order({ parent: v.integer(50, 999) })],
        [
          'missing',
          'contract.missing_param',
          (v) => ({ ...order({}), body: { item: v.word().slice(0, 8) } }),
        ],
        ['blank', 'contract.missing_param', (v) => order({ code: `C${v.integer(2, 99)}`, item: '' })],
        ['null', 'contract.missing_param', (v) => order({ code: `C${v.integer(2, 99)}`, item: null })],
        ['integer', 'contract.type', (v) => order({ count: v.word() })],
        ['boolean', 'contract.type', (v) => order({ paid: v.word() })],
        ['number', 'contract.type', (v) => order({ total: v.word() })],
        ['list', 'contract.type', (v) => order({ tags: v.word() })],
        ['text', 'contract.type', (v) => order({ item: [v.word()] })],
        ['key-type', 'contract.type', (v) => order({ parent: v.word() })],
        ['object', 'contract.type', (v) => ({ ...order({}), body: [v.word()] })],
        ['choice', 'contract.value', (v) => order({ size: v.word() })],
        ['date', 'contract.value', (v) => order({ due: `${v.integer(1, 28)}/${v.integer(1, 12)}/2024` })],
        ['minimum', 'contract.value', (v) => order({ count: -v.integer(2, 99) })],
        ['too-long', 'contract.value', (v) => order({ item: v.path() })],
        ['email', 'contract.value', (v) => order({ email: v.word() })],
        ['digits', 'contract.value', (v) => order({ total: `1.${v.integer(1001, 9998)}` })],
        ['same-code', 'state.conflict', (v) => order({ code: 'A1', item: v.word().slice(0, 8) })],
        ['malformed', 'parse.malformed_json', (v) => ({ ...order({}), body: `{"item": ${v.word()}}` })],
        ['media-type', 'contract.value', (v) => ({ ...order({}), type: `text/${v.word()}` })],
        [
          'method',
          'contract.value',
          (v) => ({ method: v.pick(['PUT', 'DELETE', 'PATCH']), path: '/orders/' }),
        ],
        ['anonymous', 'auth.denied', (v) => ({ method: 'GET', path: `/members/?page=${v.integer(1, 9)}` })],
        [
          'password',
          'auth.denied',
          (v) => ({ method: 'GET', path: '/members/', password: `Basic ${btoa(`${v.word()}:${v.word()}`)}` }),
        ],
        ['refused', 'auth.denied', (v) => ({ method: 'GET', path: `/closed/?page=${v.integer(1, 9)}` })],
        [
          'throttled',
          'exec.rate_limited',
          (v) => ({ method: 'GET', path: `/throttled/?page=${v.integer(2, 9)}` }),
        ],
      ]),
    }
  },
}
