import { api, body, type Schemas } from '@/api/client'

export const me = (signal: AbortSignal) => body(api.GET('/auth/me', { signal }))

/** The own account as administrators see it, and the team it is in. */
export async function ownAccount(id: string, signal: AbortSignal) {
  const user = await body(api.GET('/users/{id}', { params: { path: { id } }, signal }))
  const team =
    user.team_id === undefined
      ? undefined
      : await body(api.GET('/teams/{id}', { params: { path: { id: user.team_id } }, signal }))
  return { user, team }
}

export type BegunSecondFactor = Schemas['BegunSecondFactor']
export type OwnSession = Schemas['Session']

/** Ends the other sessions of the person; this one goes on. */
export const changePassword = (change: Schemas['ChangePassword']) =>
  body(api.POST('/auth/password', { body: change }))

export const secondFactor = (signal: AbortSignal) => body(api.GET('/auth/second-factor', { signal }))

/** Answers the secret for the app, this once. Nothing is in force before it is confirmed. */
export const beginSecondFactor = (password: string) =>
  body(api.POST('/auth/second-factor', { body: { password } }))

/** Answers the recovery codes, this once. */
export const confirmSecondFactor = (code: string) =>
  body(api.POST('/auth/second-factor/confirm', { body: { code } }))

export const removeSecondFactor = (password: string) =>
  body(api.POST('/auth/second-factor/remove', { body: { password } }))

export const ownSessions = async (signal: AbortSignal): Promise<OwnSession[]> =>
  (await body(api.GET('/auth/sessions', { signal }))).data

export const endSession = (id: string) =>
  body(api.DELETE('/auth/sessions/{id}', { params: { path: { id } } }))
