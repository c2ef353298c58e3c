import { useEventListener } from '@vueuse/core'

const SEQUENCE_MS = 1_200

/** ⌘K or Ctrl+K, `/`, and `g` followed by a letter. None of them while somebody types. */
export function useShortcuts(ears: { palette: () => void; go: (key: string) => void }): void {
  let begunAt = -Infinity

  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (
      (event.metaKey || event.ctrlKey) &&
      !event.shiftKey &&
      !event.altKey &&
      event.key.toLowerCase() === 'k'
    ) {
      event.preventDefault()
      ears.palette()
      return
    }
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return
    if (event.key === '/') {
      event.preventDefault()
      ears.palette()
    } else if (event.key === 'g') begunAt = event.timeStamp
    else if (event.timeStamp - begunAt < SEQUENCE_MS) {
      begunAt = -Infinity
      ears.go(event.key)
    }
  })
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  )
}
