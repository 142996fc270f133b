/** Maps a provider and a model id to the family whose evidence is shared. Replaceable by the user. */
export type ModelFamily = (provider: string | undefined, modelId: string | undefined) => string

/**
 * The default family: provider prefix, region, date, version tags and quantisation are stripped, the size word is kept
 * (`openai/gpt-4o-mini-2024-07-18` → `gpt-4o-mini`, `Qwen3-4B-Instruct-2507-Q4_K_M` → `qwen3-4b`). Where no model is
 * known (MCP, opaque deployments) it is `unknown:<provider or client>`.
 */
export const modelFamily: ModelFamily = (provider, modelId) => {
  const bare = modelId?.trim().toLowerCase()
  if (!bare) return `unknown:${provider ?? 'client'}`
  const family = bare
    .split('/')
    .at(-1)!
    .replace(/^(?:(?:us|eu|apac|global)\.)?(?:anthropic|amazon|meta|mistral|cohere|ai21|deepseek)\./, '')
    .replace(/\.gguf$/, '')
    .replace(/[:@].*$/, (tag) => (/^:\d+(?:\.\d+)?b\b/.test(tag) ? `-${tag.slice(1).split('-')[0]}` : ''))
    .replace(
      /[-_.](?:i?q\d(?:[_-][a-z0-9]+)*|fp\d+|bf16|f16|int[48]|awq|gptq|gguf|mlx|\d-?bit)(?=[-_.]|$)/g,
      '',
    )
    .replace(/[-_](?:\d{4}-\d{2}-\d{2}|\d{2}-\d{4}|20\d{6}|\d{4}|\d{3})(?=[-_]|$)/g, '')
    .replace(
      /[-_](?:instruct|chat|it|latest|(?:preview|exp|experimental)(?:-\d{2}-\d{2})?|v\d+)(?=[-_]|$)/g,
      '',
    )
  return family || bare
}
