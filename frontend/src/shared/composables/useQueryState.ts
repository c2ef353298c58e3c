import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

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
    const query = { ...route.query }
    for (const [name, value] of Object.entries(changes) as [K, string | undefined][]) {
      if (value === undefined || value === '') delete query[name]
      else query[name] = value
    }
    void router.replace({ query })
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
