import { useTimeoutFn } from '@vueuse/core'
import { computed, onMounted, watch } from 'vue'
import { useLatest } from '@/shared/composables/useLatest'
import { useMay } from '@/shared/composables/useMay'
import { type DeploymentState, type Health, healthOf } from '@/shared/health/states'
import { useHealth } from '@/shared/health/useHealth'
import { findPrices, findProviders, getModel, type Model } from '../api'

/** A read that was still behind an own write is repeated after this time. */
const BEHIND_RETRY_MS = 1_500

/** One model with what its page shows beside it: providers, how it does, and the price in force. */
export function useModel(id: () => string) {
  const may = useMay()
  const one = useLatest((signal) => getModel(id(), signal))
  const prices = useLatest((signal) => findPrices(id(), signal))
  const providers = useLatest((signal) => findProviders(signal))
  const health = useHealth('model')
  const again = useTimeoutFn(() => void reload(), BEHIND_RETRY_MS, { immediate: false })

  async function reload(): Promise<void> {
    again.stop()
    await Promise.all([one.run(), prices.run()])
    if (one.data.value?.behind) again.start()
  }

  onMounted(() => {
    void reload()
    void health.refresh()
    if (may('providers:read')) void providers.run()
  })
  watch(id, () => void reload())

  /** Its price is that in force now: a version's, else the one that stands on it. */
  const model = computed<Model | undefined>(() => {
    const found = one.data.value?.data
    const version = prices.data.value?.data.find(({ state }) => state === 'in_force')
    return found === undefined || version === undefined ? found : { ...found, price: version.rates }
  })

  return {
    /** As it was saved. */
    saved: computed(() => one.data.value?.data),
    model,
    error: one.error,
    loading: one.loading,
    behind: computed(() => one.data.value?.behind ?? false),
    providers: computed(() => providers.data.value?.data ?? []),
    states: health.states,
    health: computed(() =>
      model.value === undefined ? 'quiet' : modelHealth(model.value, health.states.value, health.rows.value),
    ),
    reload,
  }
}

export function modelHealth(
  model: Model,
  states: Map<string, DeploymentState>,
  rows: Map<string, { requests: number; success_rate: number | null }>,
): Health {
  const row = rows.get(model.name)
  return healthOf({
    status: model.status,
    states: model.deployments.flatMap(({ id }) => states.get(id)?.state ?? []),
    requests: row?.requests ?? 0,
    successRate: row?.success_rate ?? null,
  })
}
