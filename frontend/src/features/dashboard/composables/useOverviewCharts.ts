import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { usePalette } from '@/shared/chart/palette'
import { type TimeSeries, topSeries } from '@/shared/chart/series'
import type { Schemas } from '@/api/client'
import type { Overview } from '../api'

type Point = Schemas['UsagePoint']
type Series = Schemas['UsageTimeseries']['series']

const OUTCOMES = ['completed', 'failed', 'aborted', 'rejected', 'unknown'] as const
/** More layers than this cannot be told apart; the rest is one layer. */
const MAX_MODELS = 5

/** The usage series as the charts draw them. */
export function useOverviewCharts(overview: Ref<Overview | undefined>) {
  const { t } = useI18n()
  const palette = usePalette()

  const outcomes = computed<TimeSeries[]>(() =>
    OUTCOMES.flatMap((outcome) => {
      const found = overview.value?.byOutcome.series.find(({ key }) => key === outcome)
      if (found === undefined) return []
      return [
        {
          key: outcome,
          ...line(
            t(`status.${outcome}`),
            palette.value.outcome[outcome] ?? '',
            found.points,
            (p) => p.requests,
          ),
        },
      ]
    }),
  )

  const tokens = computed<TimeSeries[]>(() => {
    const all = added(overview.value?.byOutcome.series ?? [])
    if (all.length === 0) return []
    const [input = '', output = ''] = palette.value.series
    return [
      line(t('dashboard.tokensIn'), input, all, (p) => p.prompt_tokens),
      line(t('dashboard.tokensOut'), output, all, (p) => p.completion_tokens),
    ]
  })

  const costs = computed<TimeSeries[]>(() => {
    const byModel = (overview.value?.byModel.series ?? []).map(({ key, points }) => ({
      key: key || undefined,
      ...line(key || t('dashboard.noModel'), '', points, (p) => p.cost),
    }))
    return topSeries(
      byModel,
      MAX_MODELS,
      t('dashboard.otherModels'),
      (index) => palette.value.series[index] ?? '',
    )
  })

  return { outcomes, tokens, costs }
}

function line(name: string, color: string, points: Point[], pick: (point: Point) => number): TimeSeries {
  return { name, color, points: points.map((point) => ({ at: point.at, value: pick(point) })) }
}

function added(series: Series): Point[] {
  const [first, ...others] = series.map(({ points }) => points)
  return (first ?? []).map((point, index) =>
    others.reduce<Point>((sum, points) => {
      const other = points[index]
      return other === undefined
        ? sum
        : {
            ...sum,
            prompt_tokens: sum.prompt_tokens + other.prompt_tokens,
            completion_tokens: sum.completion_tokens + other.completion_tokens,
          }
    }, point),
  )
}
