export { type LifeHarnessToolsOptions, lifeHarnessTools } from './act.ts'
export type { EpisodeId } from './memory.ts'
export { lifeHarnessMiddleware } from './middleware.ts'
export type { LifeHarnessMiddlewareOptions } from './turn.ts'
