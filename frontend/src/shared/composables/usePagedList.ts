import { useTimeoutFn } from '@vueuse/core'
import { computed, ref, shallowRef } from 'vue'
import type { Read } from '@/api/client'
import { useLatest } from './useLatest'

export interface Page<T> {
  data: T[]
  next_cursor?: string | null
}

/** A read that was still behind an own write is repeated after this time. */
const BEHIND_RETRY_MS = 1_500

/**
 * A list behind a cursor. `reload` starts from the top, `loadMore` appends; a reload while more is being loaded wins.
 */
export function usePagedList<T>(
  load: (signal: AbortSignal, cursor: string | undefined) => Promise<Read<Page<T>>>,
) {
  const items = shallowRef<T[]>()
  const nextCursor = ref<string>()
  const behind = ref(false)
  const retry = useTimeoutFn(() => void reload(), BEHIND_RETRY_MS, { immediate: false })

  const { error, loading, run } = useLatest(async (signal, cursor: string | undefined) => {
    const answer = await load(signal, cursor)
    if (signal.aborted) return
    items.value = cursor === undefined ? answer.data.data : [...(items.value ?? []), ...answer.data.data]
    nextCursor.value = answer.data.next_cursor ?? undefined
    behind.value = answer.behind
    if (answer.behind) retry.start()
  })

  function reload(): Promise<void> {
    retry.stop()
    return run(undefined)
  }

  async function loadMore(): Promise<void> {
    if (nextCursor.value !== undefined && !loading.value) await run(nextCursor.value)
  }

  return {
    items,
    error,
    loading,
    behind,
    hasMore: computed(() => nextCursor.value !== undefined),
    reload,
    loadMore,
  }
}
