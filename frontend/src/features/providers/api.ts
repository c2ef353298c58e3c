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

/** A short chat with one of its models: costs what the provider asks for it. */
export const tryModel = (id: string, model: string, signal: AbortSignal) =>
  body(api.POST('/providers/{id}/test', { params: { path: { id } }, body: { model }, signal })).then(
    (result) => [result],
  )

export const getProvider = (id: string, signal: AbortSignal) =>
  read(api.GET('/providers/{id}', { params: { path: { id } }, signal }))

/** What it lists at this moment, asked under its key. */
export const findProviderModels = (id: string, signal: AbortSignal) =>
  body(api.GET('/providers/{id}/models', { params: { path: { id } }, signal }))

export interface Placement {
  model: Schemas['Model']
  deployment: Schemas['Deployment']
}

/** The deployments on a provider, out of all models. */
export async function findPlacements(id: string, signal: AbortSignal): Promise<Placement[]> {
  const found: Placement[] = []
  let cursor: string | undefined
  do {
    const page = await body(api.GET('/models', { params: { query: { cursor, limit: 500 } }, signal }))
    for (const model of page.data) {
      for (const deployment of model.deployments) {
        if (deployment.provider_id === id) found.push({ model, deployment })
      }
    }
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined)
  return found
}
