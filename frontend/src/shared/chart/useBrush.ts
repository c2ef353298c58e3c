import { useEventListener } from '@vueuse/core'
import { type Ref, ref } from 'vue'

/** Below this it was a click that trembled. */
const LEAST_PX = 8

/**
 * Draws a span over a chart by mouse, pen or finger; a finger that goes up or down still scrolls the page.
 *
 * @param frame   what holds the chart
 * @param enabled whether there is anything to draw on
 * @param drawn   the span in pixels from the left edge of the frame
 */
export function useBrush(
  frame: Ref<HTMLElement | null>,
  enabled: () => boolean,
  drawn: (left: number, right: number) => void,
) {
  const span = ref<{ left: number; width: number }>()
  let start: number | undefined

  const x = (event: PointerEvent) => {
    const box = frame.value?.getBoundingClientRect()
    return box === undefined ? 0 : Math.min(box.width, Math.max(0, event.clientX - box.left))
  }

  useEventListener(frame, 'pointerdown', (event: PointerEvent) => {
    if (enabled() && event.button === 0) start = x(event)
  })
  useEventListener(globalThis, 'pointermove', (event: PointerEvent) => {
    if (start === undefined) return
    const now = x(event)
    if (span.value !== undefined || Math.abs(now - start) >= LEAST_PX) {
      span.value = { left: Math.min(start, now), width: Math.abs(now - start) }
    }
  })
  useEventListener(globalThis, 'pointerup', () => {
    const done = span.value
    forget()
    if (done !== undefined && done.width >= LEAST_PX) drawn(done.left, done.left + done.width)
  })
  useEventListener(globalThis, ['pointercancel', 'blur'], forget)

  function forget() {
    start = undefined
    span.value = undefined
  }

  return { span }
}
