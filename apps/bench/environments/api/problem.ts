import type { JsonObject } from '@lifeharness/core'

export type FieldError = { pointer?: string; parameter?: string; detail: string }

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  412: 'Precondition Failed',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}

/** What the server refuses, as RFC 9457 writes it. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly errors: readonly FieldError[]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    code: string,
    detail: string,
    { errors = [], headers = {} }: { errors?: readonly FieldError[]; headers?: Record<string, string> } = {},
  ) {
    super(detail)
    this.status = status
    this.code = code
    this.errors = errors
    this.headers = headers
  }

  body(): JsonObject {
    const { status, code, message, errors } = this
    return {
      type: `https://venue.example/problems/${code}`,
      title: titleOf(status),
      status,
      detail: message,
      ...(errors.length > 0 ? { errors: [...errors] } : {}),
    }
  }
}

export function titleOf(status: number): string {
  return TITLES[status] ?? 'Error'
}
