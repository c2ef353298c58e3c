import { useIntervalFn } from '@vueuse/core'
import { computed, ref } from 'vue'

/** The seconds left of a wait, as `2:05`; empty when it is over. */
export function useCountdown(now: () => number = Date.now) {
  const until = ref(0)
  const time = ref(now())
  const timer = useIntervalFn(tick, 500, { immediate: false })
  const seconds = computed(() => Math.max(0, Math.ceil((until.value - time.value) / 1000)))
  const text = computed(() =>
    seconds.value === 0
      ? ''
      : `${Math.floor(seconds.value / 60)}:${String(seconds.value % 60).padStart(2, '0')}`,
  )

  function tick(): void {
    time.value = now()
    if (seconds.value === 0) timer.pause()
  }

  function start(duration: number): void {
    time.value = now()
    until.value = time.value + duration * 1000
    timer.resume()
  }

  return { text, start }
}
