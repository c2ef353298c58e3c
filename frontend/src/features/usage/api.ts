import { api, read, type Schemas } from '@/api/client'

export type UsageRequest = Schemas['UsageRequest']
export type Outcome = Schemas['Outcome']

export const OUTCOMES: readonly Outcome[] = ['completed', 'failed', 'aborted', 'rejected', 'unknown']

export interface RequestFilter {
  from?: string
  to?: string
  request_id?: string
  user_id?: string
  api_key_id?: string
  model?: string
  deployment?: string
  outcome?: Outcome
  status?: number
}

export const findRequests = (filter: RequestFilter, cursor: string | undefined, signal: AbortSignal) =>
  read(api.GET('/usage/requests', { params: { query: { ...filter, cursor, limit: 50 } }, signal }))
