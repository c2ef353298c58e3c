import { createSharedComposable, useDocumentVisibility } from '@vueuse/core'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { followLive, type LiveAudit, type LiveState, type LiveTick } from '@/api/live'

/** Two minutes of ticks. */
export const LIVE_TICKS = 120
const AUDITS = 30

/**
 * What happens now. All who use it on a page share one connection, which ends with the last of them, and while the tab is
 * not looked at: a browser has six per host, and a hidden tab would keep one from the others.
 */
export const useLive = createSharedComposable(() => {
  const state = ref<LiveState>('connecting')
  const ticks = shallowRef<LiveTick[]>([])
  const audits = shallowRef<LiveAudit[]>([])
  const visibility = useDocumentVisibility()
  let running: AbortController | undefined

  function start(): void {
    running?.abort()
    const own = (running = new AbortController())
    // What comes is replayed from the last minutes.
    ticks.value = []
    audits.value = []
    void followLive(
      {
        tick: (tick) => (ticks.value = [...ticks.value, tick].slice(-LIVE_TICKS)),
        audit: (audit) => (audits.value = [audit, ...audits.value].slice(0, AUDITS)),
        state: (next) => (state.value = next),
      },
      own.signal,
    )
  }

  watch(
    visibility,
    (now) => {
      if (now === 'visible') start()
      else running?.abort()
    },
    { immediate: true },
  )
  onScopeDispose(() => running?.abort())

  return { state, ticks, audits }
})
