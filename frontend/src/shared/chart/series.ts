import type { Interval } from '@/shared/time/range'

/** One line or one layer of bars. All series of a chart have the same points in time. */
export interface TimeSeries {
  /** What a click on it asks for; absent: it stands for no single thing, and a click does nothing. */
  key?: string
  name: string
  color: string
  points: { at: string; value: number }[]
}

export function total(series: TimeSeries): number {
  return series.points.reduce((sum, { value }) => sum + value, 0)
}

/** Something at a moment that the eye should find: drawn as a mark above the chart. */
export interface ChartMark {
  at: string
  text: string
}

export interface TimeChartProps {
  series: TimeSeries[]
  kind: 'bars' | 'lines'
  /** Length of one interval decides whether the axis shows times or days. */
  interval: Interval
  formatValue: (value: number) => string
  label: string
  /** A span can be drawn on it: `zoom` tells which. */
  zoomable?: boolean
  marks?: ChartMark[]
}

export interface TimeChartEvents {
  pick: [point: { at: string; key: string }]
  zoom: [period: { from: string; to: string }]
}

/**
 * The largest few of many series, the rest as one.
 *
 * @param paint the colour of the nth
 */
export function topSeries(
  all: TimeSeries[],
  most: number,
  restName: string,
  paint: (index: number) => string,
): TimeSeries[] {
  const ranked = all.filter((one) => total(one) > 0).toSorted((a, b) => total(b) - total(a))
  const shown = ranked.slice(0, most)
  const rest = ranked.slice(most)
  if (rest.length > 0) shown.push(added(restName, rest))
  return shown.map((one, index) => ({ ...one, color: paint(index) }))
}

function added(name: string, series: TimeSeries[]): TimeSeries {
  const points = (series[0]?.points ?? []).map(({ at }, index) => ({
    at,
    value: series.reduce((sum, { points }) => sum + (points[index]?.value ?? 0), 0),
  }))
  return { name, color: '', points }
}

/** The place of the last point that is not after a moment; -1 before the first. */
export function placeOf(at: string, times: string[]): number {
  const moment = Date.parse(at)
  return times.findLastIndex((time) => Date.parse(time) <= moment)
}
