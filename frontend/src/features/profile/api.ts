import { api, body, type Schemas } from '@/api/client'

export const me = (signal: AbortSignal) => body(api.GET('/auth/me', { signal }))

export type OwnSession = Schemas['Session']

/** Ends the other sessions of the person; this one goes on. */
export const changePassword = (change: Schemas['ChangePassword']) =>
  body(api.POST('/auth/password', { body: change }))

export const ownSessions = async (signal: AbortSignal): Promise<OwnSession[]> =>
  (await body(api.GET('/auth/sessions', { signal }))).data

export const endSession = (id: string) =>
  body(api.DELETE('/auth/sessions/{id}', { params: { path: { id } } }))
