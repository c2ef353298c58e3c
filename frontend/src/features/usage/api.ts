import { api, body, read, type Schemas } from '@/api/client'
import type { Interval } from '@/shared/time/range'

export type UsageRequest = Schemas['UsageRequest']
export type RequestDetail = Schemas['UsageRequestDetail']
export type Outcome = Schemas['Outcome']
export type Endpoint = Schemas['Endpoint']
export type Dimension = Schemas['UsageDimension']
export type BreakdownRow = Schemas['UsageBreakdownRow']
export type BudgetState = Schemas['BudgetState']
export type Anomaly = Schemas['UsageAnomaly']
export type Activity = Schemas['UsageActivity']
export type WhatIf = Schemas['UsageWhatIf']
export type Measure = 'requests' | 'tokens' | 'cost'

export const OUTCOMES: readonly Outcome[] = ['completed', 'failed', 'aborted', 'rejected', 'unknown']
export const MEASURES: readonly Measure[] = ['requests', 'tokens', 'cost']
export const ENDPOINTS: readonly Endpoint[] = [
  'chat.completions',
  'responses',
  'completions',
  'messages',
  'messages.count_tokens',
  'embeddings',
  'moderations',
  'images.generations',
  'images.edits',
  'audio.transcriptions',
  'audio.translations',
  'audio.speech',
  'rerank',
  'realtime',
  'models',
]

/** What every view of usage can be narrowed to. */
export interface UsageFilter {
  from?: string
  to?: string
  user_id?: string
  team_id?: string
  api_key_id?: string
  endpoint?: Endpoint
  model?: string
  deployment?: string
  provider_id?: string
  outcome?: Outcome
}

export interface RequestFilter extends UsageFilter {
  request_id?: string
  billed_model?: string
  status?: number
}

const ask = <T>(query: T, signal: AbortSignal) => ({ params: { query }, signal })

/** The first page comes at once; who scrolls on gets larger ones. */
export const findRequests = (filter: RequestFilter, cursor: string | undefined, signal: AbortSignal) =>
  read(api.GET('/usage/requests', ask({ ...filter, cursor, limit: cursor === undefined ? 50 : 200 }, signal)))

export const request = (id: string, signal: AbortSignal) =>
  body(api.GET('/usage/requests/{id}', { params: { path: { id } }, signal }))

export function exportPath(filter: RequestFilter, format: 'csv' | 'jsonl'): string {
  const query = new URLSearchParams({ format })
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, String(value))
  return `/usage/requests/export?${query}`
}

export const timeseries = (
  filter: UsageFilter,
  interval: Interval,
  group_by: Dimension | undefined,
  signal: AbortSignal,
) => body(api.GET('/usage/timeseries', ask({ ...filter, interval, group_by }, signal)))

export const breakdown = (
  filter: UsageFilter,
  dimension: Dimension,
  by: Measure,
  limit: number,
  signal: AbortSignal,
) => body(api.GET('/usage/breakdown', ask({ ...filter, dimension, by, limit }, signal)))

export const compare = (
  filter: UsageFilter & { previous_from?: string; previous_to?: string },
  signal: AbortSignal,
) => body(api.GET('/usage/compare', ask(filter, signal)))

export const heatmap = (filter: UsageFilter, time_zone: string, signal: AbortSignal) =>
  body(api.GET('/usage/heatmap', ask({ ...filter, time_zone }, signal)))

export const costs = (filter: UsageFilter, signal: AbortSignal) =>
  body(api.GET('/usage/costs', ask(filter, signal)))

export interface OtherPrices {
  prices_of?: string
  currency?: string
  input?: string
  output?: string
  cached_input?: string
  budget?: string
  budget_currency?: string
}

export const whatIf = (filter: UsageFilter, prices: OtherPrices, signal: AbortSignal) =>
  body(api.GET('/usage/what-if', ask({ ...filter, ...prices }, signal)))

export const activity = (filter: UsageFilter, signal: AbortSignal) =>
  body(api.GET('/usage/activity', ask(filter, signal)))

export const anomalies = (
  filter: UsageFilter,
  options: { interval: 'hour' | 'day'; group_by?: Dimension; width: number },
  signal: AbortSignal,
) => body(api.GET('/usage/anomalies', ask({ ...filter, ...options }, signal)))

export const budgets = (
  filter: { user_id?: string; team_id?: string; api_key_id?: string; at?: string },
  signal: AbortSignal,
) => body(api.GET('/usage/budgets', ask({ ...filter, limit: 200 }, signal)))
