import { api, body, ifMatch, read, type Schemas } from '@/api/client'

export type ApiKey = Schemas['ApiKey']
export type KeyStatus = Schemas['KeyStatus']
export type IssuedApiKey = Schemas['IssuedApiKey']
export type RotatedApiKey = Schemas['RotatedApiKey']

export type Endpoint = Schemas['Endpoint']
export type KeyEdit = Schemas['EditApiKey']

export const KEY_STATUSES: readonly KeyStatus[] = ['active', 'disabled', 'revoked', 'expired']

/** What a key may call. */
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

export interface KeyFilter {
  q?: string
  user_id?: string
  /** Service keys of that team. */
  team_id?: string
  status?: KeyStatus
}

export const findKeys = (filter: KeyFilter, cursor: string | undefined, signal: AbortSignal) =>
  read(api.GET('/api-keys', { params: { query: { ...filter, cursor, limit: 50 } }, signal }))

export const getKey = (id: string, signal?: AbortSignal) =>
  read(api.GET('/api-keys/{id}', { params: { path: { id } }, signal }))

export const issueKey = (key: Schemas['IssueApiKey']) => body(api.POST('/api-keys', { body: key }))

export const editKey = ({ id, version }: ApiKey, changes: Schemas['EditApiKey']) =>
  body(api.PATCH('/api-keys/{id}', { params: { path: { id }, header: ifMatch(version) }, body: changes }))

export const disableKey = (id: string) =>
  body(api.POST('/api-keys/{id}/disable', { params: { path: { id } } }))
export const enableKey = (id: string) => body(api.POST('/api-keys/{id}/enable', { params: { path: { id } } }))
export const rotateKey = ({ id, version }: ApiKey, overlapSeconds: number) =>
  body(
    api.POST('/api-keys/{id}/rotate', {
      params: { path: { id }, header: ifMatch(version) },
      body: { overlap_seconds: overlapSeconds },
    }),
  )
export const revokeKey = (id: string) => body(api.POST('/api-keys/{id}/revoke', { params: { path: { id } } }))
