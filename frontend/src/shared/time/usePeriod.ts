import { computed } from 'vue'
import { useQueryState } from '@/shared/composables/useQueryState'
import { intervalFor, intervalOf, isPreset, type Preset, startOf } from './range'

/** A period as the server is asked for it; without `to` it goes on. */
export interface Asked {
  from: string
  to?: string
}

/** The period of a page, in the URL: a preset, or two instants (typed, or drawn with the mouse on a chart). */
export function usePeriod(fallback: Preset) {
  const { fields, set } = useQueryState('range', 'from', 'to')
  const isCustom = computed(() => fields.from.value !== '')
  const preset = computed<Preset>(() => (isPreset(fields.range.value) ? fields.range.value : fallback))

  function asked(now = Date.now()): Asked {
    if (!isCustom.value) return { from: startOf(preset.value, now) }
    return fields.to.value === ''
      ? { from: fields.from.value }
      : { from: fields.from.value, to: fields.to.value }
  }

  return {
    fields,
    set,
    isCustom,
    preset,
    asked,
    interval: computed(() =>
      isCustom.value ? intervalFor(fields.from.value, asked().to) : intervalOf(preset.value),
    ),
    /** For links to pages that understand the same: they stay on this period. */
    query: computed((): Record<string, string> => {
      const { from, to } = asked()
      if (!isCustom.value) return { range: preset.value }
      return to === undefined ? { from } : { from, to }
    }),
    /** Changes whenever the period does. */
    key: computed(() => (isCustom.value ? `${fields.from.value}/${fields.to.value}` : preset.value)),
    choose: (next: Preset) =>
      set({ range: next === fallback ? undefined : next, from: undefined, to: undefined }),
    zoom: ({ from, to }: { from: string; to: string }) => set({ range: undefined, from, to }),
  }
}
