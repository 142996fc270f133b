export { type LifeHarnessToolsOptions, lifeHarnessTools } from './act.ts'
export type { EpisodeId } from './memory.ts'
export { type LifeHarnessMiddlewareOptions, lifeHarnessMiddleware } from './middleware.ts'
