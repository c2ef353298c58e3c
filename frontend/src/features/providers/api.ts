import { api, body, ifMatch, read, type Schemas } from '@/api/client'

export type Provider = Schemas['Provider']
export type ProviderType = Schemas['ProviderType']
export type Status = Schemas['Status']

export const PROVIDER_TYPES: readonly ProviderType[] = [
  'openai',
  'deepseek',
  'anthropic',
  'gemini',
  'azure-openai',
  'openai-compatible',
  'mock',
]
export const STATUSES: readonly Status[] = ['active', 'disabled']

export const findProviders = (
  filter: { q?: string; status?: Status },
  cursor: string | undefined,
  signal: AbortSignal,
) => read(api.GET('/providers', { params: { query: { ...filter, cursor, limit: 50 } }, signal }))

export const createProvider = (provider: Schemas['CreateProvider']) =>
  body(api.POST('/providers', { body: provider }))

export const editProvider = ({ id, version }: Provider, changes: Schemas['EditProvider']) =>
  body(api.PATCH('/providers/{id}', { params: { path: { id }, header: ifMatch(version) }, body: changes }))

export const disableProvider = (id: string) =>
  body(api.POST('/providers/{id}/disable', { params: { path: { id } } }))
export const enableProvider = (id: string) =>
  body(api.POST('/providers/{id}/enable', { params: { path: { id } } }))

/** Asks the provider for its models, under its key: costs nothing. */
export const testProvider = (id: string, signal: AbortSignal) =>
  body(api.POST('/providers/{id}/test', { params: { path: { id } }, body: {}, signal })).then((result) => [
    result,
  ])
