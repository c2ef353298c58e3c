import { useDocumentVisibility, useIntervalFn, useStorage } from '@vueuse/core'
import { computed, onMounted, ref, watch } from 'vue'
import { useLatest } from '@/shared/composables/useLatest'
import { useMay } from '@/shared/composables/useMay'
import { usePeriod } from '@/shared/time/usePeriod'
import { anomalies, type Breakdown, budgets, type Dimension, largest, type Measure, overview } from '../api'

/** What is cheap to ask for is asked for often; sums of a month are not. */
const REFRESH_MS = 5_000
const REFRESH_LONG_MS = 30_000
const REFRESH_SLOW_MS = 60_000
const HOURS_MS = 31 * 86_400_000

/** The data of the dashboard, each part loaded by itself: the numbers on top wait for nothing below them. */
export function useDashboard() {
  const may = useMay()
  const period = usePeriod('24h')
  const isLive = useStorage('llm-platform.dashboard.live', true)
  const visibility = useDocumentVisibility()
  const by = ref<Measure>('requests')

  const dimensions: Dimension[] = may('people:read')
    ? ['model', 'user_id', 'api_key_id', 'team_id']
    : ['model', 'api_key_id']

  const main = useLatest((signal) => overview(period.asked(), period.interval.value, signal))
  const tops = dimensions.map((dimension) => ({
    dimension,
    load: useLatest((signal): Promise<Breakdown> => largest(period.asked(), dimension, by.value, signal)),
  }))
  const unusual = useLatest((signal) => {
    const asked = period.asked()
    const length = (asked.to === undefined ? Date.now() : Date.parse(asked.to)) - Date.parse(asked.from)
    return anomalies(asked, length > HOURS_MS ? 'day' : 'hour', signal)
  })
  const limits = useLatest(budgets)

  /** One after the other: each adds up all of the period, and what is on top of the page must not wait for them. */
  async function loadTops(): Promise<void> {
    for (const { load } of tops) await load.run()
  }
  async function loadSlow(): Promise<void> {
    await Promise.all([unusual.run(), limits.run()])
    await loadTops()
  }
  async function loadAll(): Promise<void> {
    await main.run()
    await loadSlow()
  }

  const isShort = computed(() => period.interval.value !== 'day')
  const watched = () => isLive.value && visibility.value === 'visible'
  useIntervalFn(
    () => watched() && !main.loading.value && void main.run(),
    computed(() => (isShort.value ? REFRESH_MS : REFRESH_LONG_MS)),
  )
  useIntervalFn(() => watched() && void loadSlow(), REFRESH_SLOW_MS)

  onMounted(loadAll)
  watch(period.key, loadAll)
  watch(by, loadTops)

  return {
    period,
    isLive,
    by,
    main,
    unusual,
    limits,
    lists: computed(() => tops.map(({ dimension, load }) => ({ dimension, breakdown: load.data.value }))),
  }
}
