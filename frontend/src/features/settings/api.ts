import { api, body, ifMatch, read, type Schemas } from '@/api/client'

export type Settings = Schemas['Settings']
export type SettingsEdit = Schemas['EditSettings']

export const getSettings = (signal: AbortSignal) => read(api.GET('/settings', { signal }))

export const changeSettings = (changes: SettingsEdit, version: number | undefined) =>
  body(
    api.PATCH('/settings', {
      params: { header: version === undefined ? {} : ifMatch(version) },
      body: changes,
    }),
  )

export const findChanges = (signal: AbortSignal) =>
  body(
    api.GET('/audit/events', { params: { query: { entity_type: 'platform_settings', limit: 10 } }, signal }),
  ).then(({ data }) => data)

/** Seals every secret anew with the current key; what is sealed with it already stays. */
export const rewrapSecrets = () => body(api.POST('/secrets/rewrap'))
