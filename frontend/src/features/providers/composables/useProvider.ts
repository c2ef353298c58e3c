import { useTimeoutFn } from '@vueuse/core'
import { computed, onMounted, watch } from 'vue'
import { useLatest } from '@/shared/composables/useLatest'
import { type DeploymentState, type Health, healthOf, worstStates } from '@/shared/health/states'
import { useHealth } from '@/shared/health/useHealth'
import { findPlacements, getProvider, type Provider } from '../api'

const BEHIND_RETRY_MS = 1_500

/** One provider, where it is used, and how it does. */
export function useProvider(id: () => string) {
  const one = useLatest((signal) => getProvider(id(), signal))
  const placements = useLatest((signal) => findPlacements(id(), signal))
  const health = useHealth('provider_id')
  const again = useTimeoutFn(() => void reload(), BEHIND_RETRY_MS, { immediate: false })

  async function reload(): Promise<void> {
    again.stop()
    await Promise.all([one.run(), placements.run()])
    if (one.data.value?.behind) again.start()
  }
  onMounted(() => {
    void reload()
    void health.refresh()
  })
  watch(id, () => void reload())

  const provider = computed(() => one.data.value?.data)
  return {
    provider,
    error: one.error,
    behind: computed(() => one.data.value?.behind ?? false),
    placements: placements.data,
    states: health.states,
    health: computed(() =>
      provider.value === undefined
        ? 'quiet'
        : providerHealth(provider.value, health.states.value, health.rows.value),
    ),
    reload,
  }
}

export function providerHealth(
  provider: Provider,
  states: ReturnType<typeof worstStates>,
  rows: Map<string, { requests: number; success_rate: number | null }>,
): Health {
  const row = rows.get(provider.id)
  const own: DeploymentState[] = [...states.values()].filter((state) => state.provider_id === provider.id)
  return healthOf({
    status: provider.status,
    states: own.map(({ state }) => state),
    requests: row?.requests ?? 0,
    successRate: row?.success_rate ?? null,
  })
}
