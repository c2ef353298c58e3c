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
