import type { components } from './generated/management'

export type Problem = components['schemas']['Problem']

/** What went wrong, in the few kinds that a page shows differently. */
export type ProblemKind =
  | 'denied'
  | 'not-found'
  | 'conflict'
  | 'invalid'
  | 'limited'
  | 'unauthorized'
  | 'unavailable'
  | 'offline'
  | 'failed'

/** A refused or failed call. `status` is 0 when no answer came at all. */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    readonly status: number,
    readonly problem: Problem | undefined,
    readonly requestId: string | undefined,
    readonly retryAfterSeconds?: number,
  ) {
    super(problem?.detail ?? problem?.title ?? `HTTP ${status}`)
  }

  get kind(): ProblemKind {
    switch (this.status) {
      case 0:
        return 'offline'
      case 400:
      case 413:
      case 422:
        return 'invalid'
      case 401:
        return 'unauthorized'
      case 403:
        return 'denied'
      case 404:
        return 'not-found'
      case 409:
      case 412:
        return 'conflict'
      case 429:
        return 'limited'
      case 502:
      case 503:
      case 504:
        return 'unavailable'
      default:
        return 'failed'
    }
  }

  /** What it is, for those who act on it: the last part of the problem's type, such as `name-taken`. */
  get code(): string | undefined {
    return this.problem?.type?.split(':').at(-1)
  }

  /** The message for one field of the form that was sent, if the server named it. */
  fieldError(field: string): string | undefined {
    return this.problem?.errors?.find((error) => error.field === field)?.message
  }
}

/** Reads an error answer; a body that is no problem document is not shown to anybody. */
export function toApiError(response: Response, body: unknown): ApiError {
  const problem = isProblem(body) ? body : undefined
  const requestId = problem?.request_id ?? response.headers.get('x-request-id') ?? undefined
  const retryAfter = Number(response.headers.get('retry-after'))
  return new ApiError(response.status, problem, requestId, retryAfter > 0 ? retryAfter : undefined)
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && typeof (body as Problem).title === 'string'
}
