import { describe, expect, it } from 'vitest'
import { modelFamily } from './family.ts'

describe('modelFamily', () => {
  it.each([
    ['openai/gpt-4o-mini-2024-07-18', 'gpt-4o-mini'],
    ['gpt-3.5-turbo-0125', 'gpt-3.5-turbo'],
    ['Qwen3-4B-Instruct-2507-Q4_K_M', 'qwen3-4b'],
    ['Qwen3-4B-Instruct-2507-Q4_K_M.gguf', 'qwen3-4b'],
    ['us.anthropic.claude-3-5-sonnet-20241022-v2:0', 'claude-3-5-sonnet'],
    ['claude-sonnet-4@20250514', 'claude-sonnet-4'],
    ['claude-3-5-haiku-latest', 'claude-3-5-haiku'],
    ['llama3.1:8b-instruct-q4_K_M', 'llama3.1-8b'],
    ['hf.co/someone/Llama-3.2-3B-Instruct-GGUF:Q4_K_M', 'llama-3.2-3b'],
    ['command-r-08-2024', 'command-r'],
    ['gemini-2.5-pro-preview-05-06', 'gemini-2.5-pro'],
    ['gemini-2.0-flash-001', 'gemini-2.0-flash'],
    ['mistral-large-2411', 'mistral-large'],
    ['o3', 'o3'],
  ])('%s → %s', (modelId, family) => {
    expect(modelFamily('any', modelId)).toBe(family)
  })

  it.each([
    ['mcp-host', undefined, 'unknown:mcp-host'],
    [undefined, '', 'unknown:client'],
    [undefined, undefined, 'unknown:client'],
  ])('without a model: %s %s → %s', (provider, modelId, family) => {
    expect(modelFamily(provider, modelId)).toBe(family)
  })

  it.each([
    ['gpt-4o', 'gpt-4o-mini'],
    ['qwen3-4b', 'qwen3-8b'],
    ['claude-3-5-sonnet', 'claude-3-7-sonnet'],
  ])('%s and %s are two', (a, b) => {
    expect(modelFamily(undefined, a)).not.toBe(modelFamily(undefined, b))
  })
})
