import { onScopeDispose, ref, shallowRef } from 'vue'
import { ApiError, isAbort } from '@/api/problem'

/**
 * A load that may be started again before it has ended: the one before is aborted, and only the newest answer is ever
 * shown. Data of the last success stays while the next load runs, so that a refresh does not flicker.
 */
export function useLatest<A extends unknown[], T>(load: (signal: AbortSignal, ...args: A) => Promise<T>) {
  const data = shallowRef<T>()
  const error = shallowRef<ApiError>()
  const loading = ref(false)
  let running: AbortController | undefined

  async function run(...args: A): Promise<void> {
    running?.abort()
    const own = new AbortController()
    running = own
    loading.value = true
    try {
      const answer = await load(own.signal, ...args)
      if (running !== own) return
      data.value = answer
      error.value = undefined
    } catch (cause) {
      if (running !== own || isAbort(cause)) return
      error.value = asApiError(cause)
    } finally {
      if (running === own) loading.value = false
    }
  }

  onScopeDispose(() => {
    running?.abort()
    running = undefined
  })

  return { data, error, loading, run }
}

/** A bug in our own code is shown as a failure instead of being lost in a promise. */
export function asApiError(cause: unknown): ApiError {
  return cause instanceof ApiError
    ? cause
    : new ApiError(-1, { type: 'about:blank', title: String(cause), status: -1 }, undefined)
}
