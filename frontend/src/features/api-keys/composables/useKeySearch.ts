import { computed, shallowRef, type WritableComputedRef } from 'vue'
import { useSearchBox } from '@/shared/composables/useSearchBox'
import { recogniseKey, type RecognisedKey } from '@/shared/keys/recognise'

/**
 * The search box of the list, into which a whole key may be pasted: it becomes its visible beginning before anything
 * else sees it, so that no secret reaches the URL, the history or the server.
 */
export function useKeySearch(target: WritableComputedRef<string>, found: (prefix: string) => void) {
  const search = useSearchBox(target)
  const pasted = shallowRef<RecognisedKey>()

  const text = computed({
    get: () => search.value,
    set: (typed: string) => {
      const key = recogniseKey(typed)
      if (key !== undefined) {
        pasted.value = key
        search.value = key.prefix
        found(key.prefix)
      } else {
        if (typed !== pasted.value?.prefix) pasted.value = undefined
        search.value = typed
      }
    },
  })

  return { text, pasted }
}
