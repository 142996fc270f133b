import * as lib from 'ethers'
import { functionProvocations } from '../function-tool.ts'
import { localServer } from '../local-server.ts'
import type { Source } from '../provocation.ts'

/** Addresses, amounts, keys and requests by ethers. */
export const ethers: Source = {
  tool: 'ethers',
  languages: ['en'],
  async open() {
    const { url, close } = await localServer((request, response) => {
      const [, what = '', rest = ''] = (request.url ?? '').split(/[/?]/)
      if (what === 'status') response.writeHead(Number(rest)).end('no')
      else if (what === 'html') response.end('<!DOCTYPE html>')
      // Any other path is never answered.
    })
    const token = new lib.Interface([
      'function transfer(address to, uint256 value)',
      'function name() view returns (string)',
    ])
    const fetched = async (address: string, timeout = 4_000) => {
      const request = new lib.FetchRequest(address)
      request.timeout = timeout
      request.setThrottleParams({ maxAttempts: 1, slotInterval: 1 })
      const response = await request.send()
      response.assertOk()
      return response
    }
    const functions = {
      address: (text: unknown) => lib.getAddress(text as string),
      amount: (text: unknown, unit: string | number = 18) => lib.parseUnits(text as string, unit),
      phrase: (words: string) => lib.Wallet.fromPhrase(words),
      unlock: (json: string) => lib.Wallet.fromEncryptedJsonSync(json, 'right'),
      encode: (name: string, args: unknown[]) => token.encodeFunctionData(name, args),
      abi: (text: string) => lib.FunctionFragment.from(text),
      fetch: fetched,
      block: (at: string) =>
        new lib.JsonRpcProvider(at, 1, { staticNetwork: true, batchMaxCount: 1 }).send('eth_blockNumber', []),
    }
    return {
      close,
      provocations: functionProvocations(functions, [
        ['address', 'contract.value', (v) => ['address', v.word()]],
        ['amount', 'contract.value', (v) => ['amount', v.word()]],
        ['amount-type', 'contract.type', (v) => ['amount', v.integer(2, 99)]],
        ['decimals', 'contract.value', (v) => ['amount', `1.${'1'.repeat(v.integer(4, 9))}`, 2]],
        ['phrase', 'contract.value', (v) => ['phrase', v.phrase()]],
        ['keystore', 'contract.value', (v) => ['unlock', v.phrase()]],
        ['abi', 'contract.value', (v) => ['abi', `${v.word()} ${v.word()}(`]],
        [
          'count',
          'contract.missing_param',
          (v) => ['encode', 'transfer', [`0x${'ab'.repeat(19)}${v.integer(10, 99)}`]],
        ],
        ['status-404', 'state.not_found', (v) => ['fetch', `${url}/status/404?${v.word()}`]],
        ['status-401', 'auth.denied', (v) => ['fetch', `${url}/status/401?${v.word()}`]],
        ['status-429', 'exec.rate_limited', (v) => ['fetch', `${url}/status/429?${v.word()}`]],
        ['status-503', 'exec.unavailable', (v) => ['fetch', `${url}/status/503?${v.word()}`]],
        ['timed-out', 'exec.timeout', (v) => ['fetch', `${url}/slow/${v.word()}`, v.integer(60, 150)]],
        ['scheme', 'contract.value', (v) => ['fetch', `${v.word()}://${v.word()}`]],
        ['refused', 'exec.unavailable', (v) => ['fetch', `http://127.0.0.1:${v.integer(2, 9)}/${v.word()}`]],
        ['html', 'result.contract', (v) => ['block', `${url}/html/${v.word()}`]],
      ]),
    }
  },
}
