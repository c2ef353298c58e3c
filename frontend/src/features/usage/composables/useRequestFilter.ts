import { computed } from 'vue'
import { useQueryState } from '@/shared/composables/useQueryState'
import { isPreset, startOf } from '@/shared/time/range'
import { OUTCOMES, type Outcome, type RequestFilter } from '../api'

/** The filter of the requests page, read from and written to the URL. */
export function useRequestFilter() {
  const { fields, set, clear, isFiltered } = useQueryState(
    'range',
    'from',
    'to',
    'request_id',
    'user_id',
    'api_key_id',
    'model',
    'deployment',
    'outcome',
    'status',
  )

  const isOutcome = (text: string): text is Outcome => (OUTCOMES as readonly string[]).includes(text)
  const text = (value: string) => (value === '' ? undefined : value)

  const filter = computed<RequestFilter>(() => ({
    from: isPreset(fields.range.value) ? startOf(fields.range.value, Date.now()) : text(fields.from.value),
    to: text(fields.to.value),
    request_id: text(fields.request_id.value.trim()),
    user_id: text(fields.user_id.value),
    api_key_id: text(fields.api_key_id.value),
    model: text(fields.model.value),
    deployment: text(fields.deployment.value),
    outcome: isOutcome(fields.outcome.value) ? fields.outcome.value : undefined,
    status: /^\d{3}$/.test(fields.status.value) ? Number(fields.status.value) : undefined,
  }))

  return { fields, filter, set, clear, isFiltered }
}
