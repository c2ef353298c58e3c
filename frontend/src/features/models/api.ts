import { api, body, ifMatch, read, type Schemas } from '@/api/client'

export type Model = Schemas['Model']
export type Price = Schemas['PriceInput']
export type Rates = Schemas['Rates']
export type PriceVersion = Schemas['PriceVersion']
export type Status = Schemas['Status']
export type DeploymentInput = Schemas['DeploymentInput']

export const STATUSES: readonly Status[] = ['active', 'disabled']

export const findModels = (
  filter: { q?: string; status?: Status },
  cursor: string | undefined,
  signal: AbortSignal,
) => read(api.GET('/models', { params: { query: { ...filter, cursor, limit: 50 } }, signal }))

export const findProviders = (signal: AbortSignal) =>
  body(api.GET('/providers', { params: { query: { limit: 200 } }, signal }))

export const createModel = (model: Schemas['CreateModel']) => body(api.POST('/models', { body: model }))

export const editModel = ({ id, version }: Model, changes: Schemas['EditModel']) =>
  body(api.PATCH('/models/{id}', { params: { path: { id }, header: ifMatch(version) }, body: changes }))

/** A real call to every deployment, disabled ones too. */
export const testModel = (id: string, signal: AbortSignal) =>
  body(api.POST('/models/{id}/test', { params: { path: { id } }, body: {}, signal })).then(
    ({ results }) => results,
  )

export const findPrices = (model_id: string, signal: AbortSignal) =>
  body(api.GET('/prices', { params: { query: { model_id, limit: 500 } }, signal }))

export const addPrice = (price: Schemas['AddPrice']) => body(api.POST('/prices', { body: price }))

export const correctPrice = (id: string, correction: Schemas['CorrectPrice']) =>
  body(api.POST('/prices/{id}/correct', { params: { path: { id } }, body: correction }))

export const disableModel = (id: string) =>
  body(api.POST('/models/{id}/disable', { params: { path: { id } } }))
export const enableModel = (id: string) => body(api.POST('/models/{id}/enable', { params: { path: { id } } }))
