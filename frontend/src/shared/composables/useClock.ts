import { createGlobalState, useIntervalFn } from '@vueuse/core'
import { ref } from 'vue'

/** Milliseconds since the epoch, by one timer for every relative time on the page. */
export const useClock = createGlobalState(() => {
  const now = ref(Date.now())
  useIntervalFn(() => (now.value = Date.now()), 10_000)
  return now
})
