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

/** Whether the host checks arguments with this schema, or only shows it to the model. */
export function checksInput(schema: unknown): boolean {
  try {
    const { standard, check } = checksOf(schema)
    return standard !== undefined || check !== undefined
  } catch {
    return false
  }
}

type Checks = {
  standard?: { validate(input: unknown): PromiseLike<{ value?: unknown; issues?: unknown }> }
  check?: (input: unknown) => PromiseLike<Validated>
}

function checksOf(schema: unknown): Checks {
  const made = typeof schema === 'function' && !('~standard' in schema) ? schema() : schema
  const { '~standard': standard, validate: check } = (made ?? {}) as Record<string, never>
  return { ...(standard ? { standard } : {}), ...(check ? { check } : {}) }
}

async function validate(schema: unknown, input: unknown): Promise<Validated | undefined> {
  const { standard, check } = checksOf(schema)
  if (standard) {
    const result = await standard.validate(input)
    return result.issues ? { success: false } : { success: true, value: result.value }
  }
  return check ? await check(input) : undefined
}
