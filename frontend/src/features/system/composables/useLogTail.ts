import { onScopeDispose, ref, shallowRef } from 'vue'
import { followLive, type LiveState } from '@/api/live'
import type { LogFilter, LogLine } from '../api'
import { fits } from './useLogFilter'

/** What a page can hold and a person can follow. */
const MOST = 1_000

/** Lines as they come, newest first, while it is on. */
export function useLogTail(filter: () => LogFilter) {
  const lines = shallowRef<LogLine[]>([])
  const state = ref<LiveState>('closed')
  const leftOut = ref(0)
  const on = ref(false)
  let following: AbortController | undefined
  let waiting: LogLine[] = []

  // Many lines of one moment are shown at once.
  function show(): void {
    lines.value = [...waiting.toReversed(), ...lines.value].slice(0, MOST)
    waiting = []
  }

  function start(): void {
    stop()
    on.value = true
    lines.value = []
    leftOut.value = 0
    following = new AbortController()
    void followLive(
      {
        state: (next) => (state.value = next),
        log: (told) => {
          if ('left_out' in told) leftOut.value += told.left_out
          else if (fits(told, filter())) {
            if (waiting.length === 0) requestAnimationFrame(show)
            waiting.push(told)
          }
        },
      },
      following.signal,
    )
  }

  function stop(): void {
    following?.abort()
    following = undefined
    on.value = false
  }

  onScopeDispose(stop)
  return { lines, state, leftOut, on, start, stop }
}
