import { useIntervalFn } from '@vueuse/core'
import type { ApiError } from '@/api/problem'

const EVERY_MS = 5_000

/** What is away comes back by itself: asked again from time to time, while somebody looks. */
export function useAutoRetry(error: () => ApiError, retry: () => void): void {
  useIntervalFn(() => {
    if (document.visibilityState === 'visible' && isAway(error())) retry()
  }, EVERY_MS)
}

export const isAway = (error: ApiError) => error.kind === 'offline' || error.kind === 'unavailable'
