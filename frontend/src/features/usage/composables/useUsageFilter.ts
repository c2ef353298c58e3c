import { computed } from 'vue'
import { useQueryState } from '@/shared/composables/useQueryState'
import { intervalFor, intervalOf, isPreset, type Interval, type Preset, startOf } from '@/shared/time/range'
import { ENDPOINTS, type Endpoint, OUTCOMES, type Outcome, type UsageFilter } from '../api'

/** What every tab understands: it goes along when one is left for another. */
export const SHARED_FIELDS = [
  'range',
  'from',
  'to',
  'user_id',
  'team_id',
  'api_key_id',
  'endpoint',
  'model',
  'deployment',
  'provider_id',
  'outcome',
] as const

const text = (value: string) => (value.trim() === '' ? undefined : value.trim())
const oneOf = <T extends string>(all: readonly T[], value: string): T | undefined =>
  (all as readonly string[]).includes(value) ? (value as T) : undefined

/**
 * The filter of a usage page, read from and written to the URL.
 *
 * @param fallback the period when the URL says none; without it, that is any time
 */
export function useUsageFilter(fallback?: Preset) {
  const { fields, set, clear, isFiltered } = useQueryState(...SHARED_FIELDS)
  const isCustom = computed(() => fields.from.value !== '' || fields.to.value !== '')
  const range = computed(() => (isPreset(fields.range.value) ? fields.range.value : fallback))

  /** As of now: a period that is told by its length begins anew with each call. */
  function filter(now = Date.now()): UsageFilter {
    const from = isCustom.value ? text(fields.from.value) : range.value && startOf(range.value, now)
    return {
      from,
      to: isCustom.value ? text(fields.to.value) : undefined,
      user_id: text(fields.user_id.value),
      team_id: text(fields.team_id.value),
      api_key_id: text(fields.api_key_id.value),
      endpoint: oneOf<Endpoint>(ENDPOINTS, fields.endpoint.value),
      model: text(fields.model.value),
      deployment: text(fields.deployment.value),
      provider_id: text(fields.provider_id.value),
      outcome: oneOf<Outcome>(OUTCOMES, fields.outcome.value),
    }
  }

  const interval = computed<Interval>(() => {
    const { from, to } = fields
    if (isCustom.value) return from.value === '' ? 'day' : intervalFor(from.value, text(to.value))
    return range.value === undefined ? 'day' : intervalOf(range.value)
  })

  return {
    fields,
    set,
    clear,
    isFiltered,
    isCustom,
    range,
    interval,
    filter,
    zoom: ({ from, to }: { from: string; to: string }) => set({ range: undefined, from, to }),
    /** Changes whenever what is asked for does. */
    key: computed(() => JSON.stringify(SHARED_FIELDS.map((name) => fields[name].value))),
    /** For links to the requests behind a number: the same filter and one thing more. */
    narrowed: (more: Record<string, string>): Record<string, string> => ({
      ...(range.value === undefined || isCustom.value ? {} : { range: range.value }),
      ...Object.fromEntries(
        SHARED_FIELDS.filter((name) => fields[name].value !== '').map((name) => [name, fields[name].value]),
      ),
      ...more,
    }),
  }
}

export type UsageFilterState = ReturnType<typeof useUsageFilter>
