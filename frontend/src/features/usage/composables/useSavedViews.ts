import { useStorage } from '@vueuse/core'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export interface SavedView {
  name: string
  query: Record<string, string>
}

/** Filters that a person comes back to, by name, in this browser. What is open on the page is no part of them. */
export function useSavedViews(page: string) {
  const route = useRoute()
  const router = useRouter()
  const views = useStorage<SavedView[]>(`llm-platform.views.${page}`, [])

  const query = computed(() =>
    Object.fromEntries(
      Object.entries(route.query).filter(
        (one): one is [string, string] => typeof one[1] === 'string' && one[0] !== 'open',
      ),
    ),
  )
  const same = (one: Record<string, string>, other: Record<string, string>) =>
    JSON.stringify(Object.entries(one).toSorted()) === JSON.stringify(Object.entries(other).toSorted())

  return {
    views,
    current: computed(() => views.value.find((view) => same(view.query, query.value))),
    canSave: computed(() => Object.keys(query.value).length > 0),
    /** A name that is there already is given to the new one. */
    save(name: string): void {
      const wanted = name.trim()
      if (wanted === '') return
      views.value = [
        ...views.value.filter((view) => view.name !== wanted),
        { name: wanted, query: query.value },
      ]
    },
    forget(name: string): void {
      views.value = views.value.filter((view) => view.name !== name)
    },
    open: (view: SavedView) => router.push({ query: view.query }),
  }
}
