import { api, body, type Schemas } from './client'
import { ApiError } from './problem'

/** One refresh at a time in all tabs: each takes the token that the one before has left in the cookie. */
const LOCK = 'llm-platform.refresh'

/**
 * An access token for the refresh token in the cookie, which no script can read.
 *
 * @returns nothing when the session has ended
 * @throws ApiError when it cannot be told whether it has
 */
export async function refreshSession(): Promise<Schemas['LoginResponse'] | undefined> {
  try {
    return await exclusively(() => body(api.POST('/auth/refresh', { body: {} })))
  } catch (cause) {
    if (cause instanceof ApiError && (cause.status === 401 || cause.status === 403)) return undefined
    throw cause
  }
}

export const logOut = () => body(api.POST('/auth/logout'))

// Browsers have locks in secure contexts only; without them the server's grace for replaced tokens must do.
function exclusively<T>(action: () => Promise<T>): Promise<T> {
  const locks = navigator.locks as LockManager | null | undefined
  return locks != null ? (locks.request(LOCK, action) as Promise<T>) : action()
}
