import createClient, { type Middleware } from 'openapi-fetch'
import { ConsistencyTokens } from './consistency'
import type { components, paths } from './generated/management'
import { ApiError, isAbort, toApiError } from './problem'

export type Schemas = components['schemas']

export interface ClientHooks {
  /** A token in force, fetched anew when need be. */
  accessToken: () => Promise<string | undefined>
  /** Another one than the one that was just refused. */
  renewedToken: (refused: string) => Promise<string | undefined>
  /** The session has ended. */
  onUnauthorized: () => void
}

/** Calls that need no access token: they give one, or tell how one is had. */
const GIVING = ['/api/admin/v1/auth/login', '/api/admin/v1/auth/refresh', '/api/admin/v1/auth/methods']

const TOKEN_HEADER = 'X-Consistency-Token'
const consistency = new ConsistencyTokens()
let hooks: ClientHooks = {
  accessToken: () => Promise.resolve(undefined),
  renewedToken: () => Promise.resolve(undefined),
  onUnauthorized: () => {},
}

/** Called once by main.ts: keeps this folder free of stores and router. */
export function configureClient(next: ClientHooks): void {
  hooks = next
}

/** A new person must not wait for what the one before them wrote. */
export function forgetWrites(): void {
  consistency.forget()
}

const everyCall: Middleware = {
  onRequest({ request }) {
    const written = request.method === 'GET' ? consistency.current() : undefined
    if (written !== undefined) request.headers.set(TOKEN_HEADER, written)
    return request
  },
  onResponse({ request, response }) {
    if (request.method !== 'GET') consistency.remember(response.headers.get(TOKEN_HEADER))
    // A login with a wrong password is a 401 too, but there is no session to end: its form shows it in place.
    if (response.status === 401 && !isGiving(request)) hooks.onUnauthorized()
  },
  onError({ error }) {
    // The call for a new token may have told more than that nothing came.
    if (error instanceof ApiError) return error
    return isAbort(error) ? undefined : new ApiError(0, undefined, undefined)
  },
}

function isGiving(request: Request): boolean {
  return GIVING.includes(new URL(request.url).pathname)
}

/** With a token; refused, once more with a newer one: a 401 has changed nothing, so the call may be repeated. */
async function authorized(request: Request): Promise<Response> {
  // Looked up per call, so that tests can replace it.
  const send = (one: Request) => globalThis.fetch(one)
  if (isGiving(request)) return send(request)
  const token = await hooks.accessToken()
  if (token === undefined) return send(request)
  const again = request.clone()
  request.headers.set('Authorization', `Bearer ${token}`)
  const response = await send(request)
  const renewed = response.status === 401 ? await hooks.renewedToken(token) : undefined
  if (renewed === undefined) return response
  again.headers.set('Authorization', `Bearer ${renewed}`)
  return send(again)
}

export const api = createClient<paths>({ baseUrl: '/api/admin/v1', fetch: authorized })
api.use(everyCall)

/** An answer and whether the read models were still behind an own write when it was made. */
export interface Read<T> {
  data: T
  behind: boolean
}

type Answer<T> = { data?: T; error?: unknown; response: Response }

/** The body of a successful answer. @throws ApiError for every other one */
export async function body<T>(call: Promise<Answer<T>>): Promise<T> {
  return (await read(call)).data
}

/** As `body`, with the consistency of the answer. */
export async function read<T>(call: Promise<Answer<T>>): Promise<Read<T>> {
  const { data, error, response } = await call
  if (!response.ok || data === undefined) throw toApiError(response, error)
  return { data, behind: response.headers.get('X-Consistency') === 'behind' }
}

/**
 * An answer whose body is read as it comes: the live stream, an export.
 *
 * @throws ApiError for every answer that is no success
 */
export async function openStream(
  path: string,
  signal: AbortSignal,
  headers: Record<string, string> = {},
): Promise<{ body: ReadableStream<Uint8Array>; headers: Headers }> {
  const request = new Request(new URL(`/api/admin/v1${path}`, globalThis.location.href), { headers, signal })
  const response = await authorized(request).catch((cause: unknown) => {
    throw cause instanceof ApiError || isAbort(cause) ? cause : new ApiError(0, undefined, undefined)
  })
  if (response.status === 401) hooks.onUnauthorized()
  if (!response.ok || response.body === null) {
    throw toApiError(response, await response.json().catch(() => undefined))
  }
  return { body: response.body, headers: response.headers }
}

/** `If-Match` for an entity as this person saw it. */
export function ifMatch(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` }
}
