import createClient, { type Middleware } from 'openapi-fetch'
import { ConsistencyTokens } from './consistency'
import type { components, paths } from './generated/management'
import { ApiError, isAbort, toApiError } from './problem'

export type Schemas = components['schemas']

export interface ClientHooks {
  accessToken: () => string | undefined
  /** The server no longer accepts the token. */
  onUnauthorized: () => void
}

const TOKEN_HEADER = 'X-Consistency-Token'
const consistency = new ConsistencyTokens()
let hooks: ClientHooks = { accessToken: () => undefined, onUnauthorized: () => {} }

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
    const token = hooks.accessToken()
    if (token !== undefined) request.headers.set('Authorization', `Bearer ${token}`)
    const written = request.method === 'GET' ? consistency.current() : undefined
    if (written !== undefined) request.headers.set(TOKEN_HEADER, written)
    return request
  },
  onResponse({ request, response, schemaPath }) {
    if (request.method !== 'GET') consistency.remember(response.headers.get(TOKEN_HEADER))
    // A login with a wrong password is a 401 too, but there is no session to end: its form shows it in place.
    if (response.status === 401 && schemaPath !== '/auth/login') hooks.onUnauthorized()
  },
  onError({ error }) {
    return isAbort(error) ? undefined : new ApiError(0, undefined, undefined)
  },
}

export const api = createClient<paths>({
  baseUrl: '/api/admin/v1',
  // Looked up per call, so that tests can replace it.
  fetch: (request) => globalThis.fetch(request),
})
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

/** `If-Match` for an entity as this person saw it. */
export function ifMatch(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` }
}
