import { createGlobalState } from '@vueuse/core'
import { computed } from 'vue'
import { usePreferences } from '@/stores/preferences'

const NAMES = ['ink', 'ink-2', 'ink-3', 'line', 'line-strong', 'surface', 'hover', 'accent', 'bad'] as const
const SERIES = [1, 2, 3, 4, 5, 6]
const OUTCOMES = ['completed', 'failed', 'aborted', 'rejected', 'unknown'] as const

/** The colours of tokens.css for the canvas, which cannot read CSS variables; follows the theme. */
export const usePalette = createGlobalState(() => {
  const preferences = usePreferences()
  return computed(() => {
    // Read for the dependency: the sheet answers by the class on <html>, set in the same tick.
    const dark = preferences.isDark
    document.documentElement.classList.toggle('dark', dark)
    const style = getComputedStyle(document.documentElement)
    const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
    return {
      ...(Object.fromEntries(NAMES.map((name) => [name, token(name)])) as Record<
        (typeof NAMES)[number],
        string
      >),
      font: token('font-text'),
      series: SERIES.map((index) => token(`series-${index}`)),
      outcome: Object.fromEntries(OUTCOMES.map((name) => [name, token(`outcome-${name}`)])) as Record<
        string,
        string
      >,
    }
  })
})
