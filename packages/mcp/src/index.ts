export { type ProxyOptions, runProxy } from './proxy.ts'
export type { SessionOptions } from './session.ts'
export { type WrapServerOptions, wrapServer } from './wrap-server.ts'
