import type { Json } from '@lifeharness/core'
import { provocations, type Source } from '../provocation.ts'
import { pythonSession } from '../python-session.ts'

const PRELUDE = `
import types
import django
from django.conf import settings
shop = types.ModuleType("shop")
shop.__file__ = os.path.join(os.getcwd(), "shop.py")
shop.__path__ = [os.getcwd()]
sys.modules["shop"] = shop
urls = types.ModuleType("urls")
urls.urlpatterns = []
sys.modules["urls"] = urls
settings.configure(ALLOWED_HOSTS=["testserver"], DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "shop"], ROOT_URLCONF="urls", SECRET_KEY="a",
    DEFAULT_AUTO_FIELD="django.db.models.AutoField", MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}], LOGGING_CONFIG=None)
django.setup()
from django import forms
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection, models
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_POST
class Customer(models.Model):
    email = models.CharField(max_length=40, unique=True)
    city = models.CharField(max_length=40)
    born = models.DateField(null=True)
    class Meta: app_label = "shop"
class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT)
    total = models.DecimalField(max_digits=8, decimal_places=2)
    key = models.UUIDField(null=True)
    class Meta: app_label = "shop"
class OrderForm(forms.Form):
    item = forms.CharField(max_length=9)
    count = forms.IntegerField(required=False, max_value=9)
    size = forms.ChoiceField(required=False, choices=[("small", "Small"), ("large", "Large")])
    contact = forms.EmailField(required=False)
call_command("migrate", verbosity=0)
with connection.schema_editor() as editor:
    editor.create_model(Customer)
    editor.create_model(Order)
ada = Customer.objects.create(email="ada@example.org", city="Turin")
Customer.objects.create(email="eve@example.org", city="Turin")
Order.objects.create(customer=ada, total=5)
def orders(request):
    raise PermissionDenied
urls.urlpatterns += [path("orders/", require_POST(orders)), path("reports/", orders)]
tables = {"Customer": Customer, "Order": Order}
def act(model=None, method=None, fields={}, form=None, request=None, path=None):
    if form is not None:
        errors = OrderForm(form).errors
        if errors: raise ValueError(errors.as_text())
    elif request is not None:
        answer = getattr(Client(enforce_csrf_checks=True), request)(path)
        return {"status": answer.status_code, "body": answer.content.decode()}
    elif method == "delete":
        tables[model].objects.get(**fields).delete()
    else:
        found = getattr(tables[model].objects, method)(**fields)
        if method == "filter": list(found)
`

/** A shop of Django's: its forms, its models by their managers, its pages. */
export const django: Source = {
  tool: 'django',
  languages: ['en'],
  async open({ dir }) {
    const { provoke, close } = await pythonSession(dir, { modules: 'django', prelude: PRELUDE })
    const on = (model: string, method: string, fields: Record<string, Json>) => ({ model, method, fields })
    const form = (fields: Record<string, Json>) => ({ form: fields })
    return {
      close,
      provocations: provocations(provoke, [
        ['form-missing', 'contract.missing_param', (v) => form({ count: v.integer(2, 9) })],
        ['form-integer', 'contract.type', (v) => form({ item: 'a', count: v.word() })],
        ['form-maximum', 'contract.value', (v) => form({ item: 'a', count: v.integer(10, 99) })],
        ['form-length', 'contract.value', (v) => form({ item: v.phrase() })],
        ['form-choice', 'contract.value', (v) => form({ item: 'a', size: v.word() })],
        ['form-email', 'contract.value', (v) => form({ item: 'a', contact: v.word() })],
        ['get-none', 'state.not_found', (v) => on('Customer', 'get', { id: v.integer(50, 999) })],
        ['get-several', 'contract.value', () => on('Customer', 'get', { city: 'Turin' })],
        ['filter-number', 'contract.type', (v) => on('Order', 'filter', { id: v.word() })],
        ['filter-lookup', 'contract.value', (v) => on('Customer', 'filter', { [`city__${v.word()}`]: 'a' })],
        ['date', 'contract.value', (v) => on('Customer', 'filter', { born: v.word() })],
        ['key', 'contract.value', (v) => on('Order', 'filter', { key: v.word() })],
        [
          'create-twice',
          'state.conflict',
          (v) => on('Customer', 'create', { email: 'ada@example.org', city: v.word() }),
        ],
        [
          'create-null',
          'contract.missing_param',
          (v) => on('Customer', 'create', { email: v.word(), city: null }),
        ],
        [
          'create-unknown',
          'contract.misnamed_param',
          (v) => on('Customer', 'create', { email: v.id(), [`${v.name()}_x`]: v.word() }),
        ],
        [
          'create-decimal',
          'contract.type',
          (v) => on('Order', 'create', { customer_id: 1, total: v.word() }),
        ],
        ['delete-used', 'state.precondition', () => on('Customer', 'delete', { id: 1 })],
        ['page-none', 'state.not_found', (v) => ({ request: 'get', path: `/${v.word()}/` })],
        ['page-denied', 'auth.denied', (v) => ({ request: 'get', path: `/reports/?${v.word()}=1` })],
        ['page-csrf', 'auth.denied', (v) => ({ request: 'post', path: `/orders/?${v.word()}=1` })],
      ]),
    }
  },
}
