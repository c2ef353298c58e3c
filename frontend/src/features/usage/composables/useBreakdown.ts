import { computed, onMounted, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { usePalette } from '@/shared/chart/palette'
import { type TimeSeries, topSeries } from '@/shared/chart/series'
import { useLatest } from '@/shared/composables/useLatest'
import { useMay } from '@/shared/composables/useMay'
import { useQueryState } from '@/shared/composables/useQueryState'
import { breakdown, compare, type Dimension, timeseries } from '../api'
import { isMeasure, ofPoint } from '../measures'
import { AGAINST, type Against, previousOf, spanOf } from '../periods'
import { useUsageFilter } from './useUsageFilter'

export const DIMENSIONS: readonly Dimension[] = [
  'model',
  'user_id',
  'team_id',
  'api_key_id',
  'endpoint',
  'deployment',
  'provider_id',
  'outcome',
]
const LAYERS = 5
const ROWS = 100

/** A period by one dimension: its course, its sums, and both beside another period. */
export function useBreakdown() {
  const { t } = useI18n()
  const may = useMay()
  const palette = usePalette()
  const filter = useUsageFilter('7d')
  const { fields, set } = useQueryState('dimension', 'measure', 'against', 'pfrom', 'pto')

  const dimensions = computed(() =>
    DIMENSIONS.filter((one) => one !== 'provider_id' || may('providers:read')),
  )
  const dimension = computed<Dimension>(
    () => dimensions.value.find((one) => one === fields.dimension.value) ?? 'model',
  )
  const measure = computed(() => (isMeasure(fields.measure.value) ? fields.measure.value : 'requests'))
  const against = computed<Against>(() => AGAINST.find((one) => one === fields.against.value) ?? 'period')

  function periods() {
    const asked = filter.filter()
    const now = spanOf(asked)
    const custom = { from: fields.pfrom.value || undefined, to: fields.pto.value || undefined }
    return { asked: { ...asked, ...now }, before: previousOf(now, against.value, custom) }
  }

  const compared = useLatest((signal) => {
    const { asked, before } = periods()
    return compare({ ...asked, previous_from: before.from, previous_to: before.to }, signal)
  })
  const rows = useLatest((signal) => breakdown(periods().asked, dimension.value, measure.value, ROWS, signal))
  const earlier = useLatest((signal) => {
    const { asked, before } = periods()
    return breakdown({ ...asked, ...before }, dimension.value, measure.value, ROWS, signal)
  })
  const course = useLatest((signal) =>
    timeseries(periods().asked, filter.interval.value, dimension.value, signal),
  )

  function load(): void {
    for (const one of [compared, course, rows, earlier]) void one.run()
  }
  onMounted(load)
  watch([filter.key, dimension, measure, against, fields.pfrom, fields.pto], load)

  const names = computed(
    () => new Map(rows.data.value?.rows.map(({ key, name }) => [key ?? '', name ?? key ?? ''])),
  )
  const nameOf = (key: string | null | undefined): string => {
    if (key == null || key === '') return t('usage.noValue')
    if (dimension.value === 'outcome') return t(`status.${key}`)
    return names.value.get(key) ?? key
  }
  const series = computed<TimeSeries[]>(() => {
    const all = (course.data.value?.series ?? []).map(({ key, points }) => ({
      key: key || undefined,
      name: nameOf(key),
      color: '',
      points: points.map((point) => ({ at: point.at, value: ofPoint(point, measure.value) })),
    }))
    return topSeries(all, LAYERS, t('usage.rest'), (index) => palette.value.series[index] ?? '').map(
      (one) => ({
        ...one,
        color: (dimension.value === 'outcome' && palette.value.outcome[one.key ?? '']) || one.color,
      }),
    )
  })

  return {
    filter,
    fields,
    set,
    dimensions,
    dimension,
    measure,
    against,
    compared,
    rows,
    earlier,
    course,
    series,
    nameOf,
    load,
  }
}
