import { api, body, ifMatch, read, type Schemas } from '@/api/client'

export type Model = Schemas['Model']
export type Deployment = Schemas['Deployment']
export type Provider = Schemas['Provider']
export type Price = Schemas['PriceInput']
export type Rates = Schemas['Rates']
export type PriceVersion = Schemas['PriceVersion']
export type Status = Schemas['Status']
export type DeploymentInput = Schemas['DeploymentInput']
export type Catalog = Schemas['Catalog']
export type Strategy = NonNullable<Schemas['Routing']['strategy']>
export type ProviderModel = Schemas['ProviderModels']['data'][number]
export type ImportReport = Schemas['ImportReport']

export const STATUSES: readonly Status[] = ['active', 'disabled']
export const STRATEGIES: readonly Strategy[] = [
  'weighted',
  'round-robin',
  'least-busy',
  'lowest-latency',
  'lowest-cost',
]
export const ENDPOINTS: readonly Schemas['Endpoint'][] = [
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
]

export const findModels = (
  filter: { q?: string; status?: Status },
  cursor: string | undefined,
  signal: AbortSignal,
) => read(api.GET('/models', { params: { query: { ...filter, cursor, limit: 50 } }, signal }))

export const getModel = (id: string, signal: AbortSignal) =>
  read(api.GET('/models/{id}', { params: { path: { id } }, signal }))

export const findProviders = (signal: AbortSignal) =>
  body(api.GET('/providers', { params: { query: { limit: 200 } }, signal }))

/** What a provider lists at this moment, asked under its key. */
export const findProviderModels = (id: string, signal: AbortSignal) =>
  body(api.GET('/providers/{id}/models', { params: { path: { id } }, signal }))

export const createModel = (model: Schemas['CreateModel']) => body(api.POST('/models', { body: model }))

/** Checked as if it were done, and not done. */
export const tryCreating = (model: Schemas['CreateModel']) =>
  body(api.POST('/models', { params: { query: { dry_run: true } }, body: model }))

export const editModel = ({ id, version }: Model, changes: Schemas['EditModel']) =>
  body(api.PATCH('/models/{id}', { params: { path: { id }, header: ifMatch(version) }, body: changes }))

/** A real call to every deployment, disabled ones too. */
export const testModel = (id: string, signal: AbortSignal) =>
  body(api.POST('/models/{id}/test', { params: { path: { id } }, body: {}, signal })).then(
    ({ results }) => results,
  )

export const importModels = (rows: Schemas['CreateModel'][]) =>
  body(
    api.POST('/imports/models', {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(rows),
      bodySerializer: (text: unknown) => text as string,
    }),
  )

export const findPrices = (model_id: string | undefined, signal: AbortSignal) =>
  body(api.GET('/prices', { params: { query: { model_id, limit: 500 } }, signal }))

export const addPrice = (price: Schemas['AddPrice']) => body(api.POST('/prices', { body: price }))

export const correctPrice = (id: string, correction: Schemas['CorrectPrice']) =>
  body(api.POST('/prices/{id}/correct', { params: { path: { id } }, body: correction }))

/** What the last 30 days of a model would have cost at other rates. */
export const whatIf = (query: Record<string, string | undefined>, signal: AbortSignal) =>
  body(api.GET('/usage/what-if', { params: { query }, signal }))

export const disableModel = (id: string) =>
  body(api.POST('/models/{id}/disable', { params: { path: { id } } }))
export const enableModel = (id: string) => body(api.POST('/models/{id}/enable', { params: { path: { id } } }))

/** What corrections of prices make of what was billed. */
export const findCorrections = (model: string, from: string, signal: AbortSignal) =>
  body(api.GET('/usage/costs', { params: { query: { model, from } }, signal }))
