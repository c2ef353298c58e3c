import { createSharedComposable, useDocumentVisibility } from '@vueuse/core'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { followLive, type LiveState, type LiveTick } from '@/api/live'

/** Two minutes of ticks. */
export const LIVE_TICKS = 120

/**
 * What happens now. All who use it on a page share one connection, which ends with the last of them, and while the tab is
 * not looked at: a browser has six per host, and a hidden tab would keep one from the others.
 */
export const useLive = createSharedComposable(() => {
  const state = ref<LiveState>('connecting')
  const ticks = shallowRef<LiveTick[]>([])
  const visibility = useDocumentVisibility()
  let running: AbortController | undefined
  let come: LiveTick[] = []
  let frame = 0

  /** The last minutes are replayed within one task: they are drawn once, not once a tick. */
  function tell(tick: LiveTick): void {
    come.push(tick)
    if (frame !== 0) return
    frame = requestAnimationFrame(() => {
      frame = 0
      ticks.value = [...ticks.value, ...come].slice(-LIVE_TICKS)
      come = []
    })
  }

  function start(): void {
    running?.abort()
    const own = (running = new AbortController())
    // What comes is replayed from the last minutes.
    ticks.value = []
    come = []
    void followLive({ tick: tell, state: (next) => (state.value = next) }, own.signal)
  }

  watch(
    visibility,
    (now) => {
      if (now === 'visible') start()
      else running?.abort()
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    running?.abort()
    cancelAnimationFrame(frame)
  })

  return { state, ticks }
})
