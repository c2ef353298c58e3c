import { refDebounced } from '@vueuse/core'
import { ref, watch, type WritableComputedRef } from 'vue'

/** A search box whose text goes to the URL once typing has paused. */
export function useSearchBox(target: WritableComputedRef<string>, delayMs = 250) {
  const text = ref(target.value)
  watch(refDebounced(text, delayMs), (typed) => {
    if (typed !== target.value) target.value = typed
  })
  // Back button, cleared filters and links write the other way round.
  watch(target, (next) => {
    if (next !== text.value) text.value = next
  })
  return text
}
