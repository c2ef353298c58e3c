import { api, body, type Schemas } from '@/api/client'
import { intervalOf, type Preset, previous, startOf } from '@/shared/time/range'

export interface Overview {
  /** Start of the period, as sent to the server: links must ask for the same. */
  from: string
  summary: Schemas['UsageSummary']
  before: Schemas['UsageSummary']
  byOutcome: Schemas['UsageTimeseries']
  byModel: Schemas['UsageTimeseries']
  recent: Schemas['UsageRequest'][]
}

/** Everything on the dashboard, for one and the same period. `to` stays open: the newest call belongs to it. */
export async function overview(preset: Preset, signal: AbortSignal, now = Date.now()): Promise<Overview> {
  const from = startOf(preset, now)
  const interval = intervalOf(preset)
  const series = (group_by: 'outcome' | 'model') =>
    body(api.GET('/usage/timeseries', { params: { query: { from, interval, group_by } }, signal }))
  const [summary, before, byOutcome, byModel, recent] = await Promise.all([
    body(api.GET('/usage/summary', { params: { query: { from } }, signal })),
    body(api.GET('/usage/summary', { params: { query: previous(preset, now) }, signal })),
    series('outcome'),
    series('model'),
    body(api.GET('/usage/requests', { params: { query: { from, limit: 8 } }, signal })),
  ])
  return { from, summary, before, byOutcome, byModel, recent: recent.data }
}
