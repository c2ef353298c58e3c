import { useTimeoutFn } from '@vueuse/core'
import { ref } from 'vue'
import type { Read } from '@/api/client'
import { useLatest } from './useLatest'

/** A read that was still behind an own write is repeated after this time. */
const BEHIND_RETRY_MS = 1_500

/** One thing by its id, with the word on whether an own write is still to appear in it. */
export function useEntity<T>(load: (signal: AbortSignal) => Promise<Read<T>>) {
  const behind = ref(false)
  const retry = useTimeoutFn(() => void reload(), BEHIND_RETRY_MS, { immediate: false })
  const { data, error, loading, run } = useLatest(async (signal) => {
    const answer = await load(signal)
    if (!signal.aborted) {
      behind.value = answer.behind
      if (answer.behind) retry.start()
    }
    return answer.data
  })

  function reload(): Promise<void> {
    retry.stop()
    return run()
  }

  return { data, error, loading, behind, reload }
}
