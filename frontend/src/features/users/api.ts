import { api, body, ifMatch, read, type Schemas } from '@/api/client'

export type User = Schemas['User']
export type Role = Schemas['Role']
export type Status = Schemas['Status']
export type CreatedUser = Schemas['CreatedUser']
export type Invitation = Schemas['InvitationLink']

export const ROLES: readonly Role[] = ['admin', 'auditor', 'manager', 'member']
export const STATUSES: readonly Status[] = ['active', 'disabled']

export interface UserFilter {
  q?: string
  role?: Role
  status?: Status
  team_id?: string
}

export const findUsers = (filter: UserFilter, cursor: string | undefined, signal: AbortSignal) =>
  read(api.GET('/users', { params: { query: { ...filter, cursor, limit: 50 } }, signal }))

export const getUser = (id: string, signal?: AbortSignal) =>
  read(api.GET('/users/{id}', { params: { path: { id } }, signal }))

/** Undefined where the team is not theirs to see. */
export async function teamOf({ team_id: id }: User, signal: AbortSignal) {
  return id === undefined ? undefined : body(api.GET('/teams/{id}', { params: { path: { id } }, signal }))
}

/** Names of teams by their ids, for a list of people. */
export async function teamNames(signal: AbortSignal): Promise<Map<string, string>> {
  const { data } = await body(api.GET('/teams', { params: { query: { limit: 500 } }, signal }))
  return new Map(data.map(({ id, name }) => [id, name]))
}

/** Whether single sign-on is set up, and what it is called. */
export const loginMethods = (signal: AbortSignal) => body(api.GET('/auth/methods', { signal }))

/** From now on that person of the provider logs in as this account. */
export const linkIdentity = ({ id, version }: User, subject: string) =>
  body(
    api.POST('/users/{id}/identity', {
      params: { path: { id }, header: ifMatch(version) },
      body: { subject },
    }),
  )

export const unlinkIdentity = ({ id, version }: User) =>
  body(api.DELETE('/users/{id}/identity', { params: { path: { id }, header: ifMatch(version) } }))

export const createUser = (user: Schemas['CreateUser']) => body(api.POST('/users', { body: user }))

export const editUser = ({ id, version }: User, changes: Schemas['EditUser']) =>
  body(api.PATCH('/users/{id}', { params: { path: { id }, header: ifMatch(version) }, body: changes }))

export const disableUser = (id: string) => body(api.POST('/users/{id}/disable', { params: { path: { id } } }))
export const enableUser = (id: string) => body(api.POST('/users/{id}/enable', { params: { path: { id } } }))

export const endSessions = (id: string) => body(api.POST('/users/{id}/logout', { params: { path: { id } } }))
/** A one-time link; those before it are dead. */
export const inviteUser = (id: string) => body(api.POST('/users/{id}/invite', { params: { path: { id } } }))

export const removeSecondFactor = (id: string, reason: string) =>
  body(api.POST('/users/{id}/second-factor/remove', { params: { path: { id } }, body: { reason } }))

export const resetPassword = (id: string, password: string) =>
  body(api.POST('/users/{id}/password', { params: { path: { id } }, body: { password } }))
