import { api, body, ifMatch, type Schemas } from '@/api/client'

export type Settings = Schemas['Settings']
export type SettingsEdit = Schemas['EditSettings']

export const getSettings = (signal: AbortSignal) => body(api.GET('/settings', { signal }))

export const changeSettings = (changes: SettingsEdit, version: number | undefined) =>
  body(
    api.PATCH('/settings', {
      params: { header: version === undefined ? {} : ifMatch(version) },
      body: changes,
    }),
  )
