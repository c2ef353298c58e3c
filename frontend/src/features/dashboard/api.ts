import { api, body, type Schemas } from '@/api/client'
import type { Interval } from '@/shared/time/range'
import type { Asked } from '@/shared/time/usePeriod'

export type Dimension = 'model' | 'user_id' | 'team_id' | 'api_key_id'
export type Measure = 'requests' | 'tokens' | 'cost'
export type Breakdown = Schemas['UsageBreakdown']
export type Anomaly = Schemas['UsageAnomaly']
export type BudgetState = Schemas['BudgetState']

export interface Overview {
  summary: Schemas['UsageSummary']
  before: Schemas['UsageSummary']
  byOutcome: Schemas['UsageTimeseries']
  byModel: Schemas['UsageTimeseries']
  recent: Schemas['UsageRequest'][]
}

/** What the page is about, for one and the same period. `to` may stay open: the newest call belongs to it. */
export async function overview(asked: Asked, interval: Interval, signal: AbortSignal): Promise<Overview> {
  const series = (group_by: 'outcome' | 'model') =>
    body(api.GET('/usage/timeseries', { params: { query: { ...asked, interval, group_by } }, signal }))
  const [compared, byOutcome, byModel, recent] = await Promise.all([
    body(api.GET('/usage/compare', { params: { query: asked }, signal })),
    series('outcome'),
    series('model'),
    body(api.GET('/usage/requests', { params: { query: { ...asked, limit: 8 } }, signal })),
  ])
  return {
    summary: compared.current.usage,
    before: compared.previous.usage,
    byOutcome,
    byModel,
    recent: recent.data,
  }
}

/** The largest of a dimension; as many as a card shows. */
export const largest = (asked: Asked, dimension: Dimension, by: Measure, signal: AbortSignal) =>
  body(api.GET('/usage/breakdown', { params: { query: { ...asked, dimension, by, limit: 5 } }, signal }))

/** Hours or days out of their usual band. Hours are judged for a month at most. */
export const anomalies = (asked: Asked, interval: Interval, signal: AbortSignal) =>
  body(
    api.GET('/usage/anomalies', {
      params: { query: { ...asked, interval: interval === 'day' ? 'day' : 'hour' } },
      signal,
    }),
  )

/** The most used budgets, as they stand now. */
export const budgets = async (signal: AbortSignal) =>
  (await body(api.GET('/usage/budgets', { params: { query: { limit: 50 } }, signal }))).data
