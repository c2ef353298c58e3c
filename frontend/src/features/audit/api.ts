import { api, body, read, type Schemas } from '@/api/client'

export type { Schemas } from '@/api/client'
export type AuditEvent = Schemas['AuditEvent']
export type AuditEntry = Schemas['AuditEntry']
export type EntityType = Schemas['EntityType']
export type ConfiguredType = Schemas['ConfiguredType']
export type EventRef = Schemas['EventRef']
export type Changes = Schemas['Changes']
export type EntityAt = Schemas['EntityAt']
export type Difference = Schemas['ConfigurationDiff']['data'][number]
export type Access = Schemas['Access']
export type SavedSearch = Schemas['SavedSearch']

export const CONFIGURED_TYPES: readonly ConfiguredType[] = [
  'user',
  'team',
  'api_key',
  'provider',
  'model',
  'price_book',
  'platform_settings',
]

export const ENTITY_TYPES: readonly EntityType[] = [
  ...CONFIGURED_TYPES,
  'signing_key',
  'attempt',
  'session',
  'login',
  'read',
  'projection',
  'saved_search',
]

export const isConfigured = (type: string): type is ConfiguredType =>
  (CONFIGURED_TYPES as readonly string[]).includes(type)

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

/** A moment of the past: by the clock, or right after an event. */
export type Moment = { at?: string } | { position?: number }

export const findEvents = (filter: AuditFilter, cursor: string | undefined, signal: AbortSignal) =>
  read(
    api.GET('/audit/events', {
      params: { query: { ...filter, cursor, limit: cursor === undefined ? 50 : 200 } },
      signal,
    }),
  )

export const entry = (id: string, signal: AbortSignal) =>
  body(api.GET('/audit/events/{id}', { params: { path: { id } }, signal }))

export function exportPath(filter: AuditFilter, format: 'csv' | 'jsonl'): string {
  const query = new URLSearchParams({ format })
  for (const [name, value] of Object.entries(filter))
    if (value !== undefined) query.set(name, value as string)
  return `/audit/export?${query}`
}

export const searches = (signal: AbortSignal) => read(api.GET('/audit/searches', { signal }))

export const saveSearch = (name: string, filters: Schemas['SearchFilters']) =>
  body(api.POST('/audit/searches', { body: { name, filters } }))

export const forgetSearch = (id: string) =>
  body(api.DELETE('/audit/searches/{id}', { params: { path: { id } } }))

export const entityAt = (type: ConfiguredType, id: string, moment: Moment, signal: AbortSignal) =>
  body(api.GET('/audit/entities/{type}/{id}', { params: { path: { type, id }, query: moment }, signal }))

export const timeline = (type: ConfiguredType, id: string, cursor: string | undefined, signal: AbortSignal) =>
  read(
    api.GET('/audit/entities/{type}/{id}/timeline', {
      params: { path: { type, id }, query: { cursor, limit: 100 } },
      signal,
    }),
  )

export const diff = (from: string, to: string | undefined, cursor: string | undefined, signal: AbortSignal) =>
  read(api.GET('/audit/diff', { params: { query: { from, to, cursor, limit: 100 } }, signal }))

export const access = (
  filter: Moment & { user_id?: string; api_key_id?: string; model?: string },
  cursor: string | undefined,
  signal: AbortSignal,
) => read(api.GET('/audit/access', { params: { query: { ...filter, cursor, limit: 100 } }, signal }))
