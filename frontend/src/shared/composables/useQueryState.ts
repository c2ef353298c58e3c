import { computed, type WritableComputedRef } from 'vue'
import { type LocationQuery, useRoute, useRouter } from 'vue-router'

/** Where the URL is on its way to: what is set meanwhile goes on from there. */
let coming: LocationQuery | undefined

/**
 * Filters that live in the URL, so that a page can be reloaded, shared and gone back to. An empty value leaves the
 * query. Several fields set in one go make one history entry.
 */
export function useQueryState<K extends string>(...names: K[]) {
  const route = useRoute()
  const router = useRouter()

  function get(name: K): string {
    const value = route.query[name]
    return typeof value === 'string' ? value : ''
  }

  function set(changes: Partial<Record<K, string | undefined>>): void {
    const query = { ...(coming ?? route.query) }
    for (const [name, value] of Object.entries(changes) as [K, string | undefined][]) {
      if (value === undefined || value === '') delete query[name]
      else query[name] = value
    }
    coming = query
    void router.replace({ query }).finally(() => {
      if (coming === query) coming = undefined
    })
  }

  const fields = Object.fromEntries(
    names.map((name) => [
      name,
      computed({
        get: () => get(name),
        set: (value) => set({ [name]: value } as Partial<Record<K, string>>),
      }),
    ]),
  ) as Record<K, WritableComputedRef<string>>

  const isFiltered = computed(() => names.some((name) => get(name) !== ''))

  function clear(): void {
    set(Object.fromEntries(names.map((name) => [name, undefined])) as Partial<Record<K, undefined>>)
  }

  return { fields, set, clear, isFiltered }
}
