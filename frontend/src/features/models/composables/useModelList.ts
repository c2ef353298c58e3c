import { computed, onMounted, watch } from 'vue'
import { useLatest } from '@/shared/composables/useLatest'
import { usePagedList } from '@/shared/composables/usePagedList'
import { useQueryState } from '@/shared/composables/useQueryState'
import { useHealth } from '@/shared/health/useHealth'
import { findModels, findPrices, type Model, type Status } from '../api'
import { modelHealth } from './useModel'

/** The models that fit the filter in the URL, with how they do, what they were used for, and what they cost now. */
export function useModelList() {
  const { fields, isFiltered, clear } = useQueryState('q', 'status')
  const list = usePagedList<Model>((signal, cursor) =>
    findModels(
      { q: fields.q.value || undefined, status: (fields.status.value as Status) || undefined },
      cursor,
      signal,
    ),
  )
  const prices = useLatest((signal) => findPrices(undefined, signal))
  const health = useHealth('model')

  onMounted(() => {
    void list.reload()
    void prices.run()
    void health.refresh()
  })
  watch([fields.q, fields.status], () => list.reload())

  const inForce = computed(
    () =>
      new Map(
        (prices.data.value?.data ?? [])
          .filter(({ state }) => state === 'in_force')
          .map(({ model_id, rates }) => [model_id, rates]),
      ),
  )

  return {
    ...list,
    fields,
    isFiltered,
    clear,
    priceOf: (model: Model) => inForce.value.get(model.id) ?? model.price,
    useOf: (model: Model) => health.rows.value.get(model.name),
    healthOf: (model: Model) => modelHealth(model, health.states.value, health.rows.value),
  }
}
