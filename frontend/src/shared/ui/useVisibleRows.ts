import { useEventListener } from '@vueuse/core'
import { computed, type Ref, ref, watch } from 'vue'

/** Lists that are shorter are drawn whole: searching in the page and printing then see everything. */
const WHOLE_BELOW = 150
/** Rows beyond the edges of the window, so that a quick scroll shows no gap. */
const BEYOND = 20

/** The rows of `top` to `bottom` pixels that a window of some height sees. Exported for tests. */
export function visibleRows(
  count: number,
  rowHeight: number,
  listTop: number,
  windowHeight: number,
): { first: number; last: number } {
  if (count < WHOLE_BELOW) return { first: 0, last: count }
  const first = Math.max(0, Math.floor(-listTop / rowHeight) - BEYOND)
  const last = Math.min(count, Math.ceil((windowHeight - listTop) / rowHeight) + BEYOND)
  // Scrolled past either end: something is drawn all the same.
  return {
    first: Math.min(first, Math.max(0, count - BEYOND)),
    last: Math.max(last, Math.min(count, BEYOND)),
  }
}

/** Which rows of a long table are worth drawing; the others are a gap of their height. Rows are equally high. */
export function useVisibleRows(body: Ref<HTMLElement | null>, count: () => number, rowHeight: number) {
  const height = ref(rowHeight)
  const range = ref({ first: 0, last: 0 })

  function measure(): void {
    const element = body.value
    const drawn = element?.querySelector<HTMLElement>('tr[data-row]')?.offsetHeight
    if (drawn !== undefined && drawn > 0) height.value = drawn
    const top = element?.getBoundingClientRect().top ?? 0
    const next = visibleRows(count(), height.value, top, globalThis.innerHeight)
    if (next.first !== range.value.first || next.last !== range.value.last) range.value = next
  }

  useEventListener(globalThis, 'scroll', measure, { passive: true })
  useEventListener(globalThis, 'resize', measure, { passive: true })
  watch([count, body], measure, { flush: 'post', immediate: true })

  return {
    range,
    above: computed(() => range.value.first * height.value),
    below: computed(() => Math.max(0, count() - range.value.last) * height.value),
  }
}
