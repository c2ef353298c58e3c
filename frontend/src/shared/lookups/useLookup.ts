import { ref, shallowRef } from 'vue'
import { asApiError } from '@/shared/composables/useLatest'
import { isAbort, type ApiError } from '@/api/problem'

/** Choices of a select box that are searched on the server while the person types. */
export function useLookup<T>(find: (q: string | undefined, signal: AbortSignal) => Promise<T[]>) {
  const options = shallowRef<T[]>([])
  const loading = ref(false)
  const error = shallowRef<ApiError>()
  let running: AbortController | undefined

  async function search(q = ''): Promise<void> {
    running?.abort()
    const own = (running = new AbortController())
    loading.value = true
    try {
      const found = await find(q === '' ? undefined : q, own.signal)
      if (running === own) {
        options.value = found
        error.value = undefined
      }
    } catch (cause) {
      if (running === own && !isAbort(cause)) error.value = asApiError(cause)
    } finally {
      if (running === own) loading.value = false
    }
  }

  /** The choice that stands already (from the URL) may be beyond those that were listed; its name is shown all the same. */
  async function include(
    id: string,
    idOf: (one: T) => string,
    get: (id: string) => Promise<T>,
  ): Promise<void> {
    if (id === '' || options.value.some((one) => idOf(one) === id)) return
    try {
      options.value = [...options.value, await get(id)]
    } catch {
      // Not theirs to see, or gone: the id stands there instead.
    }
  }

  return { options, loading, error, search, include }
}
