import { api, body, read, type Schemas } from '@/api/client'

export type Projection = Schemas['Projection']
export type Build = Schemas['ProjectionBuild']
export type ParkedRecord = Schemas['ParkedRecord']
export type Swap = NonNullable<Schemas['RebuildOrder']['swap']>

export const SWAPS: readonly Swap[] = ['manual', 'when_equal', 'when_caught_up']

export const listProjections = (signal: AbortSignal) => body(api.GET('/projections', { signal }))

export const findParked = (name: string, cursor: string | undefined, signal: AbortSignal) =>
  read(
    api.GET('/projections/{name}/parked', {
      params: { path: { name }, query: { cursor, limit: 50 } },
      signal,
    }),
  )

const at = (name: string) => ({ params: { path: { name } } })

export const rebuild = (name: string, swap: Swap) =>
  body(api.POST('/projections/{name}/rebuild', { ...at(name), body: { swap } }))
export const pause = (name: string) => body(api.POST('/projections/{name}/pause', at(name)))
export const resume = (name: string) => body(api.POST('/projections/{name}/resume', at(name)))
export const cancel = (name: string) => body(api.POST('/projections/{name}/cancel', at(name)))
export const compare = (name: string) => body(api.POST('/projections/{name}/compare', at(name)))
export const swap = (name: string, acceptDifferences: boolean) =>
  body(api.POST('/projections/{name}/swap', { ...at(name), body: { accept_differences: acceptDifferences } }))
export const rollBack = (name: string) => body(api.POST('/projections/{name}/rollback', at(name)))
export const redrive = (name: string, recordId?: number) =>
  body(api.POST('/projections/{name}/redrive', { ...at(name), body: { record_id: recordId } }))
export const discard = (name: string, recordId: number, reason: string) =>
  body(api.POST('/projections/{name}/discard', { ...at(name), body: { record_id: recordId, reason } }))
