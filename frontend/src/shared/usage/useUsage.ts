import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { api, body, type Schemas } from '@/api/client'
import { usePalette } from '@/shared/chart/palette'
import type { TimeSeries } from '@/shared/chart/series'
import { useLatest } from '@/shared/composables/useLatest'
import { intervalOf, type Preset, startOf } from '@/shared/time/range'

export type UsageFilter = Partial<
  Record<'model' | 'provider_id' | 'deployment' | 'user_id' | 'team_id' | 'api_key_id', string>
>
export const METRICS = ['requests', 'tokens', 'cost'] as const
export type Metric = (typeof METRICS)[number]
type Point = Schemas['UsagePoint']

/** How many models are told apart. */
const MOST_MODELS = 5
const OUTCOMES = ['completed', 'failed', 'aborted', 'rejected', 'unknown'] as const

/** Sums, series and, where it can be several, the models of what one filter finds in one period. */
export function useUsage(filter: () => UsageFilter, range: () => Preset) {
  const { t } = useI18n()
  const palette = usePalette()
  const { data, error, loading, run } = useLatest(async (signal) => {
    const query = { ...filter(), from: startOf(range(), Date.now()) }
    const interval = intervalOf(range())
    const [summary, series, models] = await Promise.all([
      body(api.GET('/usage/summary', { params: { query }, signal })),
      body(
        api.GET('/usage/timeseries', {
          params: { query: { ...query, interval, group_by: 'outcome' } },
          signal,
        }),
      ),
      query.model === undefined
        ? body(
            api.GET('/usage/breakdown', {
              params: { query: { ...query, dimension: 'model', limit: MOST_MODELS } },
              signal,
            }),
          )
        : undefined,
    ])
    return { summary, series: series.series, interval: series.interval, models }
  })

  const outcomes = computed(() => data.value?.series ?? [])

  function added(pick: (point: Point) => number): TimeSeries['points'] {
    const [first] = outcomes.value
    return (first?.points ?? []).map(({ at }, index) => ({
      at,
      value: outcomes.value.reduce((sum, { points }) => {
        const point = points[index]
        return point === undefined ? sum : sum + pick(point)
      }, 0),
    }))
  }

  function chart(metric: Metric): TimeSeries[] {
    if (outcomes.value.length === 0) return []
    const [one = '', two = ''] = palette.value.series
    switch (metric) {
      case 'requests':
        return OUTCOMES.flatMap((outcome) => {
          const found = outcomes.value.find(({ key }) => key === outcome)
          if (found === undefined) return []
          const points = found.points.map(({ at, requests }) => ({ at, value: requests }))
          return [
            {
              key: outcome,
              name: t(`status.${outcome}`),
              color: palette.value.outcome[outcome] ?? '',
              points,
            },
          ]
        })
      case 'tokens':
        return [
          { name: t('spending.tokensIn'), color: one, points: added((point) => point.prompt_tokens) },
          { name: t('spending.tokensOut'), color: two, points: added((point) => point.completion_tokens) },
        ]
      case 'cost':
        return [{ name: t('spending.figures.cost'), color: one, points: added((point) => point.cost) }]
    }
  }

  return { data, error, loading, run, chart }
}
