import 'reflect-metadata'
import * as nest from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import * as rules from 'class-validator'
import { type HttpCall, httpTool } from '../http-tool.ts'
import { provocations, type Source } from '../provocation.ts'

/** A controller as people write it; this bench runs TypeScript as it stands, so its decorators are applied by hand. */
class Orders {
  one(number: number): object {
    if (number > 900) throw new nest.ConflictException()
    if (number > 800) throw new nest.ForbiddenException()
    if (number > 700) throw new nest.UnauthorizedException()
    if (number > 600) throw new nest.ServiceUnavailableException()
    if (number > 500) throw new nest.RequestTimeoutException()
    if (number > 400) throw new nest.HttpException('Too Many Requests', nest.HttpStatus.TOO_MANY_REQUESTS)
    if (number > 300) return ({} as { total: { amount: object } }).total.amount
    throw new nest.NotFoundException(`Order #${number} not found`)
  }
  keyed(): object {
    return {}
  }
  open(): object {
    return {}
  }
  listed(): object {
    return {}
  }
  refused(): object {
    return {}
  }
  create(): object {
    return {}
  }
}

class Order {}
rules.IsNotEmpty()(Order.prototype, 'item')
rules.IsOptional()(Order.prototype, 'due')
rules.IsDateString()(Order.prototype, 'due')

nest.Controller('orders')(Orders)
const route = (name: keyof Orders, ...decorators: MethodDecorator[]) => {
  const of = Object.getOwnPropertyDescriptor(Orders.prototype, name) as PropertyDescriptor
  for (const decorate of decorators) decorate(Orders.prototype, name, of)
}
route('one', nest.Get('by-number/:number'))
nest.Param('number', nest.ParseIntPipe)(Orders.prototype, 'one', 0)
route('keyed', nest.Get('by-key/:key'))
nest.Param('key', nest.ParseUUIDPipe)(Orders.prototype, 'keyed', 0)
route('open', nest.Get('open'))
nest.Query('paid', nest.ParseBoolPipe)(Orders.prototype, 'open', 0)
nest.Query('size', new nest.ParseEnumPipe({ small: 'small', large: 'large' }))(Orders.prototype, 'open', 1)
route('listed', nest.Get('listed'))
nest.Query('numbers', new nest.ParseArrayPipe({ items: Number }))(Orders.prototype, 'listed', 0)
route('refused', nest.Get('refused/:number'), nest.UseGuards({ canActivate: () => false }))
route('create', nest.Post())
const pipe = new nest.ValidationPipe({ expectedType: Order, whitelist: true, forbidNonWhitelisted: true })
nest.Body(pipe)(Orders.prototype, 'create', 0)

class Shop {}
nest.Module({ controllers: [Orders] })(Shop)

/** What a NestJS application answers by its pipes, its guards and its exceptions. */
export const nestjs: Source = {
  tool: 'nestjs',
  languages: ['en'],
  async open() {
    const app = await NestFactory.create(Shop, { logger: false })
    await app.listen(0, '127.0.0.1')
    const url = await app.getUrl()
    const numbered = (number: number | string): HttpCall => ({ path: `/orders/by-number/${number}` })
    return {
      close: () => app.close(),
      provocations: provocations<HttpCall>(httpTool(url), [
        ['no-route', 'state.not_found', (v) => ({ path: `/${v.word()}/${v.integer(2, 99)}` })],
        ['no-order', 'state.not_found', (v) => numbered(v.integer(2, 299))],
        ['crash', 'exec.unavailable', (v) => numbered(v.integer(301, 400))],
        ['too-many', 'exec.rate_limited', (v) => numbered(v.integer(401, 500))],
        ['timed-out', 'exec.timeout', (v) => numbered(v.integer(501, 600))],
        ['unavailable', 'exec.unavailable', (v) => numbered(v.integer(601, 700))],
        ['unauthorized', 'auth.denied', (v) => numbered(v.integer(701, 800))],
        ['forbidden', 'auth.denied', (v) => numbered(v.integer(801, 900))],
        ['conflict', 'state.conflict', (v) => numbered(v.integer(901, 999))],
        ['guard', 'auth.denied', (v) => ({ path: `/orders/refused/${v.integer(2, 99)}` })],
        ['integer', 'contract.type', (v) => numbered(v.word())],
        ['uuid', 'contract.value', (v) => ({ path: `/orders/by-key/${v.word()}-${v.integer(2, 99)}` })],
        ['boolean', 'contract.type', (v) => ({ path: `/orders/open?paid=${v.word()}&size=small` })],
        ['enum', 'contract.value', (v) => ({ path: `/orders/open?paid=true&size=${v.word()}` })],
        ['list-item', 'contract.type', (v) => ({ path: `/orders/listed?numbers=1,${v.word()}` })],
        ['missing', 'contract.missing_param', () => ({ path: '/orders', body: {} })],
        [
          'unknown',
          'contract.misnamed_param',
          (v) => ({ path: '/orders', body: { item: v.word(), [`${v.name()}_x`]: v.integer(2, 9) } }),
        ],
        [
          'date',
          'contract.value',
          (v) => ({
            path: '/orders',
            body: { item: v.word(), due: `${v.integer(1, 28)}.${v.integer(1, 9)}.` },
          }),
        ],
        ['malformed', 'parse.malformed_json', (v) => ({ path: '/orders', body: `{"item": ${v.word()}` })],
      ]),
    }
  },
}
