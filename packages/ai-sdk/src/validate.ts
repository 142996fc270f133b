type Validated = { success: true; value: unknown } | { success: false }

/**
 * Checks and parses arguments as the host does, with the tool's own schema: an AI SDK schema, a Standard Schema such
 * as Zod's, or a function that makes one. Undefined where the schema only describes and the host checks nothing, and
 * where the check itself breaks.
 */
export async function validateInput(schema: unknown, input: unknown): Promise<Validated | undefined> {
  try {
    return await validate(schema, input)
  } catch {
    return undefined
  }
}

async function validate(schema: unknown, input: unknown): Promise<Validated | undefined> {
  const made = typeof schema === 'function' && !('~standard' in schema) ? schema() : schema
  const { '~standard': standard, validate: check } = (made ?? {}) as {
    '~standard'?: { validate(input: unknown): PromiseLike<{ value?: unknown; issues?: unknown }> }
    validate?: (input: unknown) => PromiseLike<Validated>
  }
  if (standard) {
    const result = await standard.validate(input)
    return result.issues ? { success: false } : { success: true, value: result.value }
  }
  return check ? await check(input) : undefined
}
