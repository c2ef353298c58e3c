import { computed } from 'vue'
import { useQueryState } from '@/shared/composables/useQueryState'
import type { RequestFilter } from '../api'
import { SHARED_FIELDS, useUsageFilter } from './useUsageFilter'

/** The filter of the requests, with what only single requests have. */
export function useRequestFilter() {
  const usage = useUsageFilter()
  const own = useQueryState('request_id', 'billed_model', 'status')
  const all = useQueryState(...SHARED_FIELDS, 'request_id', 'billed_model', 'status')
  const text = (value: string) => (value.trim() === '' ? undefined : value.trim())

  const filter = (): RequestFilter => ({
    ...usage.filter(),
    request_id: text(own.fields.request_id.value),
    billed_model: text(own.fields.billed_model.value),
    status: /^\d{3}$/.test(own.fields.status.value) ? Number(own.fields.status.value) : undefined,
  })
  const { request_id, billed_model, status } = own.fields

  return {
    usage,
    own: own.fields,
    filter,
    isFiltered: all.isFiltered,
    key: computed(
      () => usage.key.value + JSON.stringify([request_id.value, billed_model.value, status.value]),
    ),
    clear: all.clear,
  }
}

export type RequestFilterState = ReturnType<typeof useRequestFilter>
