import { useIntervalFn } from '@vueuse/core'
import { computed } from 'vue'
import { api, body, type Schemas } from '@/api/client'
import { eventData } from '@/api/sse'
import { useLatest } from '@/shared/composables/useLatest'
import { useMay } from '@/shared/composables/useMay'
import { startOf } from '@/shared/time/range'
import { type Tick, worstStates } from './states'

const REFRESH_MS = 30_000

/** One second of the live stream: the state of every breaker at every gateway. */
async function oneTick(signal: AbortSignal): Promise<Tick | undefined> {
  const stream = await body(api.GET('/live', { parseAs: 'stream', signal }))
  if (stream === null) return undefined
  for await (const data of eventData(stream as ReadableStream<Uint8Array>)) {
    const event = JSON.parse(data) as object
    if ('gateways' in event) return event as Tick
  }
  return undefined
}

/**
 * How models or providers did in the last 24 hours, by name or id, and what the gateways think of their deployments now
 * (for those who may see that). Either may be missing: a page goes on without.
 */
export function useHealth(dimension: 'model' | 'provider_id') {
  const may = useMay()
  const usage = useLatest((signal) =>
    body(
      api.GET('/usage/breakdown', {
        params: { query: { dimension, limit: 100, from: startOf('24h', Date.now()) } },
        signal,
      }),
    ),
  )
  const live = useLatest((signal) => oneTick(signal))

  async function refresh(): Promise<void> {
    await Promise.all([usage.run(), may('providers:read') ? live.run() : undefined])
  }
  useIntervalFn(() => document.visibilityState === 'visible' && void refresh(), REFRESH_MS)

  const rows = computed(
    () =>
      new Map<string, Schemas['UsageBreakdownRow']>(
        (usage.data.value?.rows ?? []).map((row) => [row.key ?? '', row]),
      ),
  )
  return { rows, states: computed(() => worstStates(live.data.value)), refresh }
}
