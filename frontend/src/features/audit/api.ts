import { api, read, type Schemas } from '@/api/client'

export type AuditEvent = Schemas['AuditEvent']
export type EntityType = Schemas['EntityType']

export const ENTITY_TYPES: readonly EntityType[] = [
  'user',
  'team',
  'api_key',
  'provider',
  'model',
  'price_book',
  'platform_settings',
  'signing_key',
  'attempt',
  'session',
  'login',
  'read',
  'saved_search',
]

export interface AuditFilter {
  q?: string
  type?: string
  actor?: string
  entity_type?: EntityType
  entity_id?: string
  request_id?: string
  from?: string
  to?: string
}

export const findEvents = (filter: AuditFilter, cursor: string | undefined, signal: AbortSignal) =>
  read(api.GET('/audit/events', { params: { query: { ...filter, cursor, limit: 50 } }, signal }))
